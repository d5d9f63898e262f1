//! The plan as a table: what the graph and the schedule show, a row a subtask.

use leptos::prelude::*;

use super::state_glyph;
use crate::ui::icon::{Icon, RoleMark};
use crate::ui::terms::Means;
use crate::view::plan::{EdgeKind, Plan};

/// Subtasks up to which the table stands open: with few, there is room for it below the schedule.
const OPEN_MAX: usize = 8;

/// Shows the plan's table.
#[component]
pub fn PlanTable(#[prop(into)] model: Signal<Plan>) -> impl IntoView {
    let few = Memo::new(move |_| model.with(|plan| plan.nodes.len() <= OPEN_MAX));
    let rows =
        move || model.with(|plan| (0..plan.nodes.len()).map(|at| row(plan, at)).collect_view());
    view! {
        <details class="plan-table" data-testid="plan-table" open=few>
            <summary>"As a table"</summary>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Subtask"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"By"</th>
                        <th scope="col"><Means of="Dependency" words="Needs" /></th>
                        <th scope="col"><Means of="Level" /></th>
                        <th scope="col"><Means of="Slack" /></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn row(plan: &Plan, at: usize) -> Option<impl IntoView + use<>> {
    let node = plan.nodes.get(at)?;
    let before =
        plan.edges.iter().filter(|edge| edge.to == at && edge.kind == EdgeKind::Dependency);
    let needs: Vec<&str> =
        before.filter_map(|edge| Some(plan.nodes.get(edge.from)?.title.as_str())).collect();
    let needs = if needs.is_empty() { "nothing".to_owned() } else { needs.join(", ") };
    let by = if node.agent_id.is_empty() { "nobody yet".to_owned() } else { node.agent_id.clone() };
    Some(view! {
        <tr>
            <th scope="row"><span class="cell-agent"><RoleMark mark=node.mark />{node.title.clone()}</span></th>
            <td><span class="cell-agent"><Icon glyph=state_glyph(node.state) />{node.state_text.clone()}</span></td>
            <td>{by}</td>
            <td>{needs}</td>
            <td>{node.level}</td>
            <td>{node.slack.clone()}</td>
        </tr>
    })
}

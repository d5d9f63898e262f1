//! The plan panel: the dependency graph above the schedule, linked by what is selected.

pub mod link;
mod map;
mod table;

use leptos::html;
use leptos::prelude::*;

use self::link::Link;
use self::map::MapGraph;
use self::table::PlanTable;
use super::icon::{Glyph, Icon, RoleMark, arrow_head};
use super::measure::width_of;
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use super::schedule::ScheduleChart;
use super::terms::Means;
use crate::view::layers::layers;
use crate::view::placing::{Area, COMPACT, Placed, ROOMY, place};
use crate::view::plan::map::MAP_FROM;
use crate::view::plan::{EdgeKind, NodeState, Plan, PlanEdge, PlanNode};
use crate::view::schedule::Schedule;

/// Shows the plan of the selected task and how it is carried out.
#[component]
pub fn PlanPanel(
    #[prop(into)] model: Signal<Plan>,
    #[prop(into)] schedule: Signal<Schedule>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let planned = Memo::new(move |_| model.with(|model| !model.nodes.is_empty()));
    let link = Link::none();
    let alone = large && on_open.is_none();
    let many = Memo::new(move |_| model.with(|model| model.nodes.len() > MAP_FROM));
    let body = move || {
        if !planned.get() {
            return view! { <Nothing words="No plan has been made yet." /> }.into_any();
        }
        let graph = if many.get() {
            view! { <MapGraph model=model pick=pick link=link /> }.into_any()
        } else {
            view! { <Graph model=model pick=pick link=link large=large /> }.into_any()
        };
        // Beside another panel there is no room for the schedule.
        let chart = large.then(|| view! { <ScheduleChart model=schedule pick=pick link=link /> });
        let table = (alone && !many.get()).then(|| view! { <PlanTable model=model /> });
        view! { {graph} {chart} {table} }.into_any()
    };
    view! {
        <Panel title="Plan" summary=summary large=large on_open=on_open>
            {body}
        </Panel>
    }
}

/// The graph's bones, which change only when the plan does: how many nodes, and the edges.
#[derive(Clone, PartialEq)]
struct Bones {
    nodes: usize,
    edges: Vec<(usize, usize)>,
    hidden: Vec<(usize, usize)>,
}

impl Bones {
    fn of(plan: &Plan) -> Bones {
        let of_kind = |kind: EdgeKind| -> Vec<(usize, usize)> {
            let edges = plan.edges.iter().filter(|edge| edge.kind == kind);
            edges.map(|edge| (edge.from, edge.to)).collect()
        };
        Bones {
            nodes: plan.nodes.len(),
            edges: of_kind(EdgeKind::Dependency),
            hidden: of_kind(EdgeKind::Hidden),
        }
    }
}

#[component]
fn Graph(#[prop(into)] model: Signal<Plan>, pick: Pick, link: Link, large: bool) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let width = width_of(node);
    let sizes = if large { ROOMY } else { COMPACT };
    let bones = Memo::new(move |_| model.with(Bones::of));
    // Layers stay when only the width changes, and the other way around.
    let laid = Memo::new(move |_| bones.with(|bones| layers(bones.nodes, &bones.edges)));
    let placed = Memo::new(move |_| {
        laid.with(|laid| {
            bones.with(|bones| place(laid, &bones.edges, &bones.hidden, sizes, width.get()))
        })
    });
    let drawn = move || {
        (width.get() > 0)
            .then(|| placed.with(|placed| model.with(|plan| drawing(plan, placed, pick, link))))
    };
    let hidden = move || bones.with(|bones| !bones.hidden.is_empty());
    view! {
        <div class="graph" node_ref=node>
            {drawn}
        </div>
        <ul class="legend" aria-label="Lines of the plan">
            <li><i class="line-sample line-dependency"></i><Means of="Dependency" words="needs its result" /></li>
            <li><i class="line-sample line-critical"></i><Means of="Critical path" words="critical path" /></li>
            <Show when=hidden>
                <li><i class="line-sample line-hidden"></i><Means of="Hidden dependency" words="read without being told to: a hidden dependency" /></li>
            </Show>
        </ul>
    }
}

fn drawing(plan: &Plan, placed: &Placed, pick: Pick, link: Link) -> impl IntoView + use<> {
    let ends = placed.entries.iter().chain(&placed.exits).cloned();
    let ends = ends.map(|path| view! { <path class="edge edge-end" d=path /> }).collect_view();
    let edges = plan.edges.iter().zip(&placed.edges);
    let edges = edges.map(|(edge, path)| edge_line(plan, edge, path, pick)).collect_view();
    let nodes = plan.nodes.iter().zip(&placed.nodes);
    let nodes = nodes.map(|(node, area)| node_box(node.clone(), *area, pick, link)).collect_view();
    view! {
        <div class="graph-sheet" style:height=format!("{}px", placed.height)>
            <svg class="graph-lines" width=placed.width height=placed.height aria-hidden="true">
                <defs>
                    {arrow_head("arrow-dependency")}
                    {arrow_head("arrow-critical")}
                    {arrow_head("arrow-hidden")}
                </defs>
                {ends}
                {edges}
            </svg>
            <span class="graph-end" style=position(placed.source)>"Task"</span>
            {nodes}
            <span class="graph-end" style=position(placed.sink)>"Answer"</span>
        </div>
    }
}

fn edge_line(plan: &Plan, edge: &PlanEdge, path: &str, pick: Pick) -> impl IntoView + use<> {
    let id = |place: usize| plan.nodes.get(place).map(|node| node.subtask_id.clone());
    let kind = if edge.critical { "critical" } else { edge.kind.name() };
    let event = edge.event;
    let title = (!edge.label.is_empty()).then(|| view! { <title>{edge.label.clone()}</title> });
    view! {
        // A line is too thin to hit, so a wide one that is not seen takes the click.
        <path class="edge-reach" d=path.to_owned() on:click=move |_| pick.choose(event) />
        <path
            class=format!("edge edge-{kind}")
            class:is-chosen=move || pick.is_some(event)
            d=path.to_owned()
            on:click=move |_| pick.choose(event)
            marker-end=format!("url(#arrow-{kind})")
            data-testid="dag-edge"
            data-from=id(edge.from)
            data-to=id(edge.to)
            data-kind=edge.kind.name()
        >
            {title}
        </path>
    }
}

fn position(area: Area) -> String {
    let Area { x, y, w, h } = area;
    format!("left:{x}px;top:{y}px;width:{w}px;height:{h}px")
}

/// Draws a state as a shape, which words beside it repeat.
pub fn state_glyph(state: NodeState) -> Glyph {
    match state {
        NodeState::Planned => Glyph::Ring,
        NodeState::Waiting => Glyph::Dots,
        NodeState::Ready => Glyph::Half,
        NodeState::Running => Glyph::Going,
        NodeState::Done => Glyph::Check,
        NodeState::Failed => Glyph::Cross,
    }
}

fn node_box(node: PlanNode, area: Area, pick: Pick, link: Link) -> impl IntoView {
    let state = node.state.name();
    let critical = if node.critical { " node-critical" } else { "" };
    let own = format!("node node-{state}{critical}");
    let agent =
        if node.agent_id.is_empty() { "nobody yet".to_owned() } else { node.agent_id.clone() };
    let spoken = node.spoken();
    let id = StoredValue::new(node.subtask_id.clone());
    let (event, named, fresh) = (node.event, node.named, node.fresh);
    let going = (node.state == NodeState::Running).then(|| {
        let (from, to) = node.fill;
        view! { <i class="node-fill" style=format!("--from:{from}%;--to:{to}%")></i> }
    });
    view! {
        <button
            type="button"
            class=move || classes(&own, named, fresh, pick.is(event))
            style=position(area)
            class:is-linked=move || id.with_value(|id| link.is(id))
            title=format!("{}\n{}, {agent}, level {}, {}", node.description, node.role_title, node.level, node.slack)
            aria-label=spoken
            data-testid="dag-node"
            data-subtask=node.subtask_id
            data-state=state
            on:mouseenter=move |_| id.with_value(|id| link.enter(id))
            on:mouseleave=move |_| link.leave()
            on:click=move |_| {
                id.with_value(|id| link.keep(id));
                pick.select.run(event);
            }
        >
            {going}
            <span class="node-title">
                <RoleMark mark=node.mark />
                <b>{node.title}</b>
            </span>
            <span class="node-state">
                <Icon glyph=state_glyph(node.state) />
                <small class="node-words">{node.state_text}</small>
            </span>
        </button>
    }
}

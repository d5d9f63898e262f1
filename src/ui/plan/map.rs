//! A large plan as a map to move about in: zoom, fit, a small map of the whole, levels that fold.

use std::collections::BTreeSet;

use leptos::html;
use leptos::prelude::*;

use super::link::Link;
use super::{Bones, state_glyph};
use crate::ui::icon::{Icon, RoleMark};
use crate::ui::pick::{Pick, classes};
use crate::view::layers::layers;
use crate::view::placing::Area;
use crate::view::plan::map::{HEAD_H, PlanMap, map};
use crate::view::plan::{NodeState, Plan, PlanNode};

/// Zooms in percent, from the farthest.
const ZOOMS: [u32; 7] = [10, 15, 25, 40, 60, 80, 100];
/// The farthest that fitting the whole goes.
const ZOOM_MIN: u32 = 5;
/// How high the heads of the levels are, whatever the zoom [px]; the style sheet says the same.
const HEAD_PX: f64 = 26.0;
/// Below this zoom lines are only a shade.
const LINES_FROM: u32 = 25;
/// Below this zoom a box is too small for words.
const WORDS_FROM: u32 = 60;
/// How much is drawn beyond the edge of the view [px].
const BEYOND: u32 = 240;

const STATES: [NodeState; 6] = [
    NodeState::Planned,
    NodeState::Waiting,
    NodeState::Ready,
    NodeState::Running,
    NodeState::Done,
    NodeState::Failed,
];

/// What is in view, at full size [px].
#[derive(Clone, Copy, PartialEq)]
struct View {
    zoom: u32,
    x: u32,
    y: u32,
    w: u32,
    h: u32,
}

impl View {
    /// Returns the part of the map in view at full size, or with some more around it.
    fn area(self, beyond: u32) -> Area {
        let full = |px: u32| px * 100 / self.zoom.max(1);
        Area {
            x: full(self.x).saturating_sub(beyond),
            y: full(self.y).saturating_sub(beyond),
            w: full(self.w) + 2 * beyond,
            h: full(self.h) + 2 * beyond,
        }
    }
}

/// Shows a large plan.
#[component]
pub fn MapGraph(#[prop(into)] model: Signal<Plan>, pick: Pick, link: Link) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let view = RwSignal::new(View { zoom: 40, x: 0, y: 0, w: 1200, h: 460 });
    let folded = RwSignal::new(BTreeSet::<usize>::new());
    let bones = Memo::new(move |_| model.with(Bones::of));
    let laid = Memo::new(move |_| bones.with(|bones| layers(bones.nodes, &bones.edges)));
    let placed = Memo::new(move |_| laid.with(|laid| folded.with(|folded| map(laid, folded))));
    let look = move || {
        let Some(element) = node.get_untracked() else { return };
        let px = |value: i32| u32::try_from(value).unwrap_or(0);
        view.update(|view| {
            (view.x, view.y) = (px(element.scroll_left()), px(element.scroll_top()));
            (view.w, view.h) = (px(element.client_width()), px(element.client_height()));
        });
    };
    let go = move |x: u32, y: u32| {
        if let Some(element) = node.get_untracked() {
            element.set_scroll_left(i32::try_from(x).unwrap_or(i32::MAX));
            element.set_scroll_top(i32::try_from(y).unwrap_or(i32::MAX));
        }
        request_animation_frame(look);
    };
    // The middle of the view stays in the middle.
    let zoom_to = move |zoom: u32| {
        let before = view.get_untracked();
        view.update(|view| view.zoom = zoom);
        let keep = |from: u32, size: u32| {
            ((from + size / 2) * zoom / before.zoom.max(1)).saturating_sub(size / 2)
        };
        go(keep(before.x, before.w), keep(before.y, before.h));
    };
    let next_zoom = move |nearer: bool| {
        let now = view.get_untracked().zoom;
        let next = if nearer {
            ZOOMS.into_iter().find(|zoom| *zoom > now)
        } else {
            ZOOMS.into_iter().rev().find(|zoom| *zoom < now)
        };
        if let Some(next) = next {
            zoom_to(next);
        }
    };
    let fit = move || {
        let (w, h) = placed.with_untracked(|map| (map.width, map.height));
        let seen = view.get_untracked();
        let most =
            (seen.w * 100 / w.max(1)).min(seen.h.saturating_sub(HEAD_PX as u32) * 100 / h.max(1));
        zoom_to(most.clamp(ZOOM_MIN, 100));
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let seen = view.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" => go(seen.x.saturating_sub(80), seen.y),
            "ArrowRight" => go(seen.x + 80, seen.y),
            "ArrowUp" => go(seen.x, seen.y.saturating_sub(80)),
            "ArrowDown" => go(seen.x, seen.y + 80),
            "+" | "=" => next_zoom(true),
            "-" => next_zoom(false),
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        if node.get().is_some() {
            request_animation_frame(move || {
                look();
                fit();
            });
        }
    });
    let sheet = move || {
        let seen = view.get();
        placed
            .with(|map| model.with(|plan| sheet(plan, map, &bones.get(), seen, folded, pick, link)))
    };
    let small = move || {
        placed.with(|map| {
            model.with(|plan| {
                small(plan, map, view.get(), move |x, y| {
                    let seen = view.get_untracked();
                    let at =
                        |full: u32, size: u32| (full * seen.zoom / 100).saturating_sub(size / 2);
                    go(at(x, seen.w), at(y, seen.h));
                })
            })
        })
    };
    let fold_done = move |_| {
        let done = placed.with_untracked(|map| model.with_untracked(|plan| map.done(&plan.nodes)));
        folded.set(done);
    };
    view! {
        <div class="map-tools">
            <button type="button" class="button-small" aria-label="Zoom out" on:click=move |_| next_zoom(false)>"−"</button>
            <output>{move || format!("{} %", view.get().zoom)}</output>
            <button type="button" class="button-small" aria-label="Zoom in" on:click=move |_| next_zoom(true)>"+"</button>
            <button type="button" class="button-small" on:click=move |_| fit()>"Fit"</button>
            <button type="button" class="button-small" on:click=fold_done>"Fold what is done"</button>
            <button type="button" class="button-small" on:click=move |_| folded.set(BTreeSet::new())>"Unfold all"</button>
        </div>
        <div class="map-both">
            <div
                class="map"
                data-testid="plan-map"
                tabindex="0"
                role="group"
                aria-label="Map of the plan: arrow keys move, plus and minus zoom"
                node_ref=node
                on:scroll=move |_| look()
                on:keydown=on_key
            >
                {sheet}
            </div>
            {small}
        </div>
    }
}

fn sheet(
    plan: &Plan,
    map: &PlanMap,
    bones: &Bones,
    view: View,
    folded: RwSignal<BTreeSet<usize>>,
    pick: Pick,
    link: Link,
) -> impl IntoView + use<> {
    let scaled = |px: u32| f64::from(px) * f64::from(view.zoom) / 100.0;
    let seen = view.area(BEYOND);
    let words = view.zoom >= WORDS_FROM;
    let nodes = map.nodes_in(seen).into_iter().filter_map(|at| {
        let (node, area) = (plan.nodes.get(at)?, map.areas.get(at)?);
        let place = format!(
            "left:{:.1}px;top:{:.1}px;width:{:.1}px;height:{:.1}px",
            scaled(area.x),
            scaled(area.y),
            scaled(area.w),
            scaled(area.h)
        );
        Some(map_node(node.clone(), place, words, pick, link))
    });
    let nodes = nodes.collect_view();
    let edges = map.edges_in(&bones.edges, seen).into_iter().map(|(at, path)| {
        let critical = plan.edges.get(at).is_some_and(|edge| edge.critical);
        view! { <path class=if critical { "edge edge-critical" } else { "edge" } d=path /> }
    });
    let edges = edges.collect_view();
    let hidden = map.edges_in(&bones.hidden, seen).into_iter();
    let hidden = hidden.map(|(_, path)| view! { <path class="edge edge-hidden" d=path /> });
    let hidden = hidden.collect_view();
    let heads = map.columns.iter().enumerate().map(|(level, column)| {
        let told = map.words(&plan.nodes, level);
        let spoken = format!(
            "Level {}, {told}; {}",
            level + 1,
            if column.folded { "unfold" } else { "fold" }
        );
        let toggle = move |_| {
            folded.update(|folded| {
                if !folded.remove(&level) {
                    folded.insert(level);
                }
            });
        };
        let short = if words || column.folded {
            format!("Level {}", level + 1)
        } else {
            (level + 1).to_string()
        };
        let body = column.folded.then(|| {
            view! { <span class="map-folded">{format!("{}: {told}", column.nodes.len())}</span> }
        });
        view! {
            <button
                type="button"
                class="map-level"
                class:is-folded=column.folded
                style=format!("left:{:.1}px;width:{:.1}px", scaled(column.x), scaled(column.w))
                aria-expanded=(!column.folded).to_string()
                aria-label=spoken.clone()
                title=spoken
                on:click=toggle
            >
                {short}
                {body}
            </button>
        }
    });
    let heads = heads.collect_view();
    // The heads keep their height at every zoom, and what is below keeps clear of them.
    let below = (HEAD_PX - scaled(HEAD_H)).max(0.0);
    view! {
        <div
            class="map-sheet"
            class:is-far=view.zoom < LINES_FROM
            style=format!("width:{:.1}px;height:{:.1}px", scaled(map.width), scaled(map.height) + below)
        >
            {heads}
            <div class="map-body" style=format!("top:{below:.1}px")>
            <svg
                class="graph-lines"
                viewBox=format!("0 0 {} {}", map.width, map.height)
                width=scaled(map.width)
                height=scaled(map.height)
                aria-hidden="true"
            >
                {edges}
                {hidden}
            </svg>
            {nodes}
            </div>
        </div>
    }
}

fn map_node(node: PlanNode, place: String, words: bool, pick: Pick, link: Link) -> impl IntoView {
    let state = node.state.name();
    let critical = if node.critical { " node-critical" } else { "" };
    let far = if words { "" } else { " is-far" };
    let own = format!("node node-{state}{critical}{far}");
    let (event, named, fresh) = (node.event, node.named, node.fresh);
    let spoken = node.spoken();
    let (id, over, kept) =
        (node.subtask_id.clone(), node.subtask_id.clone(), node.subtask_id.clone());
    let body = if words {
        view! {
            <span class="node-title"><RoleMark mark=node.mark /><b>{node.title}</b></span>
            <span class="node-state"><Icon glyph=state_glyph(node.state) />{node.state_text}</span>
        }
        .into_any()
    } else {
        view! { <Icon glyph=state_glyph(node.state) /> }.into_any()
    };
    view! {
        <button
            type="button"
            class=move || classes(&own, named, fresh, pick.is(event))
            class:is-linked=move || link.is(&id)
            style=place
            title=spoken.clone()
            aria-label=spoken
            data-testid="dag-node"
            data-subtask=node.subtask_id
            data-state=state
            on:mouseenter=move |_| link.enter(&over)
            on:mouseleave=move |_| link.leave()
            on:click=move |_| {
                link.keep(&kept);
                pick.select.run(event);
            }
        >
            {body}
        </button>
    }
}

/// Draws the whole small, with a frame around what is in view.
fn small<F>(plan: &Plan, map: &PlanMap, view: View, go: F) -> impl IntoView + use<F>
where
    F: Fn(u32, u32) + 'static,
{
    let blocks = STATES.map(|state| {
        let path = map.blocks(&plan.nodes, state);
        view! { <path class=format!("map-block block-{}", state.name()) d=path /> }
    });
    let Area { x, y, w, h } = view.area(0);
    let (width, height) = (map.width, map.height);
    let jump = move |event: leptos::ev::MouseEvent| {
        let Some(target) = event.current_target() else { return };
        let element: leptos::web_sys::Element =
            leptos::wasm_bindgen::JsCast::unchecked_into(target);
        let rect = element.get_bounding_client_rect();
        let along = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let down = (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0);
        let at = |share: f64, size: u32| (share.clamp(0.0, 1.0) * f64::from(size)) as u32;
        go(at(along, width), at(down, height));
    };
    view! {
        <svg
            class="map-small"
            viewBox=format!("0 0 {width} {height}")
            preserveAspectRatio="none"
            aria-hidden="true"
            on:click=jump
        >
            {blocks.collect_view()}
            <rect class="map-frame" x=x y=y width=w.min(width) height=h.min(height) />
        </svg>
    }
}

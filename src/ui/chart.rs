//! A small line chart in SVG, with the same values as a table for those who cannot see it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::pick::Pick;

/// One point: how far along and how high in thousandths, when and what in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// How far along, in thousandths.
    pub x: u32,
    /// How high, in thousandths.
    pub y: u32,
    /// When.
    pub when: String,
    /// The value.
    pub value: String,
    /// The event that brought it there.
    pub event: Option<u64>,
}

const WIDTH: u32 = 300;
const HEIGHT: u32 = 84;
const PAD: u32 = 6;

fn place(dot: &Dot) -> (u32, u32) {
    let x = PAD + dot.x.min(1000) * (WIDTH - 2 * PAD) / 1000;
    let y = HEIGHT - PAD - dot.y.min(1000) * (HEIGHT - 2 * PAD) / 1000;
    (x, y)
}

/// Draws values over the run.
#[component]
pub fn LineChart(
    /// What the chart shows.
    title: &'static str,
    /// The highest value on the scale, in words.
    top: String,
    /// The last value, in words.
    last: String,
    /// What it means.
    meaning: &'static str,
    /// The values in order.
    dots: Vec<Dot>,
    /// What is selected, and how to select.
    pick: Pick,
) -> impl IntoView {
    let places: Vec<(u32, u32)> = dots.iter().map(place).collect();
    let mut path = String::new();
    for (at, (x, y)) in places.iter().enumerate() {
        path += &format!("{}{x} {y}", if at == 0 { "M" } else { "L" });
    }
    // Single values are dots; many are a line, which dots would only blur.
    let marks = (places.len() <= 24).then(|| {
        let marks = dots.iter().zip(&places).map(|(dot, (x, y))| {
            let event = dot.event;
            view! {
                <circle
                    class="chart-dot"
                    class:is-selected=move || pick.is_some(event)
                    cx=*x
                    cy=*y
                    r="3"
                    on:click=move |press| {
                        press.stop_propagation();
                        pick.choose(event);
                    }
                >
                    <title>{format!("{}: {}", dot.when, dot.value)}</title>
                </circle>
            }
        });
        marks.collect_view()
    });
    let events: Vec<(u32, Option<u64>)> = dots.iter().map(|dot| (dot.x, dot.event)).collect();
    let spoken = format!("{title}: {last} at the end, {} values, scale to {top}", dots.len());
    let rows = dots.into_iter().map(|Dot { when, value, event, .. }| {
        let choose = move |_| pick.choose(event);
        view! {
            <tr class:is-selected=move || pick.is_some(event)>
                <td>{when}</td>
                <td class="figure">
                    <button type="button" disabled=event.is_none() on:click=choose>{value}</button>
                </td>
            </tr>
        }
    });
    let line = {
        // Where no single value has a dot, the line itself leads to the value that is nearest.
        move |event: leptos::ev::MouseEvent| {
            let width = event
                .current_target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .map_or(0.0, |element| element.get_bounding_client_rect().width());
            let along =
                if width > 0.0 { f64::from(event.offset_x()) / width * 1000.0 } else { 0.0 };
            let near = events.iter().min_by_key(|(x, _)| (f64::from(*x) - along).abs() as u64);
            pick.choose(near.and_then(|(_, event)| *event));
        }
    };
    view! {
        <figure class="chart">
            <figcaption>
                <b>{title}</b>
                <span class="chart-last">{last}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=spoken preserveAspectRatio="none" on:click=line>
                <line class="chart-axis" x1=PAD x2=WIDTH - PAD y1=HEIGHT - PAD y2=HEIGHT - PAD />
                <line class="chart-top" x1=PAD x2=WIDTH - PAD y1=PAD y2=PAD />
                <path class="chart-line" d=path />
                {marks}
            </svg>
            <p class="dim">{format!("scale 0 to {top}. {meaning}")}</p>
            <details>
                <summary>"As a table"</summary>
                <table>
                    <thead><tr><th>"When"</th><th class="figure">{title}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        </figure>
    }
}

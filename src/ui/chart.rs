//! A small line chart in SVG, with the same values as a table for those who cannot see it.

use leptos::prelude::*;

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
) -> impl IntoView {
    let places: Vec<(u32, u32)> = dots.iter().map(place).collect();
    let mut path = String::new();
    for (at, (x, y)) in places.iter().enumerate() {
        path += &format!("{}{x} {y}", if at == 0 { "M" } else { "L" });
    }
    // Single values are dots; many are a line, which dots would only blur.
    let marks = (places.len() <= 24).then(|| {
        let marks = dots.iter().zip(&places).map(|(dot, (x, y))| {
            view! {
                <circle class="chart-dot" cx=*x cy=*y r="3">
                    <title>{format!("{}: {}", dot.when, dot.value)}</title>
                </circle>
            }
        });
        marks.collect_view()
    });
    let spoken = format!("{title}: {last} at the end, {} values, scale to {top}", dots.len());
    let rows = dots
        .into_iter()
        .map(|dot| view! { <tr><td>{dot.when}</td><td class="figure">{dot.value}</td></tr> });
    view! {
        <figure class="chart">
            <figcaption>
                <b>{title}</b>
                <span class="chart-last">{last}</span>
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=spoken preserveAspectRatio="none">
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

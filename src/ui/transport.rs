//! The transport: to any turn by a button, a key, or the strip that shows what lies where.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::keys::Action;
use super::measure::tell_height;
use super::playback::FASTEST;
use super::terms::Means;
use crate::view::transport::{Band, Bin, Clock, Strip};

/// Playback speeds [turns per second].
pub const SPEEDS: [f64; 8] = [0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, FASTEST];

/// Moves through the run and says where it stands.
#[component]
pub fn Transport(
    #[prop(into)] clock: Signal<Clock>,
    #[prop(into)] strip: Signal<Strip>,
    /// The last turn of the longest branch, which all are drawn on.
    #[prop(into)]
    scale: Signal<u64>,
    #[prop(into)] playing: Signal<bool>,
    #[prop(into)] speed: Signal<f64>,
    /// Whether turns that are yet to come are kept from view.
    #[prop(into)]
    future_hidden: Signal<bool>,
    on_act: Callback<Action>,
    on_seek: Callback<u64>,
    on_speed: Callback<f64>,
    /// The branches, below.
    children: Children,
) -> impl IntoView {
    let turn = move || clock.with(|clock| clock.turn);
    let turns = Memo::new(move |_| clock.with(|clock| clock.turns));
    // As far as the strip goes.
    let reach = move || if future_hidden.get() { turn() } else { turns.get() };
    let share = move || {
        let scale = if future_hidden.get() { turns.get() } else { scale.get().max(turns.get()) };
        format!("{:.5}", turns.get() as f64 / scale.max(1) as f64)
    };
    // The bands change with the task that is shown; the bins, which are many, only with the run.
    let all_bins = Memo::new(move |_| strip.with(|strip| strip.bins.clone()));
    let now = Memo::new(move |_| {
        let turn = turn();
        all_bins.with(|all| all.iter().find(|bin| turn <= bin.to).cloned())
    });
    // What has passed is drawn over what is to come, as far as the bin of this turn.
    let passed = move || {
        let left = now.get().map_or(0.0, |bin| edge(bin.from, turns.get()));
        format!("inset(0 {:.3}% 0 0)", 100.0 - left)
    };
    let at_start = Signal::derive(move || turn() == 0);
    let at_end = Signal::derive(move || turn() >= turns.get());
    let play_glyph = move || {
        let glyph = if playing.get() { Glyph::Pause } else { Glyph::Play };
        view! { <Icon glyph=glyph /> }
    };
    let play_label = move || if playing.get() { "Pause" } else { "Play" };
    let act = move |action: Action| Callback::new(move |()| on_act.run(action));
    let node: NodeRef<html::Footer> = NodeRef::new();
    tell_height(node, "--transport");
    view! {
        <footer class="transport" aria-label="Transport" node_ref=node>
            <div class="transport-buttons" role="group" aria-label="Move through the run">
                <Move testid="to-start" label="To the start (Home)" glyph=Glyph::First idle=at_start on_press=act(Action::Start) />
                <Move testid="step-back" label="One turn back (left arrow)" glyph=Glyph::Back idle=at_start on_press=act(Action::Step(-1)) />
                <button
                    type="button"
                    class="button button-play"
                    data-testid="play"
                    aria-label=play_label
                    title="Play or pause (space)"
                    on:click=move |_| on_act.run(Action::PlayPause)
                >
                    {play_glyph}
                </button>
                <Move testid="step-forward" label="One turn on (right arrow)" glyph=Glyph::Forward idle=at_end on_press=act(Action::Step(1)) />
                <Move testid="to-end" label="To the end (End)" glyph=Glyph::Last idle=at_end on_press=act(Action::End) />
                <Move testid="next-decision" label="To the next decision (full stop)" glyph=Glyph::Decision idle=at_end on_press=act(Action::NextDecision) />
            </div>
            <div class="strip" style:--share=share>
                <div class="strip-bands" aria-hidden="true">
                    {move || strip.with(|strip| bands(&strip.bands, turns.get()))}
                </div>
                <div class="strip-bins" aria-hidden="true">
                    {move || all_bins.with(|all| bins(all, turns.get()))}
                    <div class="strip-passed" style:clip-path=passed>
                        {move || all_bins.with(|all| bins(all, turns.get()))}
                    </div>
                    {move || now.get().map(|bin| view! { <span class="bin bin-now" style=standing(&bin, turns.get())></span> })}
                </div>
                <input
                    type="range"
                    class="scrubber"
                    data-testid="scrubber"
                    aria-label="Turn"
                    min="0"
                    max=reach
                    step="1"
                    prop:max=move || reach().to_string()
                    prop:value=move || turn().to_string()
                    aria-valuetext=move || clock.with(spoken)
                    style:--passed=move || along(turn(), reach())
                    on:input=move |event| seek_to(&event_target_value(&event), on_seek)
                />
            </div>
            <div class="clock">
                <p class="clock-turn">
                    <Means of="Turn" words="turn" />
                    " "
                    <b data-testid="turn">{turn}</b>
                    <span class="clock-all">" of " <span data-testid="turns">{turns}</span></span>
                </p>
                <p class="clock-time">
                    <Means of="Virtual time" words="at" />
                    " "
                    <span data-testid="virtual-time">{move || clock.with(|clock| clock.time.clone())}</span>
                </p>
                <label class="field">
                    <span class="sr">"Speed"</span>
                    <select
                        class="control"
                        data-testid="speed"
                        title="Turns per second while playing"
                        on:change=move |event| {
                            if let Ok(chosen) = event_target_value(&event).parse() {
                                on_speed.run(chosen);
                            }
                        }
                    >
                        {SPEEDS.into_iter().map(|choice| speed_option(choice, speed)).collect_view()}
                    </select>
                </label>
            </div>
            {children()}
        </footer>
    }
}

#[component]
fn Move(
    testid: &'static str,
    label: &'static str,
    glyph: Glyph,
    idle: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    // Not `disabled`: a button that goes dead under the finger takes the focus with it.
    view! {
        <button
            type="button"
            class="button"
            data-testid=testid
            aria-label=label
            title=label
            aria-disabled=move || idle.get().to_string()
            on:click=move |_| on_press.run(())
        >
            <Icon glyph=glyph />
        </button>
    }
}

fn speed_option(choice: f64, speed: Signal<f64>) -> impl IntoView {
    view! {
        <option value=choice.to_string() selected=move || speed.get() == choice>
            {if choice >= FASTEST { "fastest".to_owned() } else { format!("{choice} turns/s") }}
        </option>
    }
}

fn spoken(clock: &Clock) -> String {
    format!("turn {} of {}, {}, {}", clock.turn, clock.turns, clock.time, clock.phase)
}

fn seek_to(value: &str, on_seek: Callback<u64>) {
    if let Ok(turn) = value.parse() {
        on_seek.run(turn);
    }
}

/// Returns how far along the strip a turn stands, in percent.
fn along(turn: u64, turns: u64) -> String {
    format!("{:.3}%", turn as f64 / turns.max(1) as f64 * 100.0)
}

/// Returns the left edge of a turn on the strip, in percent.
fn edge(turn: u64, turns: u64) -> f64 {
    // A turn is a point on the scrubber; on the strip it takes half a turn to either side.
    ((turn as f64 - 0.5) / turns.max(1) as f64).clamp(0.0, 1.0) * 100.0
}

/// Returns the left edge and the width of some turns on the strip, as style.
fn stretch(from: u64, to: u64, turns: u64) -> String {
    let (left, right) = (edge(from, turns), edge(to + 1, turns));
    format!("left:{left:.3}%;width:{:.3}%", (right - left).max(0.0))
}

/// Returns where a bin stands and how high, as style.
fn standing(bin: &Bin, turns: u64) -> String {
    format!("{};height:{}%", stretch(bin.from, bin.to, turns), bin.percent.max(6))
}

fn bands(bands: &[Band], turns: u64) -> impl IntoView + use<> {
    let one = |band: &Band| {
        let style = stretch(band.from, band.to, turns);
        view! { <span class="band" style=style title=band.title><b>{band.title}</b></span> }
    };
    bands.iter().map(one).collect_view()
}

fn bins(bins: &[Bin], turns: u64) -> impl IntoView + use<> {
    let one = |bin: &Bin| {
        let decision = bin.decision.then(|| {
            view! { <span class="decision" style=stretch(bin.from, bin.to, turns)></span> }
        });
        view! { <span class="bin" style=standing(bin, turns)></span> {decision} }
    };
    bins.iter().map(one).collect_view()
}

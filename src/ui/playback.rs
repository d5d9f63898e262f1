//! Playback: a timer that asks for the next turn, so many times a second.

use std::time::Duration;

use leptos::prelude::*;

/// Whether and how fast the run plays.
#[derive(Clone, Copy)]
pub struct Playback {
    /// Whether it plays.
    pub playing: RwSignal<bool>,
    /// How fast [turns per second].
    pub speed: RwSignal<f64>,
}

impl Playback {
    /// Starts paused, two turns a second; `on_tick` goes one turn on and says whether there is more.
    pub fn new(on_tick: Callback<(), bool>) -> Playback {
        let playback = Playback { playing: RwSignal::new(false), speed: RwSignal::new(2.0) };
        Effect::new(move |last: Option<Option<IntervalHandle>>| {
            if let Some(Some(handle)) = last {
                handle.clear();
            }
            if !playback.playing.get() {
                return None;
            }
            let period = Duration::from_secs_f64(1.0 / playback.speed.get().max(0.1));
            let tick = move || {
                if !on_tick.run(()) {
                    playback.playing.set(false);
                }
            };
            set_interval_with_handle(tick, period).ok()
        });
        playback
    }

    /// Starts or stops.
    pub fn toggle(self) {
        self.playing.update(|playing| *playing = !*playing);
    }

    /// Stops.
    pub fn pause(self) {
        if self.playing.get_untracked() {
            self.playing.set(false);
        }
    }
}

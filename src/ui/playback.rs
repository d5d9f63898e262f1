//! Playback: a clock that asks for the next turns, so many times a second or as fast as it goes.

use std::time::Duration;

use leptos::prelude::*;

/// The speed that goes as fast as the page can be drawn.
pub const FASTEST: f64 = 1_000.0;
/// Longest time between two frames at which more turns are asked for [ms].
const FRAME_MS_MAX: f64 = 20.0;
/// Most turns in one frame.
const TURNS_A_FRAME_MAX: u32 = 1_024;
/// Longest time a motion takes [s]; it is never slower than this, however slow the run plays.
const BEAT_SECONDS_MAX: f64 = 0.7;

/// Whether and how fast the run plays.
#[derive(Clone, Copy)]
pub struct Playback {
    /// Whether it plays.
    pub playing: RwSignal<bool>,
    /// How fast [turns per second].
    pub speed: RwSignal<f64>,
}

impl Playback {
    /// Starts paused, two turns a second; `on_tick` goes so many turns on, told at which speed, and says
    /// whether to go on.
    pub fn new(on_tick: Callback<(u32, f64), bool>) -> Playback {
        let playback = Playback { playing: RwSignal::new(false), speed: RwSignal::new(2.0) };
        Effect::new(move |last: Option<Option<IntervalHandle>>| {
            if let Some(Some(handle)) = last {
                handle.clear();
            }
            if !playback.playing.get() {
                return None;
            }
            if playback.speed.get() >= FASTEST {
                playback.by_frames(on_tick, 1, None);
                return None;
            }
            let period = Duration::from_secs_f64(1.0 / playback.speed.get().max(0.1));
            let tick = move || {
                if !on_tick.run((1, playback.speed.get_untracked())) {
                    playback.playing.set(false);
                }
            };
            set_interval_with_handle(tick, period).ok()
        });
        playback
    }

    /// Asks for turns once a frame: for more where frames come on time, for fewer where they do not.
    fn by_frames(self, on_tick: Callback<(u32, f64), bool>, turns: u32, last: Option<f64>) {
        request_animation_frame(move || {
            let fastest = self.speed.try_get_untracked().is_some_and(|speed| speed >= FASTEST);
            if !fastest || self.playing.try_get_untracked() != Some(true) {
                return;
            }
            let now = window().performance().map_or(0.0, |clock| clock.now());
            if !on_tick.run((turns, FASTEST)) {
                self.playing.set(false);
                return;
            }
            let on_time = last.is_none_or(|last| now - last < FRAME_MS_MAX);
            let turns =
                if on_time { (turns * 2).min(TURNS_A_FRAME_MAX) } else { (turns / 2).max(1) };
            self.by_frames(on_tick, turns, Some(now));
        });
    }

    /// Returns how long a motion may take [s]: most of a turn's time, so that it ends before the next.
    pub fn beat(self) -> f64 {
        (0.8 / self.speed.get().max(0.1)).min(BEAT_SECONDS_MAX)
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

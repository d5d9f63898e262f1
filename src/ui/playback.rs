//! Playback: a clock that asks for the next turns, so many times a second or as fast as it goes.

use std::time::Duration;

use leptos::prelude::*;

/// The speed that goes as fast as the page can be drawn.
pub const FASTEST: f64 = 1_000.0;
/// From here on turns come with the frames, so that none is drawn that no frame shows [turns per second].
pub const BY_FRAMES_FROM: f64 = 30.0;
/// From here on nobody can read along or see single motions [turns per second].
const HURRIED_FROM: f64 = 20.0;
/// Longest time that the turns of a frame may take before there are fewer in the next [ms].
const TURNS_MS_MAX: f64 = 6.0;
/// Most turns in one frame.
const TURNS_A_FRAME_MAX: u32 = 1_024;
/// Longest time a motion takes [s]; it is never slower than this, however slow the run plays.
const BEAT_SECONDS_MAX: f64 = 0.7;

/// How far playing by frames has come.
#[derive(Clone, Copy)]
struct Pace {
    /// Turns of the next frame, when going as fast as it goes.
    turns: u32,
    /// Turns that are due, in part.
    owed: f64,
    /// When the last frame was [ms].
    last: Option<f64>,
}

impl Pace {
    /// Returns how many turns are due in a frame.
    fn due(&mut self, now: f64, speed: f64) -> u32 {
        let since = now - self.last.replace(now).unwrap_or(now);
        if speed >= FASTEST {
            return self.turns;
        }
        self.owed = (self.owed + since * speed / 1_000.0).min(f64::from(TURNS_A_FRAME_MAX));
        let due = self.owed as u32;
        self.owed -= f64::from(due);
        due
    }

    /// Takes more turns into the next frame where those of this one took little time.
    fn adjust(&mut self, took: f64) {
        self.turns = if took < TURNS_MS_MAX {
            (self.turns * 2).min(TURNS_A_FRAME_MAX)
        } else {
            (self.turns / 2).max(1)
        };
    }
}

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
            let speed = playback.speed.get();
            if speed >= BY_FRAMES_FROM {
                playback.by_frames(on_tick, speed, Pace { turns: 1, owed: 1.0, last: None });
                return None;
            }
            let period = Duration::from_secs_f64(1.0 / speed.max(0.1));
            let tick = move || {
                if !on_tick.run((1, playback.speed.get_untracked())) {
                    playback.playing.set(false);
                }
            };
            set_interval_with_handle(tick, period).ok()
        });
        playback
    }

    /// Asks for turns once a frame, until it is stopped or plays at another speed.
    fn by_frames(self, on_tick: Callback<(u32, f64), bool>, speed: f64, mut pace: Pace) {
        request_animation_frame(move || {
            let same = self.speed.try_get_untracked() == Some(speed);
            if !same || self.playing.try_get_untracked() != Some(true) {
                return;
            }
            let now = || window().performance().map_or(0.0, |clock| clock.now());
            let begun = now();
            let due = pace.due(begun, speed);
            if due > 0 && !on_tick.run((due, speed)) {
                self.playing.set(false);
                return;
            }
            pace.adjust(now() - begun);
            self.by_frames(on_tick, speed, pace);
        });
    }

    /// Says whether it plays so fast that only the outline of a turn can be seen.
    pub fn hurried(self) -> bool {
        self.playing.get() && self.speed.get() >= HURRIED_FROM
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_turns_are_due_as_the_clock_says_however_frames_come() {
        for frame in [8.0, 16.7, 40.0, 130.0] {
            let mut pace = Pace { turns: 1, owed: 0.0, last: None };
            let frames = (10_000.0 / frame) as u32;
            let due: u32 = (0..=frames).map(|n| pace.due(f64::from(n) * frame, 60.0)).sum();
            assert!(due.abs_diff(600) <= 9, "{due} turns in ten seconds by frames of {frame} ms");
        }
    }

    #[test]
    fn as_fast_as_it_goes_grows_while_turns_are_quick() {
        let mut pace = Pace { turns: 1, owed: 0.0, last: None };
        (0..20).for_each(|_| pace.adjust(1.0));
        assert_eq!(pace.due(0.0, FASTEST), TURNS_A_FRAME_MAX);
        (0..20).for_each(|_| pace.adjust(30.0));
        assert_eq!(pace.due(0.0, FASTEST), 1);
    }
}

//! What the page does by itself: it lets a run go on ahead of the cursor, and draws what costs much once that rests.

use std::time::Duration;

use leptos::prelude::*;

use super::Desk;
use super::host::Host;
use crate::web::rest;

/// Turns that happen between two looks at the clock while a run is brought to its end.
const TURNS_AT_ONCE: u32 = 10;
/// How long that goes on before the page may listen again [ms].
const PIECE_MS: f64 = 16.0;
/// Turns after which a run is no longer brought to its end unasked; it goes on by stepping.
const TURNS_AHEAD_MAX: u32 = 20_000;
/// How long the cursor must stand still in a run longer than that, or that played fast, before panels
/// follow the scrubber, and before what costs much is drawn.
const REST: Duration = Duration::from_millis(120);

/// How the cursor came to where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// By a step, a command, or whatever else was asked for once.
    Step,
    /// By a scrubber that may be on its way to somewhere else.
    Seek,
    /// By a run that plays so fast that only the outline of a turn can be seen.
    Play,
}

impl Desk {
    /// Lets the panels look again. In a long run clock, strip and narration follow a scrubber at once, so
    /// that dragging it stays smooth; the other panels do once it is let be, and what costs much does so
    /// after every kind of move. While a run plays fast the panels take turns.
    pub(super) fn moved(self, pace: Pace) {
        self.revision.update(|revision| *revision += 1);
        let now = self.revision.get_untracked();
        let is_long = self.host.with_value(|host| host.turns() > TURNS_AHEAD_MAX);
        match pace {
            Pace::Play => {
                self.drawn.next(now);
            }
            Pace::Seek if is_long => {}
            _ => self.drawn.all(now),
        }
        if !is_long && pace != Pace::Play {
            self.resting.set(now);
            return;
        }
        set_timeout(move || self.settle(now), REST);
    }

    /// Lets all look at where the cursor rests, a frame each, and last what costs much; where it has
    /// moved on meanwhile, that is seen to by whoever moved it.
    pub(super) fn settle(self, now: u64) {
        if self.revision.try_get_untracked() != Some(now) {
            return;
        }
        if self.drawn.next(now) {
            request_animation_frame(move || self.settle(now));
        } else if self.resting.get_untracked() != now {
            request_animation_frame(move || self.rest(now));
        }
    }

    fn rest(self, now: u64) {
        if self.revision.try_get_untracked() == Some(now) {
            self.resting.set(now);
        }
    }

    /// Brings the branch to its end piece by piece, so that the strip shows all of it; the cursor stays.
    pub(super) fn run_ahead(self) {
        // Another run or branch may be shown by now: then another loop is at it.
        let loop_number = self.ahead.try_update_value(|number| {
            *number += 1;
            *number
        });
        if let Some(loop_number) = loop_number {
            rest::when_loaded(move || self.go_ahead(loop_number));
        }
    }

    fn go_ahead(self, loop_number: u64) {
        set_timeout(
            move || {
                let turns = self.host.try_with_value(|host| Some(host.turns())).flatten();
                if self.ahead.try_get_value() == Some(loop_number)
                    && turns.is_some_and(|turns| turns < TURNS_AHEAD_MAX)
                    && self.extend() == Some(true)
                {
                    self.go_ahead(loop_number);
                }
            },
            Duration::ZERO,
        );
    }

    /// Lets some turns happen behind those that are known; it is the page's doing, not the user's.
    /// Says whether there are more.
    fn extend(self) -> Option<bool> {
        let done = self.host.try_update_value(|host| {
            let done = extend_for_a_piece(host);
            host.settle();
            done
        });
        self.moved(Pace::Step);
        done
    }
}

/// Lets turns happen until a piece of time is over; says whether there are more.
fn extend_for_a_piece(host: &mut Host) -> bool {
    let now = || window().performance().map_or(f64::INFINITY, |clock| clock.now());
    let end = now() + PIECE_MS;
    while host.extend(TURNS_AT_ONCE) == TURNS_AT_ONCE {
        if now() >= end {
            return true;
        }
    }
    false
}

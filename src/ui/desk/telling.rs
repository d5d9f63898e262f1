//! How the story is played: it stays at what is revealed, stops at questions, and takes answers.

use leptos::prelude::*;

use super::Desk;

/// How long playing stays at what is revealed [s].
const REVEAL_SECONDS: f64 = 4.0;

impl Desk {
    /// Goes one turn on as a story is told: stays a while at what is revealed, and stops where something
    /// is asked. Says whether to go on. `speed` is in turns per second.
    pub fn tell(self, speed: f64) -> bool {
        let (turn, reveals) =
            self.story.with_untracked(|story| (story.turn, story.reveal.is_some()));
        let stayed = match self.stayed.get_value() {
            (at, ticks) if at == turn => ticks,
            _ => 0,
        };
        if reveals && f64::from(stayed) < REVEAL_SECONDS * speed {
            self.stayed.set_value((turn, stayed + 1));
            return true;
        }
        self.step(1) && self.story.with_untracked(|story| story.ask.is_none())
    }

    /// Answers the story's question with the choice at a place; says whether there was one.
    pub fn answer(self, place: usize) -> bool {
        let chosen = self.story.with_untracked(|story| {
            let ask = story.ask.as_ref()?;
            Some((ask.turn, ask.choices.get(place)?.key.clone()))
        });
        let Some((turn, key)) = chosen else { return false };
        self.guesses.update(|guesses| {
            // Chosen once more, it is taken back.
            if guesses.get(&turn) == Some(&key) {
                guesses.remove(&turn);
            } else {
                guesses.insert(turn, key);
            }
        });
        true
    }
}

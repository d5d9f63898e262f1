//! Requests of the API to the session on screen.

use leptos::prelude::*;

use super::Desk;
use crate::api::Request;
use crate::ui::api::Line;

impl Desk {
    /// Answers requests of the console.
    pub fn line(self, seek: Callback<u64>) -> Line {
        Line {
            send: Callback::new(move |request: Request| self.change(|host| host.request(&request))),
            check: Callback::new(move |request: Request| {
                self.host.with_value(|host| host.check(&request))
            }),
            seek,
        }
    }
}

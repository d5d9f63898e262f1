//! The offer that is negotiated about: what a client has said, read from the task's input.

use serde_json::{Value, json};

use crate::freelance::input::{Node, Notes};
use crate::freelance::job::{Job, PayUnit, parse_pay, read_jobs};
use crate::freelance::profile::At;
use crate::model::fault::Fault;

/// Largest amount that is taken for a rate or a price.
const AMOUNT_MAX: f64 = 1e9;
/// Most hours that one contract is taken for.
const HOURS_MAX: f64 = 20_000.0;
/// Weeks of the longest contract looked at.
const WEEKS_MAX: f64 = 520.0;

/// What a client has offered; whatever was not said is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offer {
    /// The job it is for.
    pub job_id: Option<At<String>>,
    /// The job in the offer itself.
    pub job: Option<Job>,
    /// The rate per hour.
    pub rate: Option<At<f64>>,
    /// The price for the whole.
    pub price: Option<At<f64>>,
    /// Hours the work takes.
    pub hours: Option<At<f64>>,
    /// ISO 4217 code.
    pub currency: Option<At<String>>,
    /// The rate below which the freelancer does not work.
    pub minimum: Option<At<f64>>,
    /// Whether the client's payment is verified.
    pub verified: Option<bool>,
    /// Days from invoice to payment.
    pub payment_days: Option<At<f64>>,
    /// What was not understood.
    pub unread: Vec<Fault>,
}

impl Offer {
    /// Reads `offer` of an input: a rate, or an object.
    pub fn read(input: &Value) -> Offer {
        let (mut offer, notes) = gather(input);
        offer.unread = notes.into_unread("/offer");
        offer
    }

    fn read_object(&mut self, place: &Node<'_>, notes: &mut Notes) {
        if let Some(rate) = place.first(&["offered_rate", "hourly_rate", "rate"]) {
            self.read_rate(&rate, notes);
        }
        let price = place.first(&["offered_price", "fixed_price", "price", "amount"]);
        self.price = price.and_then(|node| amount(&node, notes)).or(self.price.take());
        self.read_hours(place, notes);
        let currency = place.get("currency").and_then(|node| node.currency(notes));
        self.currency = currency.or(self.currency.take());
        self.job_id = place.first(&["job_id", "id"]).and_then(|node| {
            let number = node.value.as_i64().map(|id| id.to_string());
            number.or_else(|| node.str().map(str::to_owned)).map(|id| node.at(id))
        });
        self.job =
            place.get("job").filter(|job| job.value.is_object()).and_then(|job| inline(&job));
        let client = place.get("client");
        self.verified = client.and_then(|client| {
            client.first(&["verified", "payment_verified"]).and_then(|node| node.value.as_bool())
        });
        let days = place.first(&["payment_days", "payment_terms_days"]);
        self.payment_days = days.and_then(|node| node.number(0.0, 365.0, notes));
    }

    /// Reads a rate as a number, or as people write it, such as `$55/h` or `€4,000 fixed`.
    fn read_rate(&mut self, node: &Node<'_>, notes: &mut Notes) {
        let Some(text) = node.str() else {
            self.rate = amount(node, notes);
            return;
        };
        let Some(pay) = parse_pay(text) else {
            notes.wrong(node, "expected an amount such as 55 or \"$55/h\"");
            return;
        };
        self.currency = pay.currency.clone().map(|code| node.at(code));
        let said = pay.max.or(pay.min).filter(|amount| *amount > 0.0);
        match (pay.unit, pay.hourly()) {
            (PayUnit::Fixed, _) => self.price = said.map(|amount| node.at(amount)),
            (_, Some((_, high))) if high > 0.0 => self.rate = Some(node.at(high)),
            _ => {}
        }
    }

    /// Reads hours, or weeks with their hours.
    fn read_hours(&mut self, place: &Node<'_>, notes: &mut Notes) {
        let mut bounded = |names: &[&str], most: f64| {
            let number = place.first(names).and_then(|node| node.number(0.0, most, notes));
            number.filter(|number| number.value > 0.0)
        };
        let hours = bounded(&["hours", "estimated_hours"], HOURS_MAX);
        let weekly = bounded(&["hours_per_week", "weekly_hours"], 168.0);
        let weeks = bounded(&["weeks", "duration_weeks"], WEEKS_MAX);
        let product = weekly
            .zip(weeks)
            .map(|(weekly, weeks)| At { value: weekly.value * weeks.value, ..weeks });
        self.hours = hours.or(product);
    }

    /// Returns the offered rate, a price over its hours where that is what was said.
    pub fn hourly(&self) -> Option<f64> {
        let price = self.price.as_ref().zip(self.hours.as_ref());
        let over_hours = price.map(|(price, hours)| price.value / hours.value);
        self.rate.as_ref().map(|rate| rate.value).or(over_hours)
    }

    /// Returns where the offered rate stands.
    pub fn pointer(&self) -> Option<&str> {
        self.rate.as_ref().or(self.price.as_ref()).map(|at| at.pointer.as_str())
    }
}

/// Returns what is plainly wrong with the offer in a task's input.
pub fn offer_faults(input: &Value) -> Vec<Fault> {
    gather(input).1.wrong
}

fn gather(input: &Value) -> (Offer, Notes) {
    let mut notes = Notes::default();
    let root = Node::root(input);
    let mut offer = Offer::default();
    let place = root.get("offer");
    match &place {
        Some(place) if place.value.is_object() => offer.read_object(place, &mut notes),
        Some(place) => offer.read_rate(place, &mut notes),
        None => {}
    }
    let minimum =
        place.and_then(|place| place.get("minimum_rate")).or_else(|| root.get("minimum_rate"));
    offer.minimum = minimum.and_then(|node| amount(&node, &mut notes));
    (offer, notes)
}

fn amount(node: &Node<'_>, notes: &mut Notes) -> Option<At<f64>> {
    node.number(0.0, AMOUNT_MAX, notes).filter(|amount| amount.value > 0.0)
}

/// Reads the job that stands in the offer itself.
fn inline(node: &Node<'_>) -> Option<Job> {
    let mut job = read_jobs(&json!({ "jobs": [node.value] }), &[]).into_iter().next()?;
    let moved = |pointer: &str| {
        format!("{}{}", node.pointer, pointer.strip_prefix("/jobs/0").unwrap_or(pointer))
    };
    job.pointer = moved(&job.pointer);
    if let Some(pay) = &mut job.pay {
        pay.pointer = moved(&pay.pointer);
    }
    Some(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_read_as_people_write_them() {
        let plain = Offer::read(&json!({"offer": 55}));
        assert_eq!(plain.hourly(), Some(55.0));
        let text = Offer::read(
            &json!({"offer": {"rate": "€60/h", "job_id": 7, "client": {"verified": false}}}),
        );
        assert_eq!(text.hourly(), Some(60.0));
        assert_eq!(text.currency.map(|at| at.value), Some("EUR".into()));
        assert_eq!(text.job_id.map(|at| at.value), Some("7".into()));
        assert_eq!(text.verified, Some(false));
        let whole =
            Offer::read(&json!({"offer": {"price": 3000, "hours_per_week": 10, "weeks": 5}}));
        assert_eq!(whole.hourly(), Some(60.0));
    }

    #[test]
    fn nonsense_is_no_offer() {
        for value in [
            json!({}),
            json!(null),
            json!({"offer": -5}),
            json!({"offer": {"rate": [1]}}),
            json!(7),
        ] {
            assert_eq!(Offer::read(&value).hourly(), None, "{value}");
        }
    }
}

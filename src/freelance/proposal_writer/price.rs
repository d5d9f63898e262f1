//! The price a proposal names: the recommended rate, else the profile's own, set against the job's pay.

use serde::Serialize;
use serde_json::Value;

use super::Case;
use crate::freelance::job::PayUnit;
use crate::freelance::money::{amount, money};
use crate::kernel::fixed::rounded;
use crate::model::figure::Tag;

/// The share of a rate that is given up to meet the end of a job's range; assumed: a job is not lost over less.
const YIELD_SHARE: f64 = 0.1;

/// A price for one job.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "ProposalPrice"))]
pub struct Price {
    /// Per hour, in `currency`.
    pub amount: f64,
    /// ISO 4217 code.
    pub currency: String,
    /// How it stands to the job's pay.
    pub stand: Stand,
    /// How it was found, in words.
    pub basis: String,
    /// Where it comes from.
    pub tag: Tag,
    /// The fields it rests on.
    pub sources: Vec<String>,
    /// The knowledge it rests on.
    pub knowledge: Vec<String>,
}

/// How a price stands to the pay of a job.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "PriceStand"))]
#[serde(tag = "to_pay", rename_all = "snake_case")]
pub enum Stand {
    /// The job names no pay in this currency and unit.
    Open,
    /// The range holds it.
    Within,
    /// The range ends below it.
    Above {
        /// Where it ends, per hour.
        pay_ends: f64,
    },
    /// The range starts above the rate, and its start is asked for.
    RaisedToStart,
    /// The range ends just below the rate, and its end is asked for.
    LoweredToEnd,
    /// A fixed price, which buys so many hours.
    Fixed {
        /// The price for the whole.
        budget: f64,
        /// Hours it buys at the rate.
        hours: f64,
    },
    /// A salary by the month or year.
    Salary,
}

/// The rate to ask, before a job's pay is looked at.
struct Rate {
    amount: f64,
    currency: String,
    basis: String,
    tag: Tag,
    sources: Vec<String>,
    knowledge: Vec<String>,
}

/// Returns the price of a case; none where neither the pricing nor the profile gives a rate with its currency.
pub fn price(case: &Case<'_>) -> Option<Price> {
    let rate = recommended(case).or_else(|| own(case))?;
    let pay = case.job.pay.as_ref();
    let same = pay.filter(|pay| pay.currency.as_ref() == Some(&rate.currency));
    let mut amount = rate.amount;
    let mut sources = rate.sources;
    let stand = match (same, pay.map(|pay| pay.unit)) {
        (_, Some(PayUnit::Month | PayUnit::Year)) => Stand::Salary,
        (Some(pay), Some(PayUnit::Fixed)) => match pay.max.or(pay.min) {
            Some(budget) if budget > 0.0 => {
                Stand::Fixed { budget, hours: rounded(budget / amount, 0) }
            }
            _ => Stand::Open,
        },
        (Some(pay), _) => match pay.hourly() {
            Some((low, _)) if low > amount => {
                amount = low;
                Stand::RaisedToStart
            }
            Some((_, high)) if high < amount && high >= amount * (1.0 - YIELD_SHARE) => {
                amount = high;
                Stand::LoweredToEnd
            }
            Some((_, high)) if high < amount => Stand::Above { pay_ends: rounded(high, 2) },
            Some(_) => Stand::Within,
            None => Stand::Open,
        },
        (None, _) => Stand::Open,
    };
    sources.extend(pay.map(|pay| pay.pointer.clone()));
    Some(Price {
        amount: rounded(amount, 2),
        currency: rate.currency,
        stand,
        basis: rate.basis,
        tag: rate.tag,
        sources,
        knowledge: rate.knowledge,
    })
}

fn own(case: &Case<'_>) -> Option<Rate> {
    let rate = case.profile.hourly_rate.as_ref().filter(|rate| rate.value > 0.0)?;
    let currency = case.profile.currency.as_ref()?;
    Some(Rate {
        amount: rate.value,
        currency: currency.value.clone(),
        basis: "the profile's current rate".into(),
        tag: Tag::Given,
        sources: vec![rate.pointer.clone()],
        knowledge: Vec::new(),
    })
}

/// Reads the rate that the pricing recommends, from the blackboard: the first step of its roadmap, which
/// is for new clients, else the recommended rate.
fn recommended(case: &Case<'_>) -> Option<Rate> {
    let told = case.pricing?;
    let first_step = told.pointer("/roadmap/0/rate").and_then(Value::as_f64);
    let recommended = ["recommended_rate", "rate"].iter().find_map(|name| told.get(name)?.as_f64());
    let amount = first_step.or(recommended).filter(|amount| *amount > 0.0)?;
    let given = told.get("currency").and_then(Value::as_str).map(str::to_owned);
    let currency =
        given.or_else(|| case.profile.currency.as_ref().map(|currency| currency.value.clone()))?;
    let basis = if first_step.is_some() {
        "the first step of the recommended roadmap"
    } else {
        "the recommended rate"
    };
    Some(Rate {
        amount,
        currency,
        basis: format!("{basis}, for new clients"),
        tag: Tag::Assumed,
        sources: Vec::new(),
        knowledge: vec!["pricing.rate".into()],
    })
}

/// Says the price as a freelancer would write it.
pub fn price_sentence(price: &Price) -> String {
    let rate = money(price.amount, &price.currency);
    match price.stand {
        Stand::Open | Stand::Salary => format!("My rate is {rate} an hour."),
        Stand::Within => format!("My rate is {rate} an hour, within the range you give."),
        Stand::RaisedToStart => {
            format!("I would do it for {rate} an hour, where your range starts.")
        }
        Stand::LoweredToEnd => format!("I would do it for {rate} an hour, the top of your range."),
        Stand::Above { pay_ends } => {
            format!(
                "My rate is {rate} an hour; your range ends at {}, so let us talk about scope.",
                money(pay_ends, &price.currency)
            )
        }
        Stand::Fixed { budget, hours } => format!(
            "At my rate of {rate} an hour, your {} cover about {} hours; I would like to agree with you what fits into them before I start.",
            money(budget, &price.currency),
            amount(hours, 0)
        ),
    }
}

//! Tests of the job reader: every shape, what is wrong in them, and what no one would write.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn one(job: &Value) -> Job {
    let mut jobs = read_jobs(&json!({"jobs": [job]}), &[]);
    assert_eq!(jobs.len(), 1);
    jobs.remove(0)
}

fn names(job: &Job) -> Vec<&str> {
    job.skills.iter().map(|skill| skill.value.name.as_str()).collect()
}

fn pay(unit: PayUnit, min: f64, max: f64, currency: &str, pointer: &str) -> Option<Pay> {
    let currency = Some(currency.to_owned()).filter(|code| !code.is_empty());
    Some(Pay { unit, min: Some(min), max: Some(max), currency, pointer: pointer.to_owned() })
}

#[test]
fn agoras_own_shape_is_read() {
    let job = one(&json!({
        "id": "j1", "title": "Shop", "description": "Build a shop.", "required_skills": ["ReactJS", "css3", "React"],
        "category": "web_development", "budget": {"type": "fixed", "min": 1000, "max": 2000, "currency": "EUR"},
        "client": {"name": "Ann", "rating": 4.5, "hires": 3, "verified": true}, "posted_at": "2026-07-01", "proposals": 12,
    }));
    assert_eq!(job.unread, []);
    assert_eq!((job.id.as_str(), names(&job)), ("j1", vec!["React", "CSS"]));
    assert_eq!(job.pay, pay(PayUnit::Fixed, 1000.0, 2000.0, "EUR", "/jobs/0/budget"));
    let client =
        Client { name: "Ann".into(), rating: Some(4.5), hires: Some(3), verified: Some(true) };
    assert_eq!((job.client, job.proposals), (client, Some(12)));
    assert_eq!(job.posted, crate::kernel::date::Date::new(2026, 7, 1));
}

#[test]
fn salaries_of_schema_org_are_read_in_their_variety() {
    let read = |salary: Value| {
        one(&json!({"title": "T", "baseSalary": salary, "salaryCurrency": "USD"})).pay
    };
    let at = "/jobs/0/baseSalary";
    assert_eq!(read(json!("100000")), pay(PayUnit::Year, 100_000.0, 100_000.0, "USD", at));
    assert_eq!(read(json!(40)), pay(PayUnit::Hour, 40.0, 40.0, "USD", at));
    let amount =
        |value: Value| json!({"@type": "MonetaryAmount", "currency": "EUR", "value": value});
    let range = json!({"@type": "QuantitativeValue", "minValue": 30, "maxValue": "45.50", "unitText": "HOUR"});
    assert_eq!(read(amount(range)), pay(PayUnit::Hour, 30.0, 45.5, "EUR", at));
    let daily = json!({"@type": "QuantitativeValue", "value": 400, "unitText": "DAY"});
    assert_eq!(read(amount(daily)), pay(PayUnit::Hour, 50.0, 50.0, "EUR", at));
    let monthly =
        json!({"currency": "GBP", "minValue": 3000, "maxValue": 4000, "unitText": "MONTH"});
    assert_eq!(read(monthly), pay(PayUnit::Month, 3000.0, 4000.0, "GBP", at));
    assert_eq!(read(json!({"value": "lots"})), None);
}

#[test]
fn graphs_single_jobs_and_pasted_texts_are_read() {
    let graph = json!({"@context": "https://schema.org", "@graph": [
        {"@type": "Organization", "name": "Acme"},
        {"@type": ["JobPosting"], "name": "Mobile App Developer", "skills": "Kotlin, Swift",
         "hiringOrganization": {"name": "Acme"}, "employmentType": ["CONTRACTOR", "PART_TIME"],
         "jobLocation": {"address": {"addressCountry": {"name": "USA"}}}},
    ]});
    let jobs = read_jobs(&json!({"jobs": graph}), &[]);
    assert_eq!(jobs.len(), 1);
    assert_eq!(
        (jobs[0].title.as_str(), jobs[0].pointer.as_str()),
        ("Mobile App Developer", "/jobs/@graph/1")
    );
    assert_eq!(
        (names(&jobs[0]), jobs[0].country.as_deref()),
        (vec!["Kotlin", "Swift"], Some("US"))
    );
    assert_eq!(jobs[0].terms, ["contract", "part_time"]);
    let jobs = read_jobs(
        &json!({"jobs": ["Rust developer wanted\nRemote, $60-80/hr", {"title": "B"}]}),
        &[],
    );
    assert_eq!((jobs[0].id.as_str(), names(&jobs[0])), ("job_1", vec!["Rust"]));
    assert_eq!(jobs[0].pay, pay(PayUnit::Hour, 60.0, 80.0, "USD", "/jobs/0"));
    assert_eq!(read_jobs(&json!({"jobs": {"title": "Only one"}}), &[]).len(), 1);
}

#[test]
fn skills_are_names_sentences_terms_and_groups() {
    let read = |skills: Value| names(&one(&json!({"title": "T", "skills": skills}))).join(", ");
    assert_eq!(
        read(json!("Experience with React and Node, 3+ years of Python; SQL")),
        "React, Node.js, Python, SQL"
    );
    assert_eq!(read(json!({"@type": "DefinedTerm", "name": "Java"})), "Java");
    assert_eq!(
        read(json!([{"name": "Web Development", "keywords": ["HTML", "CSS"]}])),
        "HTML, CSS"
    );
    assert_eq!(read(json!([{"name": "Python", "keywords": ["asyncio", "pandas"]}])), "Python");
    assert_eq!(
        read(json!([{"name": "ElevenLabs", "keywords": ["TTS integration", "voice synthesis"]}])),
        "ElevenLabs"
    );
}

#[test]
fn a_job_that_names_no_skills_gives_those_it_mentions() {
    let job = one(
        &json!({"title": "Flutter developer", "description": "<p>You know <b>Firebase</b> &amp; Dart.</p>"}),
    );
    assert_eq!(names(&job), ["Flutter", "Firebase", "Dart"]);
    assert_eq!(job.skills[1].pointer, "/jobs/0/description");
    assert_eq!(job.description, "You know Firebase & Dart.");
}

#[test]
fn a_pasted_posting_is_looked_through() {
    let text = "\n# Senior Go engineer (contract)\n\nWe raised $20M in 2024 and have 5 years of runway.\n\
        You write Go and PostgreSQL services.\nRate: €70-90 per hour, fully remote.\n";
    let job = read_posting(text);
    assert_eq!(job.title, "Senior Go engineer (contract)");
    assert_eq!(names(&job), ["Go", "PostgreSQL"]);
    assert_eq!(job.pay, pay(PayUnit::Hour, 70.0, 90.0, "EUR", ""));
    assert_eq!(job.terms, ["contract", "remote"]);
    assert_eq!(read_posting("").unread.len(), 1);
}

#[test]
fn the_marketplace_stands_in_where_no_jobs_are_given() {
    let market = [json!({"title": "A"}), json!({"id": 7, "title": "B"})];
    for input in [json!({}), json!({"jobs": []}), json!({"jobs": null})] {
        let jobs = read_jobs(&input, &market);
        let found: Vec<(&str, &str)> =
            jobs.iter().map(|job| (job.id.as_str(), job.pointer.as_str())).collect();
        assert_eq!(found, [("job_1", "/job_marketplace/0"), ("7", "/job_marketplace/1")]);
    }
}

#[test]
fn misspelled_fields_are_noticed() {
    let job =
        one(&json!({"title": "T", "requierd_skills": ["Go"], "similarity": 0.4, "salary_usd": 3}));
    let found: Vec<String> = job.unread.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "/jobs/0/requierd_skills: no field a job has: \"requierd_skills\"; required_skills is meant"
        ]
    );
}

#[test]
fn an_id_names_one_job() {
    let jobs = read_jobs(
        &json!({"jobs": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}, {"id": "a_2", "title": "C"}]}),
        &[],
    );
    let ids: BTreeSet<&str> = jobs.iter().map(|job| job.id.as_str()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(jobs[1].unread.len(), 1);
}

#[test]
fn what_is_plainly_wrong_is_named_with_its_place() {
    let input = json!({"jobs": [
        {"title": 3, "required_skills": [4], "budget": {"type": "hourly", "min": 50, "max": 40}, "proposals": -1},
        {"title": "B", "client": {"rating": 9, "verified": "yes"}, "posted_at": "2026-02-30", "budget": true},
        12,
    ]});
    let faults = job_faults(&input);
    let found: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    let wanted = [
        "/jobs/0/title",
        "/jobs/0/required_skills/0",
        "/jobs/0/budget",
        "/jobs/0/proposals",
        "/jobs/1/budget",
        "/jobs/1/client/verified",
        "/jobs/1/client/rating",
        "/jobs/1/posted_at",
        "/jobs/2",
    ];
    assert_eq!(found, wanted);
    assert_eq!(job_faults(&json!({"jobs": 3})).len(), 1);
    assert_eq!(job_faults(&json!({})), []);
}

/// Any JSON whose members have the names that are read.
fn any_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "jobs",
        "title",
        "skills",
        "required_skills",
        "budget",
        "baseSalary",
        "salary",
        "value",
        "min",
        "max",
        "minValue",
        "currency",
        "unitText",
        "client",
        "rating",
        "@graph",
        "@type",
        "item",
        "keywords",
        "name",
        "description",
        "jobLocation",
        "address",
        "addressCountry",
        "id",
        "posted_at",
        "proposals",
        "employmentType",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|x| json!(x)),
        "\\PC{0,16}".prop_map(Value::from),
        "[$€£kKmM0-9.,+/ –-]{0,14}".prop_map(Value::from),
        prop::sample::select(vec![
            "HOUR",
            "JobPosting",
            "<b",
            "USD",
            "knowledge of ",
            "up to €5",
            "C, Go/R"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..8).prop_map(|members| Value::Object(
                members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn no_input_breaks_the_reader(jobs in any_json()) {
        let input = json!({"jobs": jobs});
        for job in read_jobs(&input, &[]) {
            prop_assert!(input.pointer(&job.pointer).is_some());
            for place in job.skills.iter().map(|skill| &skill.pointer).chain(job.unread.iter().map(|fault| &fault.pointer)) {
                prop_assert!(input.pointer(place).is_some() || place.ends_with("/description") || place.ends_with("/title"), "{}", place);
            }
            let bounds = job.pay.and_then(|pay| pay.min.zip(pay.max));
            prop_assert!(bounds.is_none_or(|(min, max)| min <= max && max.is_finite()));
        }
        for fault in job_faults(&input) {
            prop_assert!(input.pointer(&fault.pointer).is_some());
        }
    }

    #[test]
    fn no_text_breaks_pay_and_skills(text in "(\\PC|[$€kKmM0-9.,+/ –-]|Go|C\\+\\+|R, C){0,40}") {
        parse_pay(&text);
        for (_, range) in crate::freelance::skill::recognize(&text) {
            prop_assert!(text.get(range).is_some());
        }
        read_posting(&text);
    }
}

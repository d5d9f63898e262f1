//! Tests of the profile reader: both shapes, what is wrong in them, and sizes no person has.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn day() -> Date {
    Date::new(2026, 7, 20).expect("a date")
}

fn read(input: &Value) -> Profile {
    Profile::read(input, day())
}

fn names(profile: &Profile) -> Vec<&str> {
    profile.skills.iter().map(|held| held.skill.name.as_str()).collect()
}

fn places(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.pointer.as_str()).collect()
}

#[test]
fn agoras_own_shape_is_read() {
    let input = json!({"freelancer_id": 7, "profile_data": {
        "title": "Web developer", "bio": "I build shops.",
        "skills": ["ReactJS", {"name": "Postgres", "level": 4, "years": 6}, {"name": "SQL", "level": 5}, "react"],
        "hourly_rate": 50, "currency": "usd", "country": "United States", "experience_years": 6,
        "portfolio": [{"title": "Shop", "description": "Raised sales by 20 %", "url": "https://example.com"}, "Blog"],
        "reviews": {"count": 12, "rating": 4.8}, "availability_hours": 30, "languages": ["English"],
    }});
    let profile = read(&input);
    assert_eq!(profile.unread, []);
    assert_eq!(names(&profile), ["React", "PostgreSQL", "SQL"]);
    assert_eq!((profile.skills[1].level, profile.skills[1].years), (Some(0.8), Some(6.0)));
    assert_eq!(profile.skills[1].pointer, "/profile_data/skills/1");
    assert_eq!(profile.currency.as_ref().map(|at| at.value.as_str()), Some("USD"));
    assert_eq!(profile.country.as_ref().map(|at| at.value.as_str()), Some("US"));
    let years = profile.experience_years.as_ref().map(|at| (at.value, at.pointer.as_str()));
    assert_eq!(years, Some((6.0, "/profile_data/experience_years")));
    assert_eq!(profile.portfolio.len(), 2);
    assert_eq!(profile.reviews.map(|at| at.value), Some(Reviews { count: 12, rating: Some(4.8) }));
}

#[test]
fn a_profile_is_found_wherever_it_stands() {
    for place in PLACES {
        let input = json!({"jobs": [], place: {"title": "Writer"}});
        assert_eq!(read(&input).pointer, format!("/{place}"));
        assert_eq!(read(&input).title.map(|at| at.value).as_deref(), Some("Writer"), "{place}");
    }
    let bare = read(&json!({"title": "Writer", "max_jobs": 5}));
    assert_eq!((bare.pointer.as_str(), bare.unread.len()), ("", 0));
}

#[test]
fn groups_of_a_json_resume_give_their_keywords() {
    let input = json!({"skills": [
        {"name": "Web Development", "level": "Master", "keywords": ["HTML", "CSS", "Javascript"]},
        {"name": "Machine Learning", "level": "Beginner", "keywords": ["PyTorch"]},
        {"name": "Basket weaving"},
        {"keywords": ["Go"]},
    ]});
    let profile = read(&input);
    assert_eq!(
        names(&profile),
        ["HTML", "CSS", "JavaScript", "Machine learning", "PyTorch", "Basket weaving", "Go"]
    );
    assert_eq!(profile.skills[2].pointer, "/skills/0/keywords/2");
    assert_eq!((profile.skills[0].level, profile.skills[4].level), (Some(1.0), Some(0.3)));
}

#[test]
fn experience_is_the_union_of_relevant_work() {
    let input = json!({"basics": {"label": "Web Developer"}, "skills": ["React", "CSS"], "work": [
        {"position": "Frontend Engineer", "name": "A", "startDate": "2020-01-01", "endDate": "2023-01-01"},
        {"position": "Web Developer", "company": "B", "startDate": "2022-01-01", "endDate": "2024-01-01"},
        {"position": "Waiter", "name": "Café", "startDate": "2010-01-01", "endDate": "2020-01-01", "summary": "Served guests."},
        {"position": "Frontend Engineer", "name": "D", "startDate": 2020, "endDate": 2021},
        {"position": "Tinkerer", "name": "C", "startDate": "2026-01", "endDate": "", "summary": "React and CSS all day."},
    ]});
    let profile = read(&input);
    let years = profile.experience_years.map(|at| (at.value, at.pointer));
    assert_eq!(years, Some((4.5, "/work".to_owned())));
    assert_eq!(profile.work[1].organization, "B");
    assert_eq!(profile.work[4].span_days.map(|span| span.1), Some(day().days()));
}

#[test]
fn work_outside_the_field_leaves_experience_unknown() {
    let input = json!({"title": "Web Developer", "work": [
        {"position": "Waiter", "startDate": "2010-01-01", "endDate": "2020-01-01"},
    ]});
    let profile = read(&input);
    assert_eq!(profile.experience_years, None);
    assert_eq!(places(&profile.unread), ["/work"]);
}

#[test]
fn what_is_plainly_wrong_is_named_with_its_place() {
    let input = json!({"profile_data": {
        "hourly_rate": -5, "currency": "dollars", "skills": "React, CSS", "availability_hours": 200,
        "reviews": {"count": 2.5, "rating": 7}, "title": 3, "experience_years": "many",
        "work": [{"position": "X", "startDate": "2020-13-01"}, {"startDate": "2020", "endDate": "2019"}, 7],
        "languages": "English", "portfolio": 3,
    }});
    let faults = profile_faults(&input);
    let found: Vec<&str> = places(&faults)
        .into_iter()
        .map(|place| place.trim_start_matches("/profile_data"))
        .collect();
    let wanted = [
        "/title",
        "/languages",
        "/hourly_rate",
        "/currency",
        "/availability_hours",
        "/reviews/count",
        "/reviews/rating",
        "/skills",
        "/work/0/startDate",
        "/work/1/endDate",
        "/work/2",
        "/portfolio",
        "/experience_years",
    ];
    assert_eq!(found, wanted);
    for fault in &faults {
        assert!(
            fault.detail.starts_with(|c: char| c.is_lowercase()) && !fault.detail.ends_with('.'),
            "{fault}"
        );
    }
    assert_eq!(names(&read(&input)), ["React", "CSS"]);
    assert_eq!(places(&profile_faults(&json!({"profile_data": "me"}))), ["/profile_data"]);
    assert_eq!(profile_faults(&json!({})), []);
}

#[test]
fn a_rate_in_quotes_is_a_fault_and_read_all_the_same() {
    let input = json!({"profile_data": {"hourly_rate": "45"}});
    assert_eq!(places(&profile_faults(&input)), ["/profile_data/hourly_rate"]);
    assert_eq!(read(&input).hourly_rate.map(|at| at.value), Some(45.0));
    let profile = read(&json!({"hourly_rate": "€50-60/hr", "location": "Berlin, Germany"}));
    assert_eq!(profile.hourly_rate.map(|at| at.value), Some(50.0));
    assert_eq!(profile.currency.map(|at| at.value).as_deref(), Some("EUR"));
    assert_eq!(profile.country.map(|at| at.value).as_deref(), Some("DE"));
    // CA is California here, not Canada: a code alone at the end of a place is not taken.
    assert_eq!(read(&json!({"location": "San Francisco, CA"})).country, None);
}

#[test]
fn misspelled_fields_are_noticed() {
    let profile = read(&json!({"profile_data": {"titel": "Writer", "a/b~c": 1}}));
    assert_eq!(places(&profile.unread), ["/profile_data/a~1b~0c", "/profile_data/titel"]);
}

#[test]
fn levels_are_read_on_the_scale_of_their_list() {
    let levels = |list: Value| -> Vec<Option<f64>> {
        read(&json!({"skills": list})).skills.iter().map(|held| held.level).collect()
    };
    assert_eq!(
        levels(json!([{"name": "A1b", "level": 0.5}, {"name": "B2c", "level": 1}])),
        [Some(0.5), Some(1.0)]
    );
    assert_eq!(
        levels(json!([{"name": "A1b", "level": 1}, {"name": "B2c", "level": 5}])),
        [Some(0.2), Some(1.0)]
    );
    assert_eq!(
        levels(json!([{"name": "A1b", "level": "80%"}, {"name": "B2c", "level": "so-so"}])),
        [Some(0.8), None]
    );
}

#[test]
fn ten_thousand_skills_and_twenty_megabytes_are_read() {
    let many: Vec<String> = (0..10_000).map(|at| format!("skill{at}y")).collect();
    let profile = read(&json!({"skills": many.iter().chain(&many).collect::<Vec<_>>()}));
    assert_eq!(profile.skills.len(), 10_000);
    let long = "lorem ipsum React ".repeat(1_200_000);
    let input = json!({"title": long, "bio": long, "skills": [long],
        "work": [{"position": "Dev", "startDate": long}]});
    let profile = read(&input);
    assert_eq!(names(&profile), ["React"]);
    assert!(profile.unread.iter().all(|fault| fault.detail.len() < 300));
}

/// Any JSON whose members have the names that are read.
fn any_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(
        [
            READ,
            &PLACES,
            &["name", "level", "keywords", "startDate", "endDate", "position", "rating", "count"],
        ]
        .concat(),
    );
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|x| json!(x)),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "2020-02-30",
            "2020",
            "9999-12-31",
            "$50k–€4/hr",
            "現在",
            "C++",
            "advanced"
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
    fn no_input_breaks_the_reader(input in any_json()) {
        let profile = read(&input);
        prop_assert_eq!(&profile, &read(&input));
        for fault in profile.unread.iter().chain(&profile_faults(&input)) {
            prop_assert!(input.pointer(&fault.pointer).is_some(), "{}", fault);
        }
        let years = profile.experience_years.map_or(0.0, |at| at.value);
        prop_assert!(years.is_finite() && years >= 0.0);
    }
}

//! An example body for each route that takes one, for the description and the console.

use serde_json::{Map, Value, json};

use super::route::Route;
use crate::session::catalog;

/// Returns an example body; none for a route without one.
pub fn body(route: Route) -> Option<Value> {
    match route {
        Route::CreateTask => Some(json!({
            "task_type": "optimize_freelancer_profile",
            "description": "Comprehensive optimization",
            "required_agents": ["profile_optimizer", "pricing_strategist", "market_analyst"],
            "input_data": input("walkthrough", &["freelancer_id", "profile_data"]),
            "priority": "HIGH",
        })),
        Route::OptimizeFreelancer => Some(optimize()),
        Route::FindAndApply => Some(find_and_apply()),
        Route::CareerGrowth => Some(career_growth()),
        Route::AddAgent => Some(json!({
            "role": "pricing_strategist",
            "performance_score": 91.5,
            "capacity": 2,
        })),
        _ => None,
    }
}

fn optimize() -> Value {
    let mut body = input("walkthrough", &["freelancer_id", "profile_data", "jobs"]);
    body.insert("optimization_goals".into(), json!(["increase_visibility", "optimize_pricing"]));
    Value::Object(body)
}

fn find_and_apply() -> Value {
    let mut body = input("find-and-apply", &["freelancer_id", "freelancer_profile", "jobs"]);
    body.entry("freelancer_id").or_insert(json!(123));
    body.insert("target_categories".into(), json!(["web_development"]));
    body.insert("max_jobs".into(), json!(5));
    Value::Object(body)
}

fn career_growth() -> Value {
    let mut body = input("career-growth", &["freelancer_id", "current_stats", "goals", "jobs"]);
    body.entry("freelancer_id").or_insert(json!(123));
    body.insert("timeframe_months".into(), json!(12));
    Value::Object(body)
}

/// Returns fields of the input of a built-in scenario's first task, or of its marketplace.
fn input(scenario: &str, fields: &[&str]) -> Map<String, Value> {
    let Some(built_in) = catalog::find(scenario) else {
        return Map::new();
    };
    let document: Value = serde_json::from_str(built_in.text()).unwrap_or(Value::Null);
    let named = document.pointer("/tasks/0/input_data");
    let input = match named {
        Some(Value::String(name)) => document.pointer(&format!("/inputs/{name}")),
        other => other,
    };
    let profile = ["profile_data", "freelancer_profile", "current_stats"];
    let of_input = |field: &str| {
        let own = input?.get(field);
        let any = profile
            .contains(&field)
            .then(|| profile.iter().find_map(|other| input?.get(other)))
            .flatten();
        let market =
            (field == "jobs").then(|| document.pointer("/environment/job_marketplace")).flatten();
        own.or(any).or(market).cloned()
    };
    fields.iter().filter_map(|&field| Some((field.to_owned(), of_input(field)?))).collect()
}

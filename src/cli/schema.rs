//! `agora schema`: JSON Schemas, and TypeScript declarations, made from the Rust types.

pub mod typescript;

use std::process::ExitCode;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;

use crate::api::document;
use crate::sim::command::Command;
use crate::sim::scenario::draft::ScenarioDraft;

/// The schemas there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// Scenario files.
    Scenario,
    /// Commands.
    Command,
    /// The REST-shaped API, as OpenAPI 3.1.
    Openapi,
    /// TypeScript declarations of all that the class `Agora` takes and gives.
    Typescript,
}

/// Prints a schema.
pub fn print(what: What) -> Result<ExitCode, String> {
    super::say(text(what)?);
    Ok(ExitCode::SUCCESS)
}

/// Returns a schema's text.
pub fn text(what: What) -> Result<String, String> {
    let generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    let schema = match what {
        What::Typescript => return typescript::declarations(),
        What::Scenario => generator.into_root_schema_for::<ScenarioDraft>(),
        What::Command => generator.into_root_schema_for::<Command>(),
        What::Openapi => {
            return serde_json::to_string(&document::document()).map_err(|error| error.to_string());
        }
    };
    serde_json::to_string_pretty(&schema).map_err(|error| error.to_string())
}

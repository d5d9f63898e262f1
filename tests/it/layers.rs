//! Style as a test: layers, headers, sizes, and ARCHITECTURE.md in step with the tree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which modules each may import, lowest first; the rest of what is public is above.
const LAYERS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("model", &["kernel"]),
    ("mechanism", &["kernel", "model"]),
    ("sim", &["kernel", "model", "mechanism"]),
    ("freelance", &["kernel", "model", "mechanism"]),
    ("generic", &["kernel", "model", "mechanism"]),
    ("session", &["kernel", "model", "mechanism", "sim", "freelance", "generic"]),
    ("text", &["kernel", "model", "mechanism", "sim", "freelance", "generic", "session"]),
    ("export", &["kernel", "model", "mechanism", "sim", "freelance", "generic", "session", "text"]),
    (
        "api",
        &[
            "kernel",
            "model",
            "mechanism",
            "sim",
            "freelance",
            "generic",
            "session",
            "text",
            "export",
        ],
    ),
    ("view", &["kernel", "model", "mechanism", "sim", "freelance", "generic", "session", "text"]),
    (
        "cli",
        &[
            "kernel",
            "model",
            "mechanism",
            "sim",
            "freelance",
            "generic",
            "session",
            "text",
            "export",
            "api",
        ],
    ),
    (
        "web",
        &[
            "kernel",
            "model",
            "mechanism",
            "sim",
            "freelance",
            "generic",
            "session",
            "text",
            "export",
            "api",
            "view",
        ],
    ),
    (
        "ui",
        &["api", "session", "sim::command", "sim::run", "model::fault", "model::id", "view", "web"],
    ),
];

/// Words that only the layers named may use.
const BROWSER_WORDS: &[(&str, &[&str])] = &[
    ("wasm_bindgen", &["web", "ui"]),
    ("js_sys", &["web", "ui"]),
    ("web_sys", &["web", "ui"]),
    ("serde_wasm_bindgen", &["web"]),
    ("getrandom", &["web"]),
    ("leptos", &["ui"]),
];

/// The most lines a file may have before a reader asks why.
const LINES_MAX: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every Rust file of the library with its top module.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join("src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("src can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source can be read");
                found.push((top(&path), path, text));
            }
        }
    }
    found.sort();
    found
}

fn top(path: &Path) -> String {
    let inner = path.strip_prefix(root().join("src")).expect("below src");
    let first =
        inner.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_string()
}

/// Returns the paths behind `crate::` that a source names, comments aside.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(rest.len());
            found.insert(rest[..end].trim_end_matches(':').to_string());
        }
    }
    found
}

#[test]
fn a_module_imports_only_what_lies_below_it() {
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let Some(allowed) = layers.get(module.as_str()) else {
            assert!(
                matches!(module.as_str(), "lib" | "main" | "bin"),
                "{} belongs to no layer",
                path.display()
            );
            continue;
        };
        for import in imports(&text) {
            let own = import == module || import.starts_with(&format!("{module}::"));
            let below = allowed
                .iter()
                .any(|below| import == *below || import.starts_with(&format!("{below}::")));
            if !own && !below {
                wrong.push(format!("{} imports {import}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_browser_layers_name_the_browser() {
    let mut wrong = Vec::new();
    for (module, path, text) in
        sources().into_iter().filter(|(module, ..)| !matches!(module.as_str(), "lib" | "bin"))
    {
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for (word, allowed) in BROWSER_WORDS {
            if code.contains(&format!("{word}::")) && !allowed.contains(&module.as_str()) {
                wrong.push(format!("{} names {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_can_be_held_in_mind() {
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        if !(first.starts_with("//! ") && first.trim_end().ends_with(['.', ':'])) {
            wrong.push(format!("{} does not open with a sentence: {first}", path.display()));
        }
        let lines = text.lines().count();
        if lines > LINES_MAX {
            wrong.push(format!("{} has {lines} lines, at most {LINES_MAX}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_modules_deny_what_differs_between_machines() {
    for module in [
        "kernel",
        "model",
        "mechanism",
        "sim",
        "freelance",
        "generic",
        "session",
        "text",
        "export",
        "api",
        "view",
    ] {
        let text = std::fs::read_to_string(root().join(format!("src/{module}.rs")))
            .expect("a module's file");
        let lints = "#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]";
        assert!(text.contains(lints), "src/{module}.rs does not deny the impure");
    }
}

#[test]
fn the_architecture_names_every_module_and_every_dependency_and_no_other() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let modules: BTreeSet<String> = sources()
        .into_iter()
        .map(|(module, ..)| module)
        .filter(|module| !matches!(module.as_str(), "lib" | "main" | "bin"))
        .collect();
    for module in &modules {
        assert!(
            text.contains(&format!("| `{module}` |")),
            "ARCHITECTURE.md lacks the module {module}"
        );
    }
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml"))
        .expect("Cargo.toml")
        .parse()
        .expect("TOML");
    let mut named = BTreeSet::new();
    let mut collect = |table: Option<&toml::Value>| {
        named.extend(
            table
                .and_then(toml::Value::as_table)
                .into_iter()
                .flat_map(|table| table.keys().cloned()),
        );
    };
    collect(manifest.get("dependencies"));
    collect(manifest.get("dev-dependencies"));
    for target in manifest
        .get("target")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(|targets| targets.values())
    {
        collect(target.get("dependencies"));
        collect(target.get("dev-dependencies"));
    }
    for dependency in &named {
        assert!(
            text.contains(&format!("| `{dependency}` |")),
            "ARCHITECTURE.md lacks the dependency {dependency}"
        );
    }
    for line in text.lines().filter_map(|line| line.strip_prefix("| `")) {
        let name = line.split('`').next().unwrap_or_default();
        let known = modules.contains(name) || named.contains(name) || root().join(name).exists();
        assert!(known, "ARCHITECTURE.md names {name}, which is not there");
    }
}

#[test]
fn invariants_in_the_architecture_name_tests_that_exist() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut tests = String::new();
    for folder in ["tests", "tests/it", "src"] {
        let mut open = vec![root().join(folder)];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    tests.push_str(&std::fs::read_to_string(&path).expect("a source"));
                }
            }
        }
    }
    let held: Vec<&str> = text
        .match_indices("(test `")
        .map(|(at, mark)| {
            let rest = &text[at + mark.len()..];
            &rest[..rest.find('`').unwrap_or(0)]
        })
        .collect();
    assert!(!held.is_empty(), "no invariant names its test");
    for name in held {
        assert!(
            tests.contains(&format!("fn {name}(")),
            "ARCHITECTURE.md names the test {name}, which is not there"
        );
    }
}

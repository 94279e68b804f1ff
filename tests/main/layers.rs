//! Imports go one way: `window, cli → workflow → {store, document, exchange, room, likeness, tally} → journal → domain`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// What each crate of the workspace may import, of the workspace. A crate that is not here has no place in the house yet.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("moisson-domain", &[]),
    ("moisson-tally", &[]),
    ("moisson-document", &[]),
    ("moisson-likeness", &[]),
    ("moisson-exchange", &[]),
    ("moisson-room", &["moisson-tally", "moisson-domain"]),
    ("moisson-journal", &["moisson-domain"]),
    ("moisson-store", &["moisson-journal", "moisson-domain"]),
    (
        "moisson-workflow",
        &[
            "moisson-store",
            "moisson-document",
            "moisson-likeness",
            "moisson-exchange",
            "moisson-room",
            "moisson-tally",
            "moisson-journal",
            "moisson-domain",
        ],
    ),
    ("moisson-cli", &["moisson-workflow"]),
    ("moisson", &["moisson-workflow"]),
];

/// Libraries that only some crates may use, and what would be lost otherwise.
const KEPT_TO: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["moisson-store"], "no SQL outside the store"),
    ("tauri", &["moisson"], "everything below the window runs without one"),
    ("axum", &["moisson-room"], "phones are answered in one place"),
    ("object_store", &["moisson-exchange"], "what lies elsewhere is fetched and put in one place"),
    ("clap", &["moisson-cli"], "only the command line reads arguments"),
    ("typst", &["moisson-document"], "documents are laid out in one place"),
    ("rust_xlsxwriter", &["moisson-document"], "workbooks are written in one place"),
    ("zip", &["moisson-store", "moisson-document"], "dossiers and office documents are the only archives"),
];

/// Direct imports of each crate of the workspace, those of its tests apart.
fn imports() -> BTreeMap<String, Vec<String>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let said = crate::tools::run(Command::new(cargo).args([
        "metadata",
        "--format-version=1",
        "--no-deps",
        "--offline",
        "--manifest-path",
        manifest,
    ]))
    .json();
    let packages = said["packages"].as_array().unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    packages
        .iter()
        .map(|package| {
            let imports = package["dependencies"].as_array().unwrap().iter();
            (name(package), imports.filter(|import| import["kind"] != "dev").map(name).collect())
        })
        .collect()
}

#[test]
fn a_crate_imports_only_what_lies_below_it() {
    for (crate_name, imports) in imports() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == crate_name) else {
            panic!("{crate_name} has no place in the house yet: give it one here and in ARCHITECTURE.md");
        };
        for import in imports.iter().filter(|import| import.starts_with("moisson")) {
            assert!(allowed.contains(&import.as_str()), "{crate_name} may not import {import}");
        }
    }
}

#[test]
fn a_library_with_one_home_stays_there() {
    for (crate_name, imports) in imports() {
        for (library, homes, reason) in KEPT_TO {
            let uses = imports.iter().any(|import| import == library);
            assert!(!uses || homes.contains(&crate_name.as_str()), "{crate_name} uses {library}: {reason}");
        }
    }
}

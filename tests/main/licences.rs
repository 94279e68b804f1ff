//! What is shipped with Moisson and under which licences: listed in `docs/licences.md`, and each of them one that goes with ours.

use crate::tools::run;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

/// What is drawn with the program, beside code.
const FONTS: &[(&str, &str)] = &[
    ("Atkinson Hyperlegible", "OFL-1.1"),
    ("DejaVu Sans", "Bitstream-Vera"),
    ("Noto Emoji", "OFL-1.1"),
    ("Source Sans 3", "OFL-1.1"),
    ("Ubuntu", "UFL-1.0"),
];

/// What crates carry within, in C.
const WITHIN: &[(&str, &str)] = &[
    ("SQLCipher, © 2008–2025 ZETETIC LLC", "BSD-3-Clause"),
    ("SQLite", "public domain"),
    ("OpenSSL, on Windows; elsewhere the system’s own", "Apache-2.0"),
];

/// Packages whose licence stands in their licence file alone.
const UNDECLARED: &[(&str, &str)] = &[("svelte-toolbelt", "MIT")];

const HEAD: &str = "\
# Licences

Moisson is under the EUPL-1.2. What it ships with, each under its own licence, on Linux; Windows and macOS add the crates by which Rust
speaks to them. This page is written by a test: `MOISSON_WRITE_LICENCES=1 cargo nextest run --workspace licences_of_what_is_shipped`.
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Crates that end in the window or the command line, by name: what they are built with and tested with stays home.
fn crates() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = root().join("Cargo.toml");
    let said = run(Command::new(cargo)
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu", "--manifest-path"])
        .arg(manifest))
    .json();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Vec<Value>> = list(&said["resolve"]["nodes"])
        .iter()
        .map(|node| (node["id"].as_str().unwrap().to_owned(), list(&node["deps"])))
        .collect();
    let packages: BTreeMap<String, Value> = list(&said["packages"])
        .into_iter()
        .map(|package| (package["id"].as_str().unwrap().to_owned(), package))
        .collect();
    let ours = |package: &Value| package["source"].is_null();
    let mut left: Vec<String> =
        packages.iter().filter(|(_, package)| ours(package)).map(|(id, _)| id.clone()).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(id) = left.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let ships = |dep: &&Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
        let deps = nodes.get(&id).into_iter().flatten().filter(ships);
        left.extend(deps.map(|dep| dep["pkg"].as_str().unwrap().to_owned()));
    }
    let mut shipped: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in
        packages.iter().filter(|(id, package)| seen.contains(*id) && !ours(package)).map(|(_, package)| package)
    {
        let licence = package["license"].as_str().unwrap_or("unknown").replace('/', " OR ");
        let licence = licence.split_whitespace().collect::<Vec<_>>().join(" ");
        shipped.entry(package["name"].as_str().unwrap().to_owned()).or_default().insert(licence);
    }
    shipped
}

/// Packages of the window's page that are not only there to build it.
fn packages() -> BTreeMap<String, BTreeSet<String>> {
    let lock: Value = serde_json::from_str(&fs::read_to_string(root().join("ui/package-lock.json")).unwrap()).unwrap();
    let mut shipped: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, package) in lock["packages"].as_object().unwrap() {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        if package["dev"] != true && package["devOptional"] != true && package["optional"] != true {
            let stated = UNDECLARED.iter().find(|(undeclared, _)| *undeclared == name).map(|(_, licence)| *licence);
            let licence = package["license"].as_str().or(stated).unwrap_or("unknown").to_owned();
            shipped.entry(name.to_owned()).or_default().insert(licence);
        }
    }
    shipped
}

/// The licences that `deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap();
    let list = text.split_once("allow = [").unwrap().1.split_once(']').unwrap().0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).chain([String::from("OFL-1.1")]).collect()
}

/// Whether an expression holds with these licences: one side of each OR, both sides of each AND.
fn holds(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let plain = expression.replace(['(', ')'], " ");
    plain.split(" AND ").all(|side| side.split(" OR ").any(|one| allowed.contains(one.trim())))
}

#[test]
fn licences_of_what_is_shipped_are_listed_and_go_with_ours() {
    let (crates, packages, allowed) = (crates(), packages(), allowed());
    for (name, licences) in crates.iter().chain(&packages) {
        for licence in licences {
            assert!(holds(licence, &allowed), "{name} is under {licence}, which deny.toml does not allow");
        }
    }
    let table = |title: &str, rows: &BTreeMap<String, BTreeSet<String>>| {
        let rows: Vec<String> = rows
            .iter()
            .map(|(name, licences)| format!("| {name} | {} |", licences.iter().cloned().collect::<Vec<_>>().join("; ")))
            .collect();
        format!("\n## {title}\n\n| | licence |\n| --- | --- |\n{}\n", rows.join("\n"))
    };
    let stated = |list: &[(&str, &str)]| {
        list.iter().map(|(name, licence)| ((*name).to_owned(), [(*licence).to_owned()].into())).collect()
    };
    let made = format!(
        "{HEAD}{}{}{}{}",
        table("Fonts", &stated(FONTS)),
        table("Libraries in C that crates carry within", &stated(WITHIN)),
        table("Packages of the window’s page", &packages),
        table("Crates", &crates)
    );
    let kept = root().join("docs/licences.md");
    if std::env::var_os("MOISSON_WRITE_LICENCES").is_some() {
        fs::write(&kept, &made).unwrap();
    }
    let stale = fs::read_to_string(&kept).unwrap_or_default() != made;
    assert!(
        !stale,
        "{} is stale: MOISSON_WRITE_LICENCES=1 cargo nextest run --workspace licences_of_what_is_shipped",
        kept.display()
    );
}

//! What is published for engines of others: DuckDB, over the Parquet of several démarches, counts what `region` counts.

use crate::{region::Region, tools::run};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TODAY: &str = "2024-03-01";

/// Runs a question of `docs/region` over the partitions below a folder; a row is a list.
const ASK: &str = r#"
import sys, json, duckdb
place, question = sys.argv[1:]
db = duckdb.connect()
for table in ["demarche", "propositions", "actions", "etapes", "indicateurs", "budget", "ateliers"]:
    files = f"{place}/parquet/{table}/*/{table}.parquet"
    db.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}', hive_partitioning = true, hive_types = {{'demarche': VARCHAR}})")
print(json.dumps(db.execute(question).fetchall(), default=str))
"#;

fn duckdb_is_here() -> bool {
    let found = Command::new("python3").args(["-c", "import duckdb"]).output().is_ok_and(|said| said.status.success());
    if !found {
        eprintln!("SKIPPED: python3 has no duckdb here (script/test installs it)");
    }
    found
}

fn asked(place: &Path, question: &str) -> BTreeSet<String> {
    let said = run(Command::new("python3").args(["-c", ASK]).arg(place).arg(question)).json();
    said.as_array().unwrap().iter().map(Value::to_string).collect()
}

fn question(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/region/{name}.sql"));
    fs::read_to_string(path).unwrap().replace("current_date", &format!("DATE '{TODAY}'"))
}

/// What `region` answers, put as the rows of the question.
fn told(report: &Value, row: impl Fn(&Value) -> Option<Value>) -> BTreeSet<String> {
    report["rows"].as_array().unwrap().iter().filter_map(row).map(|row| row.to_string()).collect()
}

fn named(value: &Value) -> Value {
    if value == "" { Value::Null } else { value.clone() }
}

fn euros(cents: &Value) -> Value {
    let cents = cents.as_i64().unwrap();
    if cents == 0 { Value::Null } else { json!(format!("{}.{:02}", cents / 100, cents % 100)) }
}

#[test]
fn duckdb_over_the_parquet_of_several_demarches_counts_what_the_region_counts() {
    if !duckdb_is_here() {
        return;
    }
    let region = Region::of_demos(&[21, 22]);
    let open: PathBuf = region.place.join("ouvert");
    for demarche in &region.demarches {
        let now = format!("{TODAY}T09:00:00+01:00");
        moisson!("publish", demarche, "--open-data", &open, "--now", &now).done();
    }
    let themes = told(&region.ask("themes"), |row| {
        (row["proposals"] != 0)
            .then(|| json!([row["process"], row["theme"], row["territory"], row["proposals"], row["clustered"]]))
    });
    let support = told(&region.ask("support"), |row| {
        Some(json!([row["process"], named(&row["theme"]), row["proposals"], row["said_again"]]))
    });
    let cost = told(&region.ask("cost"), |row| {
        (row["actions"] != 0).then(|| json!([row["process"], row["axis"], row["actions"], euros(&row["planned"])]))
    });
    let late = told(&region.ask("late"), |row| Some(json!([row["process"], row["number"], row["action"], row["why"]])));
    let unanswered =
        told(&region.ask("unanswered"), |row| Some(json!([row["process"], row["proposals"], row["unanswered"]])));
    for (name, wanted) in
        [("themes", themes), ("support", support), ("cost", cost), ("late", late), ("unanswered", unanswered)]
    {
        // DuckDB gives sums as wide integers, which Python writes as plain ones.
        assert!(!wanted.is_empty(), "{name}");
        assert_eq!(asked(&open, &question(name)), wanted, "{name}");
    }
    let money = "SELECT column_name, column_type FROM (DESCRIBE budget) WHERE column_name IN ('prevu_eur', 'annee')";
    assert_eq!(
        asked(&open, money),
        [json!(["annee", "BIGINT"]), json!(["prevu_eur", "DECIMAL(18,2)"])].map(|row| row.to_string()).into()
    );
}

//! The JSON Schemas in `docs/schemas` are those that the Rust source gives.

use std::{fs, path::Path};

#[test]
fn published_schemas_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas");
    for document in ["plan", "minutes", "agenda", "open-data"] {
        let kept = folder.join(format!("{document}.schema.json"));
        let made = serde_json::to_string_pretty(&moisson_workflow::schema(document).unwrap()).unwrap() + "\n";
        if std::env::var_os("MOISSON_WRITE_SCHEMAS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&kept, made).unwrap();
            continue;
        }
        assert!(
            fs::read_to_string(&kept).unwrap_or_default() == made,
            "{} is stale: run MOISSON_WRITE_SCHEMAS=1 cargo nextest run --workspace published_schemas",
            kept.display()
        );
    }
}

//! The TypeScript twin of the commands is the one that the Rust source gives.

use std::{fs, path::Path};

#[test]
fn bindings_are_fresh() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/bindings.ts");
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("bindings.ts");
    moisson_window::export_bindings(&made).unwrap();
    let made = fs::read_to_string(made).unwrap();
    if std::env::var_os("MOISSON_WRITE_BINDINGS").is_some() {
        fs::write(&kept, made).unwrap();
        return;
    }
    assert!(
        fs::read_to_string(&kept).unwrap() == made,
        "ui/src/ipc/bindings.ts is stale: run MOISSON_WRITE_BINDINGS=1 cargo nextest run --workspace bindings_are_fresh"
    );
}

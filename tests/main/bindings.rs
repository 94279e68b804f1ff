//! The TypeScript of the bridge, which is generated and kept in the repository, so that the ui builds without Rust.

use std::path::Path;

#[test]
fn the_typescript_bindings_are_those_of_the_commands() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/bindings.ts");
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    moisson_window::export_bindings(&fresh).unwrap();
    let fresh = std::fs::read_to_string(fresh).unwrap();
    if std::fs::read_to_string(&kept).unwrap_or_default() != fresh {
        std::fs::write(&kept, fresh).unwrap();
        panic!("{} was stale; it has been written anew: look at the difference and commit it", kept.display());
    }
}

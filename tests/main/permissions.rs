//! What the window may do, pinned: a line added to its policy or its capabilities is a decision, not a side effect.

use serde_json::{Value, json};
use std::{fs, path::Path};

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()).unwrap()
}

#[test]
fn the_window_may_do_no_more_than_this() {
    let security = &read("tauri.conf.json")["app"]["security"];
    let policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data: \
                  blob:; connect-src ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert_eq!(security["csp"], policy);
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], json!(["main", "projector"]));
    let listen = ["core:event:allow-listen", "core:event:allow-unlisten"];
    let main = read("src-tauri/capabilities/main.json");
    assert_eq!(main["permissions"], json!([listen[0], listen[1], "dialog:allow-open", "dialog:allow-save"]));
    assert_eq!(main["windows"], json!(["main"]));
    let projector = read("src-tauri/capabilities/projector.json");
    assert_eq!(projector["permissions"], json!(listen));
    assert_eq!(projector["windows"], json!(["projector"]));
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities")).unwrap();
    assert_eq!(files.count(), 2, "a capability that nobody reviewed");
}

//! The smallest Tauri window that shows a word: what `script/bench` starts beside Moisson, to tell what is ours of the
//! time to first paint.

fn main() {
    let context = tauri::generate_context!("tests/empty-window/tauri.conf.json");
    tauri::Builder::default().run(context).expect("a window can be opened");
}

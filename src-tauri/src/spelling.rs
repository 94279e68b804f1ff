//! The web view's own spelling checker, in the languages people write in. It underlines; nothing is ever rewritten.

use tauri::{Runtime, WebviewWindow};

/// Dictionaries asked for; those that the laptop does not have are left aside by the web view.
#[cfg(target_os = "linux")]
const DICTIONARIES: [&str; 2] = ["fr_FR", "en_GB"];

/// Switches the checker on. WebKitGTK leaves it off unless asked; elsewhere the system's own preferences decide.
#[cfg(target_os = "linux")]
pub fn switch_on<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::{WebContextExt, WebViewExt};
    let asked = window.with_webview(|webview| {
        if let Some(context) = webview.inner().context() {
            context.set_spell_checking_languages(&DICTIONARIES);
            context.set_spell_checking_enabled(true);
        }
    });
    // Without it words are only not underlined.
    asked.ok();
}

/// Elsewhere the web view follows the system.
#[cfg(not(target_os = "linux"))]
pub const fn switch_on<R: Runtime>(_window: &WebviewWindow<R>) {}

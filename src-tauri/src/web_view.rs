//! What the web view does on Linux only where it is asked to; elsewhere it follows the system.

use tauri::{Runtime, WebviewWindow};

/// Dictionaries asked for, in the languages people write in; those that the laptop does not have are left aside by the web view.
#[cfg(target_os = "linux")]
const DICTIONARIES: [&str; 2] = ["fr_FR", "en_GB"];

/// Switches the spelling checker on (it underlines; nothing is ever rewritten), has the web view keep nothing that it no longer shows
/// (its cache is made for sites that one comes back to: the pages of each preview would stay), and lets it draw by itself where there
/// is no graphics processor: a software imitation of one starts late, holds some 80 MB, and shows black windows on some virtual machines.
/// Not under a WebDriver, whose pictures wait for frames that WebKitGTK 2.50 then never tells of.
#[cfg(target_os = "linux")]
pub fn prepare<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::{CacheModel, HardwareAccelerationPolicy, SettingsExt, WebContextExt, WebViewExt};
    let asked = window.with_webview(|webview| {
        if let Some(context) = webview.inner().context() {
            context.set_spell_checking_languages(&DICTIONARIES);
            context.set_spell_checking_enabled(true);
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        let by_itself = !has_graphics_processor() && !webview.inner().is_controlled_by_automation();
        if let Some(settings) = webview.inner().settings().filter(|_| by_itself) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    // Without it words are only not underlined, and pages come later.
    asked.ok();
}

/// Whether Linux has a device that draws (a render node of its Direct Rendering Manager).
#[cfg(target_os = "linux")]
fn has_graphics_processor() -> bool {
    let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    nodes.map(|node| node.file_name()).any(|name| name.to_string_lossy().starts_with("renderD"))
}

/// Elsewhere the web view follows the system.
#[cfg(not(target_os = "linux"))]
pub const fn prepare<R: Runtime>(_window: &WebviewWindow<R>) {}

//! The web view around the page: what it does on Linux only where it is asked to, its end and its beginning anew. What is kept lies
//! in the démarche, unfinished words and the place in the web view's own storage and address: a page can begin again at any time.

use tauri::{Runtime, WebviewWindow};

/// Dictionaries asked for, in the languages people write in; those that the laptop does not have are left aside by the web view.
#[cfg(target_os = "linux")]
const DICTIONARIES: [&str; 2] = ["fr_FR", "en_GB"];

/// Switches the spelling checker on (it underlines; nothing is ever rewritten), has the web view keep nothing that it no longer shows
/// (its cache is made for sites that one comes back to: the pages of each preview would stay), and lets it draw by itself where there
/// is no graphics processor: a software imitation of one starts late, holds some 80 MB, and shows black windows on some virtual machines.
/// Not under a WebDriver, whose pictures wait for frames that WebKitGTK 2.50 then never tells of. A page that ends comes back.
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
        show_again_what_ends(&webview.inner());
    });
    // Without it words are only not underlined, and pages come later.
    asked.ok();
}

/// Has a page whose process ended (killed, out of memory, let go of) shown again where it was: else the window stays white.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "the clock enters here")]
fn show_again_what_ends(view: &webkit2gtk::WebView) {
    use std::{
        cell::Cell,
        time::{Duration, Instant},
    };
    use webkit2gtk::{WebViewExt, glib};
    // A page that ends at once each time does not keep the laptop busy.
    const SOON: Duration = Duration::from_secs(5);
    let begun = Cell::new(Instant::now());
    view.connect_web_process_terminated(move |view, _| {
        let wait = if begun.replace(Instant::now()).elapsed() < SOON { SOON } else { Duration::ZERO };
        let view = view.clone();
        glib::timeout_add_local_once(wait, move || view.reload());
    });
}

/// Begins the page anew after long typing, and lets go of the layouts of documents: all of that can be made again.
#[tauri::command(async)]
#[specta::specta]
pub fn renew_page(window: WebviewWindow) {
    moisson_workflow::forget_layouts();
    end_page(&window);
}

/// Ends the page's process, after which another one shows it: WebKit lets go of what it holds beside a page (some 4 MB for each hour of
/// typing) only with it. Not under a WebDriver, whose session would go as well.
#[cfg(target_os = "linux")]
fn end_page(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt;
    let asked = window.with_webview(|webview| {
        if !webview.inner().is_controlled_by_automation() {
            webview.inner().terminate_web_process();
        }
    });
    // A window that is closing needs no page.
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

/// Elsewhere the web view lets go by itself.
#[cfg(not(target_os = "linux"))]
const fn end_page(_window: &WebviewWindow) {}

//! The real app on a screen of its own without any driver in it, typed into as hands do: a WebDriver session keeps what it was told
//! of the page, and would be measured with it.

use super::driver::{Tree, screen, until, xdotool};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub struct Hands {
    app: Tree,
    display: String,
    file: PathBuf,
    _screen: Tree,
    home: tempfile::TempDir,
}

impl Hands {
    /// Opens a file in a home of its own, and has the keyboard go to its window.
    pub async fn on(file: &Path, flags: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (screen, display) = screen();
        let app = Tree::start(
            Command::new(env!("CARGO_BIN_EXE_moisson"))
                .args(flags)
                .arg(file)
                .env("HOME", home.path())
                // There is no session here, and none is begun for it.
                .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
                .env("DISPLAY", &display)
                .env_remove("WAYLAND_DISPLAY")
                .env("LANG", "C.UTF-8")
                // Of its own, WebKit's engine lets what scripts hold double before it collects: then two measures an hour apart tell
                // when it last did so, not what is held.
                .env("JSC_smallHeapGrowthFactor", "1.05")
                .env_remove("XDG_DATA_HOME")
                .env_remove("XDG_CONFIG_HOME")
                .env_remove("XDG_CACHE_HOME")
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let hands = Self { app, display, file: file.to_owned(), _screen: screen, home };
        until("the window is there", async || {
            !xdotool(&hands.display, &["search", "--onlyvisible", "--name", "Moisson"]).is_empty()
        })
        .await;
        hands.pause(5).await;
        // There is no window manager on this screen to give the window its keys.
        xdotool(&hands.display, &["search", "--onlyvisible", "--name", "Moisson", "windowfocus", "--sync"]);
        hands
    }

    /// What the app and its web view leave in the home of who uses it.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Types letters.
    pub fn types(&self, text: &str) {
        xdotool(&self.display, &["type", "--delay", "6", text]);
    }

    /// Presses a key, such as `ctrl+3`, and leaves the page the time to follow.
    pub async fn press(&self, key: &str) {
        xdotool(&self.display, &["key", key]);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }

    pub async fn pause(&self, seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    /// Waits until the file holds so many of a kind: what hands did was heard.
    pub async fn holds(&self, kind: &str, count: usize) {
        until(&format!("{count} of {kind} in the file"), async || {
            moisson!("info", &self.file, "--json").json()["entities"][kind].as_u64() == Some(count as u64)
        })
        .await;
    }

    /// The folders in `/proc` of the app and what it started, each with its name (15 letters of it).
    fn processes(&self) -> Vec<(PathBuf, String)> {
        let group = self.app.id().to_string();
        let of_the_group = |folder: PathBuf| {
            let stat = std::fs::read_to_string(folder.join("stat")).ok()?;
            let (name, numbers) = stat.rsplit_once(") ")?;
            let name = name.split_once('(')?.1.to_owned();
            let mut numbers = numbers.split(' ');
            // One that ended and was not buried yet is no more.
            (numbers.next()? != "Z" && numbers.nth(1)? == group).then_some((folder, name))
        };
        std::fs::read_dir("/proc").unwrap().filter_map(|entry| of_the_group(entry.ok()?.path())).collect()
    }

    /// The number of the process that shows the page.
    pub fn page(&self) -> Option<String> {
        let (folder, _) = self.processes().into_iter().find(|(_, name)| name.starts_with("WebKitWebProc"))?;
        Some(folder.file_name()?.to_string_lossy().into_owned())
    }

    /// Megabytes that the app holds with its web processes; what several share is divided among them. What can be read again from a
    /// file (programs, libraries) is not held.
    pub fn held(&self) -> f64 {
        let held = self.processes().into_iter().filter_map(|(folder, _)| {
            let rollup = std::fs::read_to_string(folder.join("smaps_rollup")).ok()?;
            let kilobytes = |name: &str| {
                rollup
                    .lines()
                    .find_map(|line| line.strip_prefix(name))?
                    .trim()
                    .trim_end_matches(" kB")
                    .parse::<f64>()
                    .ok()
            };
            Some(kilobytes("Pss_Anon:")? + kilobytes("Pss_Shmem:")?)
        });
        held.sum::<f64>() / 1000.0
    }
}

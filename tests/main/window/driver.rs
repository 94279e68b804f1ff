//! The real app on a screen of its own: Xvfb, then tauri-driver, then a WebDriver session that starts the app.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything that the window shows may take to come; a debug build on two busy cores is slow.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a condition is looked at again.
const GLANCE: Duration = Duration::from_millis(25);

/// A program and those it starts, ended together.
pub struct Tree(Child);

impl Tree {
    pub fn start(command: &mut Command) -> Self {
        let child = command.process_group(0).spawn();
        Self(child.unwrap_or_else(|e| {
            panic!("{}: {e} (script/test installs what the tests need)", command.get_program().display())
        }))
    }
}

impl Tree {
    /// The group of processes.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Its standard input and output, where they were asked for.
    pub fn pipes(&mut self) -> (ChildStdin, ChildStdout) {
        (self.0.stdin.take().unwrap(), self.0.stdout.take().unwrap())
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // The whole group: tauri-driver starts WebKitWebDriver, which starts the app.
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).status();
        let _ = self.0.wait();
    }
}

/// The app under test, its main window in front.
pub struct App {
    client: Client,
    main: WindowHandle,
    display: String,
    // Dropped in this order: the app before its screen, its folder last.
    _driver: Tree,
    _screen: Tree,
    _settings: tempfile::TempDir,
}

impl App {
    /// Starts the app on a file, and waits until the démarche is shown: keys are heard from then on.
    pub async fn open(file: &Path) -> Self {
        let app = Self::start(file).await;
        app.find("main[data-place]").await;
        app
    }

    /// Starts the app on a file, with settings of its own and a French interface.
    pub async fn start(file: &Path) -> Self {
        Self::start_on(None, file).await
    }

    /// The same on a session bus (its address), where other programs serve the app.
    pub async fn start_on(bus: Option<&str>, file: &Path) -> Self {
        let settings = tempfile::tempdir().unwrap();
        let (screen, display) = screen();
        let (port, native_port) = (free_port(), free_port());
        let mut driver = Command::new("tauri-driver");
        if let Some(bus) = bus {
            driver.env("DBUS_SESSION_BUS_ADDRESS", bus);
        }
        let driver = Tree::start(
            driver
                .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
                .env("DISPLAY", &display)
                .env_remove("WAYLAND_DISPLAY")
                .env("LANG", "C.UTF-8")
                .env("XDG_DATA_HOME", settings.path())
                .env("XDG_CONFIG_HOME", settings.path())
                .env("XDG_CACHE_HOME", settings.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        until("tauri-driver and WebKitWebDriver listen", async || {
            [port, native_port].iter().all(|&port| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok())
        })
        .await;
        let options = json!({ "application": env!("CARGO_BIN_EXE_moisson"), "args": [file] });
        let capabilities = Capabilities::from_iter([("tauri:options".to_owned(), options)]);
        let client = ClientBuilder::native()
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the app starts and its window can be driven");
        let main = client.window().await.unwrap();
        let app = Self { client, main, display, _driver: driver, _screen: screen, _settings: settings };
        app.resize(1280, 800).await;
        app
    }

    /// Ends the session, and the app with it.
    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }

    /// The first element that matches, once it is there and to be seen.
    pub async fn find(&self, css: &str) -> Element {
        until(&format!("{css} is shown"), async || match self.client.find(Locator::Css(css)).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_) => false,
        })
        .await;
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    /// Waits until the keyboard goes to an element that matches. (`:focus` would ask the window to be in front as well,
    /// and there is no window manager on this screen to bring one there.)
    pub async fn focused(&self, css: &str) {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        until(&format!("{css} has the focus"), async || {
            self.client.execute(script, vec![json!(css)]).await.is_ok_and(|focused| focused == json!(true))
        })
        .await;
    }

    /// Puts the keyboard on the first element that matches.
    pub async fn focus(&self, css: &str) {
        self.find(css).await;
        self.client.execute("document.querySelector(arguments[0]).focus()", vec![json!(css)]).await.unwrap();
        self.focused(css).await;
    }

    /// Waits until the page's visible text holds these words.
    pub async fn reads(&self, words: &str) {
        until(&format!("« {words} » can be read"), async || self.text().await.contains(words)).await;
    }

    /// Waits until a card holds these words, or another element is there.
    pub async fn told(&self, card: &str, or: &str) {
        let script = "return [...document.querySelectorAll('[data-testid=\"card\"]')].some((one) => one.innerText.includes(arguments[0])) \
                      || document.querySelector(arguments[1]) !== null";
        until(&format!("« {card} » on the board, or {or}"), async || {
            self.client.execute(script, vec![json!(card), json!(or)]).await.is_ok_and(|told| told == json!(true))
        })
        .await;
    }

    /// Everything that can be read in the window now.
    pub async fn text(&self) -> String {
        let text = self.client.execute("return document.body.innerText", vec![]).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What has been typed in a field, which `text` does not hold.
    pub async fn typed(&self, css: &str) -> String {
        self.find(css).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// The words of the first element that matches.
    pub async fn read(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }

    /// The words of every element that matches, in their order.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)";
        let texts = self.client.execute(script, vec![json!(css)]).await.unwrap();
        texts.as_array().unwrap().iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    }

    /// Chooses in a list, by value.
    pub async fn choose(&self, css: &str, value: &str) {
        self.find(css).await.select_by_value(value).await.unwrap();
    }

    /// How many elements match now.
    pub async fn count(&self, css: &str) -> usize {
        // Counted by the page: each element that is handed over, the driver keeps alive until the end.
        let script = "return document.querySelectorAll(arguments[0]).length";
        let count = self.client.execute(script, vec![json!(css)]).await.unwrap();
        usize::try_from(count.as_u64().unwrap()).unwrap()
    }

    /// Waits until as many elements match.
    pub async fn counts(&self, css: &str, wanted: usize) {
        until(&format!("{wanted} of {css}"), async || self.count(css).await == wanted).await;
    }

    /// Waits until the place shows something and nothing is still being read.
    pub async fn settled(&self) {
        let script =
            "return document.querySelector('main').innerText.trim() !== '' && !document.querySelector('.skeleton')";
        until("the place has read what it shows", async || {
            self.client.execute(script, vec![]).await.is_ok_and(|settled| settled == json!(true))
        })
        .await;
    }

    /// Types a proposal in the field that has the focus, and notes it.
    pub async fn note(&self, proposal: &str) {
        self.type_text(proposal).await;
        self.press(&[], Key::Enter.into()).await;
        self.reads(proposal).await;
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Presses one key while others are held: `press(&[CONTROL], '1')`.
    pub async fn press(&self, held: &[char], key: char) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for &value in held.iter().chain([&key]) {
            keys = keys.then(KeyAction::Down { value });
        }
        for &value in [&key].into_iter().chain(held.iter().rev()) {
            keys = keys.then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Clicks on the first element that matches.
    pub async fn click(&self, css: &str) {
        // What has only just appeared may still be moving into place.
        until(&format!("{css} can be clicked"), async || self.find(css).await.click().await.is_ok()).await;
    }

    /// Types a path into the system's own file dialog, found by how its title begins, which no WebDriver reaches; and accepts it.
    pub async fn choose_file(&self, title: &str, path: &Path) {
        let dialogs = || {
            let found = xdotool(&self.display, &["search", "--onlyvisible", "--name", title]);
            found.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        until("the file dialog opens", async || !dialogs().is_empty()).await;
        let dialog = dialogs().remove(0);
        xdotool(&self.display, &["windowfocus", "--sync", &dialog]);
        // A dialog that is still being drawn loses keys, and one that looks a path up is deaf to Enter: all of it again
        // until it goes. Ctrl+L turns to the field for paths, Ctrl+A empties it of the last try.
        until("the file dialog closes", async || {
            xdotool(&self.display, &["key", "ctrl+l", "ctrl+a"]);
            xdotool(&self.display, &["type", "--delay", "10", &path.display().to_string()]);
            tokio::time::sleep(GLANCE * 10).await;
            xdotool(&self.display, &["key", "Return"]);
            tokio::time::sleep(GLANCE * 20).await;
            dialogs().is_empty()
        })
        .await;
    }

    /// Turns to the window that is not the main one, once there is one.
    pub async fn turn_to_projector(&self) {
        until("a second window opens", async || self.client.windows().await.is_ok_and(|windows| windows.len() == 2))
            .await;
        let other = self.client.windows().await.unwrap().into_iter().find(|window| *window != self.main).unwrap();
        self.client.switch_to_window(other).await.unwrap();
    }

    /// Turns back to the main window.
    pub async fn turn_to_main(&self) {
        self.client.switch_to_window(self.main.clone()).await.unwrap();
    }

    /// Gives the window in front this size.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_rect(0, 0, width, height).await.unwrap();
        until(&format!("the window is {width}×{height}"), async || {
            let size = self.client.execute("return [innerWidth, innerHeight]", vec![]).await;
            size.is_ok_and(|size| size == json!([width, height]))
        })
        .await;
    }

    /// Keeps a picture of the window in front in `target/screenshots`, once what it shows is still.
    pub async fn picture(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.client
            .execute("document.activeElement?.style.setProperty('caret-color', 'transparent')", vec![])
            .await
            .ok();
        let mut before = self.client.screenshot().await.unwrap();
        let begun = Instant::now();
        loop {
            let now = self.client.screenshot().await.unwrap();
            if now == before || begun.elapsed() > PATIENCE / 4 {
                break;
            }
            before = now;
        }
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, before).unwrap();
        path
    }
}

/// A virtual screen on a free display, large enough for the projector.
/// What xdotool answers on a screen.
pub fn xdotool(display: &str, args: &[&str]) -> String {
    let done = Command::new("xdotool").args(args).env("DISPLAY", display).output();
    String::from_utf8(done.expect("xdotool is installed (script/test does it)").stdout).unwrap()
}

/// A screen that nobody sees, and its name.
pub fn screen() -> (Tree, String) {
    let mut screen = Tree::start(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    );
    let mut number = String::new();
    BufReader::new(screen.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    assert!(!number.is_empty(), "Xvfb did not start");
    (screen, format!(":{}", number.trim()))
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Waits until a condition holds, and says which one never did.
pub async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !condition().await {
        assert!(begun.elapsed() < PATIENCE, "after {} s, still not so: {what}", PATIENCE.as_secs());
        tokio::time::sleep(GLANCE).await;
    }
}

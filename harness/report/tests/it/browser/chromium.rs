//! Chromium without a window, spoken to over pipes: no port is opened, and none is fixed.
//!
//! Its protocol is JSON messages ended by NUL, see <https://chromedevtools.github.io/devtools-protocol/>.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long one browser may live: far more than it does, even on a loaded machine.
const LIMIT: Duration = Duration::from_secs(120);

/// Where it is; `None`, said aloud, where it is not installed.
pub fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|program| program.is_file());
    if found.is_none() {
        #[expect(clippy::print_stdout, reason = "a test that is not run says so")]
        {
            println!("skipped: chromium is not installed");
        }
    }
    found
}

/// A browser with one page; ended with its processes when dropped.
pub struct Browser {
    child: Child,
    commands: ChildStdin,
    messages: BufReader<ChildStdout>,
    session: Option<String>,
    next: u64,
    /// What happened beside the answers: (method, parameters).
    pub events: Vec<(String, Value)>,
    _profile: TempDir,
    _watchdog: Sender<()>,
}

impl Browser {
    /// Starts it.
    pub fn start(program: &Path) -> Self {
        let profile = TempDir::new().unwrap();
        // It reads commands from descriptor 3 and writes to 4. As root, and in containers, its own
        // sandbox cannot be set up; the pages are ours, and what they may do is what is tried here.
        let mut child = Command::new("sh")
            .args([
                "-c",
                r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#,
                "sh",
            ])
            .arg(program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .args([
                "--no-first-run",
                "--disable-background-networking",
                "--disable-extensions",
            ])
            .args([
                "--disable-component-update",
                "--remote-debugging-pipe",
                "--lang=en",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .env("HOME", profile.path())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (commands, messages) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (watchdog, alive) = channel();
        let group = child.id();
        std::thread::spawn(move || watch(&alive, group));
        let mut browser = Browser {
            child,
            commands,
            messages: BufReader::new(messages),
            session: None,
            next: 0,
            events: Vec::new(),
            _profile: profile,
            _watchdog: watchdog,
        };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", attach);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Network", "Runtime", "Log", "Security"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Opens a page, and waits until it and all that it asks for are loaded.
    pub fn open(&mut self, page: &Path) {
        self.events.clear();
        let url = format!("file://{}", page.display());
        self.call("Page.navigate", json!({ "url": url }));
        self.until("Page.loadEventFired");
        // Two frames later, what a page does on load has been done.
        self.call(
            "Runtime.evaluate",
            json!({
                "expression": "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))",
                "awaitPromise": true,
            }),
        );
    }

    /// The value of a JavaScript expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({
            "expression": expression,
            "returnByValue": true,
            "awaitPromise": true,
            "userGesture": true,
        });
        let answer = self.call("Runtime.evaluate", asked);
        let failed = &answer["exceptionDetails"];
        assert!(failed.is_null(), "{expression}: {failed:#}");
        answer["result"]["value"].clone()
    }

    /// Sends a command and waits for its answer.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.next += 1;
        let mut message = json!({ "id": self.next, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        let text = message.to_string() + "\0";
        self.commands.write_all(text.as_bytes()).unwrap();
        self.commands.flush().unwrap();
        loop {
            let message = self.message();
            if message["id"] == self.next {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    fn until(&mut self, method: &str) {
        while !self.events.iter().any(|(happened, _)| happened == method) {
            self.message();
        }
    }

    /// The next message; an event is kept. A browser that ended, or was ended, has none.
    fn message(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.messages.read_until(0, &mut bytes).unwrap();
        assert_eq!(bytes.pop(), Some(0), "the browser has ended");
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        if let Some(method) = message["method"].as_str() {
            self.events
                .push((method.to_owned(), message["params"].clone()));
            if method == "Page.javascriptDialogOpening" {
                let mut close = json!({ "id": 0, "method": "Page.handleJavaScriptDialog", "params": { "accept": false } });
                close["sessionId"] = self.session.clone().into();
                let text = close.to_string() + "\0";
                self.commands.write_all(text.as_bytes()).unwrap();
            }
        }
        message
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        end(self.child.id());
        let _ = self.child.wait();
    }
}

/// Ends a browser that outlives its time; ends when the browser does.
fn watch(alive: &Receiver<()>, group: u32) {
    if alive.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
        end(group);
    }
}

/// Ends the processes of the group that the browser leads.
fn end(group: u32) {
    let group = format!("-{group}");
    let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
}

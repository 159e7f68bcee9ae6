//! Whether a server at a path will answer: never "no" before an answer, and a quick "no" when there is none.
//!
//! The servers are small Python programs; without `python3` these tests say so and pass.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: a failure ends the test"
)]

use std::io::{ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_sockdiag::{Conversation, Diag, Pause, Quiet, Watch};

mod python;

const HORIZON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(20);

/// What a server settles on after `hello\n`: `None` for an answer or an end. `program` finds a listening socket `u`.
fn settle(program: &str) -> Option<Vec<Option<Quiet>>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let listen = format!(
        "u = socket.socket(socket.AF_UNIX); u.bind({:?}); u.listen(64)\n",
        path.display()
    );
    let server = python::start(&format!("{listen}{program}"))?;
    // It says so when `u` listens.
    assert!(server.address.ip().is_loopback());
    let mut watch = Watch::new(Arc::new(Diag::open().unwrap()), HORIZON);
    Some((0..10).map(|_| greet(&mut watch, &path)).collect())
}

fn greet(watch: &mut Watch, path: &Path) -> Option<Quiet> {
    let mut stream = UnixStream::connect(path).unwrap();
    stream.write_all(b"hello\n").unwrap();
    stream.set_nonblocking(true).unwrap();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let verdict = watch.check(Conversation::Unix(stream.as_fd()));
        match stream.read(&mut [0; 9]) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            _ => return None,
        }
        if matches!(verdict, Quiet::Quiet | Quiet::Unread | Quiet::Unknown) {
            return Some(verdict);
        }
        assert!(Instant::now() < deadline, "neither answer nor quiet");
        Pause::Sleep(Duration::from_micros(100)).block();
    }
}

fn check(program: &str, expected: Option<Quiet>) {
    let Some(verdicts) = settle(program) else {
        return;
    };
    assert_eq!(verdicts, vec![expected; verdicts.len()]);
}

#[test]
fn late_answers_are_awaited() {
    check(
        "ready()\nwhile True: c = u.accept()[0]; c.recv(9); spin(0.01); c.sendall(b'x'); c.close()",
        None,
    );
    check(
        r#"
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
ready()
while True:
    c = u.accept()[0]
    if os.fork() == 0:
        c.recv(9); time.sleep(0.01); c.sendall(b'x'); os._exit(0)
    c.close()
"#,
        None,
    );
}

#[test]
fn who_waits_for_more_will_not_answer() {
    check(
        "ready()\nall = []\nwhile True: c = u.accept()[0]; c.recv(9); all.append(c)",
        Some(Quiet::Quiet),
    );
    check(
        r#"
import socketserver
class Mute(socketserver.BaseRequestHandler):
    def handle(self):
        while self.request.recv(9): pass
class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer): daemon_threads = True
s = Server("unused", Mute, bind_and_activate=False); s.socket.close(); s.socket = u
ready(); s.serve_forever()
"#,
        Some(Quiet::Quiet),
    );
}

#[test]
fn who_reads_nothing_is_told_apart() {
    check(
        "c = []\nready()\nwhile True: c.append(u.accept())",
        Some(Quiet::Unread),
    );
    check("ready()\nsignal.pause()", Some(Quiet::Unread));
}

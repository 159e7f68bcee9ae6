//! Small servers in Python, for tests that need a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

/// What every server begins with: `l` listens, its address is printed, `conns()` accepts for ever.
const PRELUDE: &str = r#"
import os, select, signal, socket, struct, sys, threading, time
l = socket.socket(); l.bind(("127.0.0.1", 0)); l.listen(64)
def ready(): print("127.0.0.1:%d" % l.getsockname()[1], flush=True)
def conns():
    ready()
    while True: yield l.accept()[0]
def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end: pass
"#;

/// A server that runs until dropped.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Starts a server, or says why not.
pub fn start(program: &str) -> Option<Server> {
    let spawned = Command::new("python3")
        .args(["-c", &format!("{PRELUDE}\n{program}")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            #[expect(clippy::print_stdout, reason = "a skipped test says why")]
            {
                println!("skipped: python3 cannot be started: {error}");
            }
            return None;
        }
    };
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    stdout
        .read_line(&mut line)
        .expect("the server says where it listens");
    let address = line.trim().parse().expect("an address");
    Some(Server { child, address })
}

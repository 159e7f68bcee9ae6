//! A server that the program under test runs.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};

/// How long a server has to say where it listens: it does so at once, a busy machine may not.
const START: Duration = Duration::from_secs(30);

/// How long a server has to end when it is told to.
const STOP: Timespec = Timespec {
    tv_sec: 2,
    tv_nsec: 0,
};

/// A running server; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts a program that prints `listening on ADDRESS` as its first line.
    ///
    /// # Panics
    /// The program cannot be started, or says something else, or nothing in time.
    pub fn start(command: &mut Command) -> Self {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        // From here on a panic ends the server, too.
        let mut server = Server {
            child,
            address: String::new(),
        };
        let stdout = server.child.stdout.take().expect("stdout is a pipe");
        let (sender, receiver) = mpsc::channel();
        // The thread ends with the line, or with the server.
        thread::spawn(move || {
            let mut line = String::new();
            let _ = BufReader::new(stdout).read_line(&mut line);
            let _ = sender.send(line);
        });
        let line = receiver
            .recv_timeout(START)
            .expect("the server says in time where it listens");
        let address = line.trim_end().strip_prefix("listening on ");
        server.address = address
            .expect("the line says where the server listens")
            .to_owned();
        server
    }

    /// Where it listens: `HOST:PORT`, or a path.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Server {
    /// Ends the server as a user would, so that it can clear up; one that does not end is killed.
    fn drop(&mut self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid
            && let Ok(process) = pidfd_open(pid, PidfdFlags::empty())
            && kill_process(pid, Signal::TERM).is_ok()
        {
            let mut ended = [PollFd::new(&process, PollFlags::IN)];
            let _ = poll(&mut ended, Some(&STOP));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

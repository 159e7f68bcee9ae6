//! Servers that others wrote and that are known to be right: xinetd's own services, and socat.
//!
//! A test whose program is not installed says so and passes: `.ci/run` installs them.

#![expect(
    clippy::print_stdout,
    reason = "a test's words are shown with its result"
)]

use std::fs;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rstest::rstest;

use crate::SOCKSPEC;

/// How long a server has to open its port.
const START: Duration = Duration::from_secs(30);

/// A server started here; dropping it ends it and the programs that it started.
struct Real {
    child: Child,
    address: String,
}

impl Real {
    /// Starts a server, in a process group of its own, and waits until its port is open.
    fn start(command: &mut Command, transport: Transport, port: u16) -> Self {
        use std::os::unix::process::CommandExt;
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        let child = command.spawn().expect("the server starts");
        let real = Real {
            child,
            address: format!("127.0.0.1:{port}"),
        };
        let deadline = Instant::now() + START;
        let (_never, pause) = mpsc::channel::<()>();
        while !transport.is_open(port) {
            assert!(Instant::now() < deadline, "{command:?} does not listen");
            let _ = pause.recv_timeout(Duration::from_millis(20));
        }
        real
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        // The group holds what the server has started for its clients, and nothing else.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Transport {
    Tcp,
    Udp,
}

impl Transport {
    fn name(self) -> &'static str {
        match self {
            Transport::Tcp => "TCP",
            Transport::Udp => "UDP",
        }
    }

    /// A port that is free now.
    fn free_port(self) -> u16 {
        let address = match self {
            Transport::Tcp => TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()),
            Transport::Udp => UdpSocket::bind("127.0.0.1:0").and_then(|one| one.local_addr()),
        };
        address.expect("a port is free").port()
    }

    /// Whether somebody has the port.
    fn is_open(self, port: u16) -> bool {
        match self {
            Transport::Tcp => TcpStream::connect(("127.0.0.1", port)).is_ok(),
            Transport::Udp => UdpSocket::bind(("127.0.0.1", port)).is_err(),
        }
    }
}

/// Where a program is; `None`, said aloud, where it is not installed.
fn installed(program: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/sbin"]);
    let found = folders
        .map(|folder| Path::new(folder).join(program))
        .find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: {program} is not installed");
    }
    found
}

/// Grades, and asks that everything passed.
fn passes(exercise: &str, address: &str) {
    let graded = SOCKSPEC.grade(exercise, address, &[]);
    let why = graded.grade.not_passed();
    for status in ["fail", "blocked", "inconclusive"] {
        assert!(graded.grade.with_status(status).is_empty(), "{why}");
    }
    assert_eq!(graded.code, 0, "{why}");
}

/// Grades a server that may lose datagrams: what it answers must be right, and something must pass.
///
/// xinetd throws away what comes while it answers, so any case may miss an answer; it keeps 2048 bytes of
/// a datagram, so that of the largest only a part comes back; and its characters are 1024 at a time,
/// more than RFC 864 allows.
fn answers_rightly_or_not_at_all(exercise: &str, address: &str) {
    let graded = SOCKSPEC.grade(exercise, address, &[]);
    let why = graded.grade.not_passed();
    for case in graded
        .grade
        .cases
        .iter()
        .filter(|case| case.status == "fail")
    {
        // Twice in a row is lost what asks whether it still lives, too.
        let missed = case.diagnosis.as_ref().is_some_and(|why| {
            let lost = ["did not answer", "no longer served"];
            lost.iter().any(|words| why.message.contains(words))
        });
        let known = case.id == "large" || (exercise, &case.id[..]) == ("chargen-udp", "sizes");
        assert!(missed || known, "{why}");
        println!(
            "{exercise} {}: a datagram was lost, or was too large",
            case.id
        );
    }
    let passed =
        graded.grade.with_status("pass").len() + graded.grade.with_status("non-strict").len();
    assert!(passed > 0, "{why}");
}

#[rstest]
#[case::echo_tcp("echo-tcp", "echo", Transport::Tcp)]
#[case::echo_udp("echo-udp", "echo", Transport::Udp)]
#[case::daytime_tcp("daytime-tcp", "daytime", Transport::Tcp)]
#[case::daytime_udp("daytime-udp", "daytime", Transport::Udp)]
#[case::time_tcp("time-tcp", "time", Transport::Tcp)]
#[case::time_udp("time-udp", "time", Transport::Udp)]
#[case::discard_tcp("discard-tcp", "discard", Transport::Tcp)]
#[case::discard_udp("discard-udp", "discard", Transport::Udp)]
#[case::chargen_tcp("chargen-tcp", "chargen", Transport::Tcp)]
#[case::chargen_udp("chargen-udp", "chargen", Transport::Udp)]
fn xinetd(#[case] exercise: &str, #[case] service: &str, #[case] transport: Transport) {
    let Some(program) = installed("xinetd") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let port = transport.free_port();
    let (name, socket, wait) = match transport {
        Transport::Tcp => ("tcp", "stream", "no"),
        Transport::Udp => ("udp", "dgram", "yes"),
    };
    let configuration = format!(
        "defaults\n{{\n instances = 50\n cps = 10000 1\n}}\nservice {service}\n{{\n \
         type = INTERNAL UNLISTED\n id = {service}-{name}\n socket_type = {socket}\n protocol = {name}\n \
         user = root\n wait = {wait}\n port = {port}\n bind = 127.0.0.1\n disable = no\n}}\n"
    );
    let file = folder.path().join("xinetd.conf");
    fs::write(&file, configuration).expect("it is written");
    let mut command = Command::new(program);
    command
        .args(["-dontfork", "-f"])
        .arg(&file)
        .arg("-pidfile")
        .arg(folder.path().join("pid"));
    let server = Real::start(&mut command, transport, port);
    match transport {
        Transport::Tcp => passes(exercise, &server.address),
        Transport::Udp => answers_rightly_or_not_at_all(exercise, &server.address),
    }
}

#[rstest]
#[case::echo_tcp("echo-tcp", Transport::Tcp, "EXEC:cat")]
#[case::upper_tcp("upper-tcp", Transport::Tcp, "SYSTEM:stdbuf -o0 tr a-z A-Z")]
#[case::echo_udp("echo-udp", Transport::Udp, "EXEC:cat")]
fn socat(#[case] exercise: &str, #[case] transport: Transport, #[case] does: &str) {
    let Some(program) = installed("socat") else {
        return;
    };
    let port = transport.free_port();
    let listen = match transport {
        Transport::Tcp => format!("TCP-LISTEN:{port},bind=127.0.0.1,fork,reuseaddr,backlog=64"),
        Transport::Udp => format!("UDP-RECVFROM:{port},bind=127.0.0.1,fork"),
    };
    let mut command = Command::new(program);
    command.args(["-t", "5", "-b", "65536", &listen, does]);
    let server = Real::start(&mut command, transport, port);
    println!(
        "socat serves {} on {} over {}",
        exercise,
        server.address,
        transport.name()
    );
    match transport {
        Transport::Tcp => passes(exercise, &server.address),
        // socat 1.7 waits for ever for its child when two datagrams come in quick succession.
        Transport::Udp => answers_rightly_or_not_at_all(exercise, &server.address),
    }
}

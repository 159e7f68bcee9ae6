//! `sockspec record`: what real clients and servers say to each other becomes a spec that grades both.
//!
//! A test whose programs are not installed says so and passes.

#![expect(
    clippy::print_stdout,
    reason = "a test's words are shown with its result"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::SOCKSPEC;

/// How long anything may take: far more than it does.
const LIMIT: Duration = Duration::from_secs(60);

/// A recording under way; ended when dropped.
struct Recording {
    child: Child,
    messages: BufReader<std::process::ChildStderr>,
    address: String,
    folder: TempDir,
}

impl Recording {
    fn start(to: &str, more: &[&str]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut command = Command::new(SOCKSPEC.program());
        command.args(["record", "--lang", "en", "--to", to, "--out"]);
        command.arg(folder.path().join("heard.toml")).args(more);
        let piped = command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("it starts");
        let mut messages = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut line = String::new();
        messages.read_line(&mut line).expect("it says something");
        let words = line.split("connect to ").nth(1);
        let address = words.and_then(|rest| rest.split(';').next());
        let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        Recording {
            child,
            messages,
            address,
            folder,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("heard.toml")
    }

    /// As Ctrl-C in a terminal.
    fn interrupt(&self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("it has an id"), Signal::INT).expect("it runs");
    }

    /// Waits for its end; gives back the exit code, what it said and the spec.
    fn end(mut self) -> (Option<i32>, String, String, TempDir) {
        let mut said = String::new();
        self.messages.read_to_string(&mut said).expect("it is text");
        let code = self.child.wait().expect("it ends").code();
        let spec = fs::read_to_string(self.path()).unwrap_or_default();
        let folder = std::mem::replace(&mut self.folder, TempDir::new().expect("a folder"));
        (code, said, spec, folder)
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn tcp(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    stream
}

/// Says all of it, ends, and hears all of the answer.
fn session(address: &str, said: &[u8]) -> Vec<u8> {
    let mut stream = tcp(address);
    stream.write_all(said).expect("it is sent");
    stream.shutdown(Shutdown::Write).expect("it is ended");
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).expect("it is heard");
    heard
}

/// Checks the spec, and grades this server and this client by it: the exit codes.
fn grades(folder: &TempDir, server: &str, client: Option<&str>) -> (Option<i32>, Option<i32>) {
    let spec = folder.path().join("heard.toml").display().to_string();
    let checked = SOCKSPEC.run(&["check", &spec]);
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    let graded = SOCKSPEC.run(&["grade", &spec, server, "--lang", "en"]);
    let client = client.map(|client| {
        let graded = SOCKSPEC.run(&["grade", &spec, "--client", client, "--lang", "en"]);
        let said = String::from_utf8_lossy(&graded.stdout).into_owned();
        println!("{said}");
        graded.status.code()
    });
    println!("{}", String::from_utf8_lossy(&graded.stdout));
    (graded.status.code(), client.flatten())
}

#[test]
fn a_session_grades_the_server_and_the_client() {
    let server = SOCKSPEC.serve("kv", None, &[]);
    let recording = Recording::start(server.address(), &["--sessions", "2"]);
    let heard = session(&recording.address, b"mi\nzut\n");
    assert_eq!(heard, b"OK lion\nERR unknown key\n");
    session(&recording.address, b"mi\nzut\n");
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("heard.toml` is right"), "{said}");
    let dialogue = "C: mi\nC: zut\nC! fin\nS: OK lion\nS: ERR unknown key\nS! close\n";
    assert!(text.contains(dialogue), "{text}");
    // The second session said nothing new.
    assert!(!text.contains("session-2"), "{text}");
    let client = format!(
        "{} connect kv {{host}}:{{port}}",
        SOCKSPEC.program().display()
    );
    let right = grades(&folder, server.address(), Some(&client));
    assert_eq!(right, (Some(0), Some(0)));
    let wrong = SOCKSPEC.serve("kv", Some("wrong-value"), &[]);
    assert_eq!(
        grades(&folder, wrong.address(), Some("true {port}")),
        (Some(1), Some(1))
    );
}

#[test]
fn clients_at_the_same_time_are_one_dialogue() {
    let server = SOCKSPEC.serve("kv", None, &[]);
    let recording = Recording::start(server.address(), &["--sessions", "2"]);
    let mut streams = [tcp(&recording.address), tcp(&recording.address)];
    for (stream, key) in streams.iter_mut().zip(["fa\n", "mi\n"]) {
        stream.write_all(key.as_bytes()).expect("it is sent");
        let mut answer = [0; 64];
        assert!(stream.read(&mut answer).expect("it is heard") > 0);
    }
    drop(streams);
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(text.contains("C2: mi\nS2: OK lion\n"), "{text}");
    assert!(text.contains("serving = \"parallel\""), "{text}");
    assert_eq!(grades(&folder, server.address(), None).0, Some(0));
}

#[test]
fn datagrams_are_recorded_until_ctrl_c() {
    let server = SOCKSPEC.serve("echo-udp", None, &[]);
    let recording = Recording::start(server.address(), &["--transport", "udp"]);
    for said in [&b"un"[..], b"\x00\xff", b""] {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port is free");
        socket.set_read_timeout(Some(LIMIT)).expect("a limit");
        socket
            .send_to(said, &recording.address)
            .expect("it is sent");
        let mut answer = [0; 64];
        let (length, _) = socket.recv_from(&mut answer).expect("it is answered");
        assert_eq!(&answer[..length], said);
    }
    recording.interrupt();
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        text.contains("framing = \"datagram\"") && text.contains("C> un\nS> un\n"),
        "{text}"
    );
    let client = format!(
        "{} connect echo-udp {{host}}:{{port}}",
        SOCKSPEC.program().display()
    );
    assert_eq!(
        grades(&folder, server.address(), Some(&client)),
        (Some(0), Some(0))
    );
}

#[test]
fn a_session_over_a_path_is_recorded() {
    let folder = TempDir::new().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (served, listened) = (place("server"), place("recorder"));
    let mut command = Command::new(SOCKSPEC.program());
    command.args(["serve", "unix-successor", "--path", &served]);
    let server = sockspec_tests::Server::start(&mut command);
    let more = [
        "--transport",
        "unix",
        "--listen",
        &listened,
        "--sessions",
        "1",
    ];
    let recording = Recording::start(server.address(), &more);
    let mut stream = UnixStream::connect(&listened).expect("it listens");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    stream.write_all(b"A").expect("it is sent");
    let mut answer = [0; 1];
    stream.read_exact(&mut answer).expect("it is answered");
    assert_eq!(&answer, b"B");
    drop(stream);
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(text.contains("C> A\nS> B\n"), "{text}");
    assert!(
        !fs::exists(&listened).expect("the folder is there"),
        "the path stays"
    );
    assert_eq!(grades(&folder, server.address(), None).0, Some(0));
}

/// A server that answers each client with these bytes and ends.
fn answering(answer: &'static [u8], clients: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(clients) {
            let mut stream = stream.expect("a client");
            let _ = stream.write_all(answer);
            let _ = stream.shutdown(Shutdown::Write);
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    address
}

#[test]
fn bytes_that_steer_a_terminal_are_escaped() {
    let server = answering(b"\x1b[2J\xff'''\\ {x} \xe2\x80\xae|\r\n\0half", 1);
    let recording = Recording::start(&server, &["--sessions", "1"]);
    session(&recording.address, b"'''\x07\n");
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        !text.contains(|c: char| c.is_control() && c != '\n'),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'), "{text:?}");
    let spec = folder.path().join("heard.toml").display().to_string();
    let checked = SOCKSPEC.run(&["check", &spec]);
    assert_eq!(checked.status.code(), Some(0), "{checked:?}\n{text}");
}

#[test]
fn a_flood_is_handed_on_whole_and_recorded_in_part() {
    static FLOOD: [u8; 8 << 20] = [b'x'; 8 << 20];
    let server = answering(&FLOOD, 1);
    let recording = Recording::start(&server, &["--sessions", "1"]);
    assert_eq!(session(&recording.address, b"go\n").len(), FLOOD.len());
    let (code, said, text, _folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("more was said than a recording keeps"),
        "{said}"
    );
    assert!(text.len() < 2 << 20, "{}", text.len());
}

#[rstest]
#[case::no_server("127.0.0.1:1", "127.0.0.1:0", 3, "nothing was said")]
#[case::no_port("127.0.0.1", "127.0.0.1:0", 2, "has no port")]
#[case::no_place("127.0.0.1:1", "nowhere", 2, "nobody can connect at `nowhere`")]
fn what_cannot_be_recorded_is_told(
    #[case] to: &str,
    #[case] listen: &str,
    #[case] code: i32,
    #[case] said: &str,
) {
    // Nobody is asked: no client comes.
    let arguments = [
        "record",
        "--to",
        to,
        "--listen",
        listen,
        "--seconds",
        "1",
        "--lang",
        "en",
    ];
    let done = SOCKSPEC.run(&arguments);
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(
        (done.status.code(), &done.stdout[..]),
        (Some(code), &b""[..]),
        "{words}"
    );
    assert!(words.contains(said), "{words}");
}

/// Whether a program is there.
fn installed(program: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .output();
    let found = found.expect("there is a shell").status.success();
    if !found {
        println!("skipped: {program} is not installed");
    }
    found
}

#[test]
fn what_nc_says_to_the_reference_is_recorded() {
    if !installed("nc") {
        return;
    }
    let server = SOCKSPEC.serve("text-commands", None, &[]);
    let recording = Recording::start(server.address(), &["--sessions", "1"]);
    let (host, port) = recording.address.split_once(':').expect("HOST:PORT");
    let script = format!("printf 'UPPER été\\nPING\\n' | nc -N {host} {port}");
    let done = Command::new("sh").args(["-c", &script]).output();
    assert!(done.expect("there is a shell").status.success());
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        text.contains("C: UPPER été\n") && text.contains("S: ÉTÉ\n"),
        "{text}"
    );
    assert_eq!(grades(&folder, server.address(), None).0, Some(0));
}

#[test]
fn what_curl_says_to_python_is_recorded_and_played_again() {
    if !installed("curl") || !installed("python3") {
        return;
    }
    let site = TempDir::new().expect("a folder");
    fs::write(site.path().join("page.txt"), "bonjour\n").expect("it is written");
    let server = "import functools, http.server as h\n\
        handler = functools.partial(h.SimpleHTTPRequestHandler, directory='.')\n\
        server = h.ThreadingHTTPServer(('127.0.0.1', 0), handler)\n\
        print('listening on 127.0.0.1:%d' % server.server_port, flush=True)\n\
        server.serve_forever()";
    let mut command = Command::new("python3");
    command.args(["-c", server]).current_dir(site.path());
    let server = sockspec_tests::Server::start(&mut command);
    let recording = Recording::start(server.address(), &["--sessions", "2"]);
    for page in ["page.txt", "none"] {
        let url = format!("http://{}/{page}", recording.address);
        let done = Command::new("curl")
            .args(["-s", "--noproxy", "*", &url])
            .output();
        assert!(done.expect("it runs").status.success());
    }
    let (code, said, text, folder) = recording.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        text.contains("S~ Date: {timestamp}\n") && text.contains("S: bonjour\n"),
        "{text}"
    );
    assert_eq!(grades(&folder, server.address(), None).0, Some(0));
    // What another page says is told.
    fs::write(site.path().join("page.txt"), "bonsoir\n").expect("it is written");
    assert_eq!(grades(&folder, server.address(), None).0, Some(1));
}

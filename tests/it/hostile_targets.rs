//! Targets that no student would write on purpose: a grade ends in time, and nothing steers the terminal.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rstest::rstest;
use socket2::{Domain, SockRef, Socket, Type};

use crate::SOCKSPEC;

/// How long a grading of a hostile target may take. The harness's limits, scaled, come to less.
const BOUND: Duration = Duration::from_secs(60);
/// The time limits are multiplied by this: what is asked here does not depend on how long they are.
const TIME_SCALE: &str = "0.25";
/// Most connections that a hostile target serves: then it only accepts.
const MOST_CONNECTIONS: usize = 2000;
/// Most bytes that one connection is flooded with.
const FLOOD: usize = 64 << 20;

/// Tells the threads of a target that the test is over.
#[derive(Clone, Default)]
struct Over(Arc<(Mutex<bool>, Condvar)>);

impl Over {
    /// Waits until the test is over, at most so long; returns whether it is.
    fn within(&self, time: Duration) -> bool {
        let (over, changed) = &*self.0;
        let over = over.lock().expect("no thread panicked");
        let (over, _) = changed
            .wait_timeout_while(over, time, |over| !*over)
            .expect("no thread panicked");
        *over
    }

    fn tell(&self) {
        let (over, changed) = &*self.0;
        *over.lock().expect("no thread panicked") = true;
        changed.notify_all();
    }
}

/// A target in this process; dropping it ends its threads.
struct Hostile {
    address: SocketAddr,
    over: Over,
    wake: Box<dyn Fn() + Send>,
    acceptor: Option<JoinHandle<()>>,
}

impl Hostile {
    /// Serves each connection with `serve`, on a thread of its own.
    fn tcp(serve: fn(TcpStream, &Over)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let over = Over::default();
        let told = over.clone();
        let acceptor = thread::spawn(move || {
            let mut served = Vec::new();
            for stream in listener.incoming() {
                if told.within(Duration::ZERO) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                if served.len() < MOST_CONNECTIONS {
                    let told = told.clone();
                    served.push(thread::spawn(move || serve(stream, &told)));
                }
                served.retain(|thread| !thread.is_finished());
            }
        });
        let wake = Box::new(move || drop(TcpStream::connect(address)));
        Hostile {
            address,
            over,
            wake,
            acceptor: Some(acceptor),
        }
    }

    /// Answers each datagram with what `answer` makes of it.
    fn udp(answer: fn(&[u8], SocketAddr, &UdpSocket)) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port is free");
        let address = socket.local_addr().expect("it is bound");
        let over = Over::default();
        let told = over.clone();
        let acceptor = thread::spawn(move || {
            let mut datagram = [0; 65_536];
            while let Ok((length, from)) = socket.recv_from(&mut datagram) {
                if told.within(Duration::ZERO) {
                    break;
                }
                answer(&datagram[..length], from, &socket);
            }
        });
        let wake = Box::new(move || {
            let waker = UdpSocket::bind("127.0.0.1:0").and_then(|one| one.send_to(b"", address));
            drop(waker);
        });
        Hostile {
            address,
            over,
            wake,
            acceptor: Some(acceptor),
        }
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.over.tell();
        (self.wake)();
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn floods(mut stream: TcpStream, over: &Over) {
    let lines = b"flood\n".repeat(4096);
    let mut sent = 0;
    let _ = stream.set_write_timeout(Some(Duration::from_millis(200)));
    while sent < FLOOD && !over.within(Duration::ZERO) {
        match stream.write(&lines) {
            Ok(more) => sent += more,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}

fn never_answers(stream: TcpStream, over: &Over) {
    over.within(BOUND);
    drop(stream);
}

fn closes_at_once(stream: TcpStream, _: &Over) {
    drop(stream);
}

fn resets_at_once(stream: TcpStream, _: &Over) {
    let _ = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
}

fn closes_after_one_byte(mut stream: TcpStream, _: &Over) {
    let _ = stream.read(&mut [0; 1]);
    let _ = stream.write_all(b"O");
}

/// One byte a second: each wait of the harness sees that something comes, and none sees an answer.
fn dribbles(mut stream: TcpStream, over: &Over) {
    while !over.within(Duration::from_secs(1)) {
        if stream.write_all(b".").is_err() {
            return;
        }
    }
}

/// What would clear a terminal, set its title, ring, turn the direction of writing.
const STEERING: &str = "\x1b[2J\x1b]0;owned\x07\x1b[31mOK\u{202e}\u{9b}1m\x08\x7f\0 \r\n";

fn steers(mut stream: TcpStream, over: &Over) {
    let mut request = [0; 4096];
    let _ = stream.set_read_timeout(Some(Duration::from_millis(500)));
    while !over.within(Duration::ZERO) {
        match stream.read(&mut request) {
            Ok(0) => return,
            Ok(length) => {
                // What came goes back among the rest: names of requests reach reports, too.
                let _ = stream.write_all(&request[..length.min(64)]);
                if stream.write_all(STEERING.as_bytes()).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}

/// Grades a target; returns the exit code and all that was written.
fn grade(exercise: &str, address: &str, options: &[&str]) -> (Option<i32>, Vec<u8>) {
    let start = Instant::now();
    let mut command = SOCKSPEC.command();
    command.timeout(BOUND + Duration::from_secs(30));
    command
        .args(["grade", exercise, address, "--time-scale", TIME_SCALE])
        .args(options);
    let output = command.output().expect("it runs");
    let took = start.elapsed();
    assert!(took < BOUND, "it took {took:?}");
    (
        output.status.code(),
        [output.stdout, output.stderr].concat(),
    )
}

/// Control characters other than the line feed, in UTF-8 text.
fn control_characters(written: &[u8]) -> Vec<char> {
    let text = String::from_utf8(written.to_vec()).expect("what is written is UTF-8");
    let steering = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(steering).collect()
}

#[rstest]
#[case::floods(floods)]
#[case::never_answers(never_answers)]
#[case::closes_at_once(closes_at_once)]
#[case::resets_at_once(resets_at_once)]
#[case::closes_after_one_byte(closes_after_one_byte)]
#[case::dribbles(dribbles)]
#[case::steers(steers)]
fn a_grade_ends_and_nothing_steers_the_terminal(
    #[case] serve: fn(TcpStream, &Over),
    #[values("kv", "echo-tcp", "mystery-number", "daytime-tcp")] exercise: &str,
) {
    let target = Hostile::tcp(serve);
    let options = ["-v", "--effort", "quick", "--lang", "en"];
    let (code, written) = grade(exercise, &target.address.to_string(), &options);
    assert!(
        matches!(code, Some(1 | 3)),
        "{code:?}: {}",
        String::from_utf8_lossy(&written)
    );
    assert_eq!(control_characters(&written), []);
}

#[rstest]
#[case("terminal")]
#[case("json")]
#[case("junit")]
#[case("markdown")]
#[case("tap")]
#[case("github")]
#[case("csv")]
#[case("gradescope")]
#[case("vpl")]
fn no_format_lets_control_characters_through(#[case] format: &str) {
    let target = Hostile::tcp(steers);
    let options = ["--effort", "quick", "--level", "2", "--format", format];
    let (code, written) = grade("kv", &target.address.to_string(), &options);
    assert!(matches!(code, Some(1 | 3)), "{code:?}");
    let escapes: Vec<char> = control_characters(&written);
    // CSV lines end with CR LF.
    assert!(
        escapes.iter().all(|c| format == "csv" && *c == '\r'),
        "{escapes:?}"
    );
}

/// A backlog that is full and a program that never accepts: connections are not made at all.
#[test]
fn a_target_that_never_accepts() {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    socket.bind(&any.into()).expect("a port is free");
    socket.listen(0).expect("it listens");
    let address = socket
        .local_addr()
        .expect("it is bound")
        .as_socket()
        .expect("it is IPv4");
    let _fills_the_backlog = TcpStream::connect(address).expect("the backlog takes one");
    let (code, written) = grade("kv", &address.to_string(), &["--lang", "en"]);
    assert!(
        matches!(code, Some(1 | 3)),
        "{code:?}: {}",
        String::from_utf8_lossy(&written)
    );
    assert_eq!(control_characters(&written), []);
}

/// The same with room in the backlog: the kernel connects, and nobody ever serves.
#[test]
fn a_target_that_never_accepts_though_the_kernel_does() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let (code, written) = grade("kv", &address.to_string(), &["--lang", "en"]);
    assert!(
        matches!(code, Some(1 | 3)),
        "{code:?}: {}",
        String::from_utf8_lossy(&written)
    );
}

#[rstest]
#[case::many_answers(|datagram: &[u8], from: SocketAddr, socket: &UdpSocket| {
    for _ in 0..200 {
        let _ = socket.send_to(datagram, from);
    }
})]
#[case::never_answers(|_: &[u8], _: SocketAddr, _: &UdpSocket| {})]
#[case::steers(|_: &[u8], from: SocketAddr, socket: &UdpSocket| {
    let _ = socket.send_to(STEERING.as_bytes(), from);
})]
#[case::huge(|_: &[u8], from: SocketAddr, socket: &UdpSocket| {
    let _ = socket.send_to(&[b'x'; 65_507], from);
})]
fn a_hostile_datagram_target(
    #[case] answer: fn(&[u8], SocketAddr, &UdpSocket),
    #[values("echo-udp", "daytime-udp")] exercise: &str,
) {
    let target = Hostile::udp(answer);
    let (code, written) = grade(
        exercise,
        &target.address.to_string(),
        &["-v", "--lang", "fr"],
    );
    assert!(
        matches!(code, Some(1 | 3)),
        "{code:?}: {}",
        String::from_utf8_lossy(&written)
    );
    assert_eq!(control_characters(&written), []);
}

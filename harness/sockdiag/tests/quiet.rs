//! Whether a server will answer: never "no" before an answer, and a quick "no" when there is none.
//!
//! The servers are small Python programs; without `python3` these tests say so and pass.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: a failure ends the test"
)]

use std::io::{ErrorKind, Write};
use std::net::{TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_sockdiag::{
    Backoff, Conversation, Diag, Pause, Process, Progress, Quiet, ReadBarrier, Watch,
};

mod python;

use python::{Server, start};

const HORIZON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection with its barrier, on which `hello\n` was sent.
fn greet(server: &Server) -> (TcpStream, ReadBarrier) {
    let mut stream = TcpStream::connect(server.address).unwrap();
    let diag = Arc::new(Diag::open().unwrap());
    let mut barrier = ReadBarrier::new(diag, stream.local_addr().unwrap(), server.address);
    stream.write_all(b"hello\n").unwrap();
    barrier.sent(6);
    stream.set_nonblocking(true).unwrap();
    (stream, barrier)
}

/// Whether our own queue is empty.
fn is_empty(stream: &TcpStream) -> bool {
    matches!(stream.peek(&mut [0; 1]), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

/// What the server settles on: `None` for an answer.
fn settle(watch: &mut Watch, stream: &TcpStream, barrier: &mut ReadBarrier) -> Option<Quiet> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let verdict = watch.check(Conversation::Tcp(barrier));
        if !is_empty(stream) {
            return None;
        }
        if matches!(verdict, Quiet::Quiet | Quiet::Unread | Quiet::Unknown) {
            return Some(verdict);
        }
        assert!(
            Instant::now() < deadline,
            "neither answer nor quiet: {verdict:?}"
        );
        Pause::Sleep(Duration::from_micros(100)).block();
    }
}

fn watch_of(server: &Server) -> Watch {
    let diag = Arc::new(Diag::open().unwrap());
    Watch::of_process(diag, server.child.id(), HORIZON)
}

/// The server answers every greeting, late: it must never be called quiet.
fn check_answers(program: &str) {
    let Some(server) = start(program) else { return };
    let mut watch = watch_of(&server);
    for round in 0..20 {
        let (stream, mut barrier) = greet(&server);
        let verdict = settle(&mut watch, &stream, &mut barrier);
        assert_eq!(verdict, None, "round {round}: an answer was under way");
    }
}

/// The server never answers: it must be called quiet.
fn check_quiet(program: &str, expected: Quiet) {
    let Some(server) = start(program) else { return };
    let diag = Arc::new(Diag::open().unwrap());
    for mut watch in [watch_of(&server), Watch::new(diag, HORIZON)] {
        for _ in 0..10 {
            let (stream, mut barrier) = greet(&server);
            let verdict = settle(&mut watch, &stream, &mut barrier);
            assert_eq!(verdict, Some(expected));
        }
    }
}

mod never_quiet_before_the_answer {
    use super::*;

    #[test]
    fn of_a_server_that_sleeps_first() {
        check_answers("for c in conns(): c.recv(99); time.sleep(0.02); c.sendall(b'x')");
    }

    #[test]
    fn of_a_server_that_computes_first() {
        check_answers("for c in conns(): c.recv(99); spin(0.03); c.sendall(b'x')");
    }

    #[test]
    fn of_a_thread_pool() {
        check_answers(
            r#"
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(4)
def work(c): spin(0.005); c.sendall(b'x')
for c in conns(): c.recv(99); pool.submit(work, c)
"#,
        );
    }

    #[test]
    fn of_a_chain_of_threads_that_hand_over() {
        check_answers(
            r#"
import queue
queues = [queue.SimpleQueue() for _ in range(9)]
def link(i):
    while True:
        c = queues[i].get()
        if i == 8: c.sendall(b'x')
        else: queues[i + 1].put(c)
for i in range(9): threading.Thread(target=link, args=(i,), daemon=True).start()
for c in conns(): c.recv(99); queues[0].put(c)
"#,
        );
    }

    #[test]
    fn of_a_child_that_was_forked() {
        check_answers(
            r#"
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for c in conns():
    if os.fork() == 0:
        c.recv(99); time.sleep(0.01); c.sendall(b'x'); os._exit(0)
    c.close()
"#,
        );
    }

    #[test]
    fn of_a_server_that_asks_another_program() {
        check_answers(
            r#"
import subprocess
for c in conns(): c.recv(99); subprocess.run(["sleep", "0.01"]); c.sendall(b'x')
"#,
        );
    }

    #[test]
    fn of_a_receive_with_a_time_limit_of_the_socket() {
        check_answers(
            r#"
for c in conns():
    c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 30000))
    try:
        while True: c.recv(99)
    except BlockingIOError: c.sendall(b'x')
"#,
        );
    }

    #[test]
    fn of_a_receive_with_a_time_limit_of_the_program() {
        check_answers(
            r#"
for c in conns():
    c.settimeout(0.03)
    try:
        while True: c.recv(99)
    except TimeoutError: c.sendall(b'x')
"#,
        );
    }

    #[test]
    fn of_an_alarm_clock() {
        check_answers(
            r#"
now = None
signal.signal(signal.SIGALRM, lambda *_: now.sendall(b'x'))
for c in conns(): c.recv(99); now = c; signal.setitimer(signal.ITIMER_REAL, 0.02)
"#,
        );
    }

    #[test]
    fn of_a_thread_that_works_off_a_list_from_time_to_time() {
        check_answers(
            r#"
todo = []
def work():
    while True:
        time.sleep(0.05)
        while todo: todo.pop().sendall(b'x')
threading.Thread(target=work, daemon=True).start()
for c in conns(): c.recv(99); todo.append(c)
"#,
        );
    }

    #[test]
    fn of_an_event_loop_with_a_timer() {
        check_answers(
            r#"
import asyncio
async def serve(r, w):
    await r.readline(); await asyncio.sleep(0.02); w.write(b'x'); await w.drain()
async def main():
    s = await asyncio.start_server(serve, sock=l); ready(); await s.serve_forever()
asyncio.run(main())
"#,
        );
    }
}

mod quiet {
    use super::*;

    #[test]
    fn is_a_server_that_only_reads() {
        check_quiet(
            r#"
def serve(c):
    while c.recv(99): pass
for c in conns(): threading.Thread(target=serve, args=(c,), daemon=True).start()
"#,
            Quiet::Quiet,
        );
    }

    #[test]
    fn is_an_event_loop_without_timers() {
        check_quiet(
            r#"
import asyncio
async def serve(r, w):
    while await r.readline(): pass
async def main():
    s = await asyncio.start_server(serve, sock=l); ready(); await s.serve_forever()
asyncio.run(main())
"#,
            Quiet::Quiet,
        );
    }

    #[test]
    fn is_the_socketserver_of_python_although_it_wakes_now_and_then() {
        check_quiet(
            r#"
import socketserver
class H(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: pass
s = socketserver.ThreadingTCPServer(("127.0.0.1", 0), H); l = s.socket; s.daemon_threads = True
ready(); s.serve_forever()
"#,
            Quiet::Quiet,
        );
    }

    #[test]
    fn is_a_forking_server() {
        check_quiet(
            r#"
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for c in conns():
    if os.fork() == 0:
        while c.recv(99): pass
        os._exit(0)
    c.close()
"#,
            Quiet::Quiet,
        );
    }

    #[test]
    fn is_a_timeout_beyond_the_horizon() {
        check_quiet(
            r#"
def serve(c):
    c.settimeout(600)
    while c.recv(99): pass
for c in conns(): threading.Thread(target=serve, args=(c,), daemon=True).start()
"#,
            Quiet::Quiet,
        );
    }

    #[test]
    fn and_deaf_is_a_server_that_serves_one_client_at_a_time() {
        check_quiet(
            r#"
for c in conns(): threading.Event().wait()
"#,
            Quiet::Unread,
        );
    }
}

#[test]
fn a_stopped_server_is_not_quiet() {
    let Some(server) = start("for c in conns(): c.recv(99); c.recv(99)") else {
        return;
    };
    let mut watch = watch_of(&server);
    let (stream, mut barrier) = greet(&server);
    assert_eq!(
        settle(&mut watch, &stream, &mut barrier),
        Some(Quiet::Quiet)
    );
    let pid = server.child.id();
    // SAFETY: no pointer; the child is ours and not waited for yet.
    let stopped = unsafe { libc::kill(pid as i32, libc::SIGSTOP) };
    assert_eq!(stopped, 0);
    let process = Process { pid };
    let deadline = Instant::now() + PATIENCE;
    while process.threads().unwrap()[0].state != 'T' {
        assert!(Instant::now() < deadline, "never stopped");
        Pause::Yield.block();
    }
    assert_eq!(watch.check(Conversation::Tcp(&mut barrier)), Quiet::Busy);
}

#[test]
fn a_udp_server_is_quiet_when_it_has_read_and_sleeps() {
    let Some(server) = start(
        r#"
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0)); l = s; ready()
while True:
    data, client = s.recvfrom(99)
    if data == b"slow": time.sleep(0.02); s.sendto(b"x", client)
"#,
    ) else {
        return;
    };
    let diag = Arc::new(Diag::open().unwrap());
    for mut watch in [watch_of(&server), Watch::new(diag, HORIZON)] {
        let client = UdpSocket::bind("127.0.0.1:0").unwrap();
        client.connect(server.address).unwrap();
        client.set_nonblocking(true).unwrap();
        for (request, answered) in [("mute", false), ("slow", true), ("mute", false)] {
            client.send(request.as_bytes()).unwrap();
            let mut backoff = Backoff::new();
            let mut verdict = Quiet::Busy;
            let mut answer = false;
            while !answer && verdict != Quiet::Quiet {
                verdict = watch.check(Conversation::Udp {
                    ours: client.local_addr().unwrap(),
                    theirs: server.address,
                });
                answer = client.recv(&mut [0; 9]).is_ok();
                backoff.next_pause().block();
            }
            assert_eq!(answer, answered, "{request}");
        }
    }
}

#[test]
fn a_connection_that_is_gone_is_quiet() {
    let Some(server) = start("for c in conns(): c.recv(99); c.close()") else {
        return;
    };
    let mut watch = watch_of(&server);
    let (stream, mut barrier) = greet(&server);
    let deadline = Instant::now() + PATIENCE;
    while barrier.poll() != Progress::Gone {
        assert!(Instant::now() < deadline, "never closed");
        Pause::Yield.block();
    }
    assert_eq!(watch.check(Conversation::Tcp(&mut barrier)), Quiet::Quiet);
    drop(stream);
}

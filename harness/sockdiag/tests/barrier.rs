//! The read barrier: every segment sent behind it comes out of a `recv` of its own.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: a failure ends the test"
)]

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use sockspec_sockdiag::{Diag, PeerSocket, Progress, ReadBarrier};

const PATIENCE: Duration = Duration::from_secs(20);

/// What the server does with what it read.
#[derive(Clone, Copy)]
enum Manner {
    Silent,
    Echo,
}

#[derive(Default)]
struct Reads {
    count: usize,
    merged: usize,
    bytes: usize,
}

/// Reads to the end with a large buffer and tells how the bytes were cut.
fn serve(mut stream: TcpStream, manner: Manner) -> Reads {
    let mut buffer = [0; 4096];
    let mut reads = Reads::default();
    loop {
        let length = stream.read(&mut buffer).unwrap();
        if length == 0 {
            return reads;
        }
        reads.count += 1;
        reads.bytes += length;
        reads.merged += usize::from(length > 1);
        if matches!(manner, Manner::Echo) {
            stream.write_all(&buffer[..length]).unwrap();
        }
    }
}

fn connect(address: SocketAddr) -> (TcpStream, ReadBarrier) {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let diag = Arc::new(Diag::open().unwrap());
    let barrier = ReadBarrier::new(diag, stream.local_addr().unwrap(), address);
    (stream, barrier)
}

fn wait(barrier: &mut ReadBarrier) -> Progress {
    barrier.wait_blocking(Instant::now() + PATIENCE)
}

/// Sends `segments` bytes one by one, each behind a barrier, and checks how the server read them.
fn check_segments(bind: &str, dial: Option<&str>, manner: Manner, segments: usize) {
    let listener = TcpListener::bind(bind).unwrap();
    let mut address = listener.local_addr().unwrap();
    if let Some(dial) = dial {
        address.set_ip(dial.parse().unwrap());
    }
    let server = thread::spawn(move || serve(listener.accept().unwrap().0, manner));
    let (mut stream, mut barrier) = connect(address);
    let mut echo = vec![0; segments];
    let mut echoed = 0;
    for _ in 0..segments {
        stream.write_all(b"x").unwrap();
        barrier.sent(1);
        assert_eq!(wait(&mut barrier), Progress::Read);
        // An echo need not be there yet: take what is, so that the server never blocks.
        stream.set_nonblocking(true).unwrap();
        echoed += stream.read(&mut echo).unwrap_or(0);
        stream.set_nonblocking(false).unwrap();
    }
    stream.shutdown(Shutdown::Write).unwrap();
    let reads = server.join().unwrap();
    echoed += stream
        .read_to_end(&mut Vec::new())
        .unwrap_or(0)
        .min(segments);
    assert_eq!(
        (reads.count, reads.merged, reads.bytes),
        (segments, 0, segments)
    );
    if matches!(manner, Manner::Echo) {
        assert_eq!(echoed, segments);
    }
}

/// Together 100,000 one-byte segments, every one of which is read alone.
mod one_hundred_thousand_one_byte_segments_are_read_one_by_one {
    use super::*;

    #[test]
    fn by_a_silent_server() {
        check_segments("127.0.0.1:0", None, Manner::Silent, 30_000);
    }

    #[test]
    fn by_an_echoing_server() {
        check_segments("127.0.0.1:0", None, Manner::Echo, 30_000);
    }

    #[test]
    fn by_a_server_on_the_wildcard_address() {
        check_segments("0.0.0.0:0", Some("127.0.0.3"), Manner::Echo, 20_000);
    }

    #[test]
    fn over_ipv6() {
        check_segments("[::1]:0", None, Manner::Silent, 10_000);
    }

    #[test]
    fn by_a_dual_stack_server_spoken_to_over_ipv4() {
        check_segments("[::]:0", Some("127.0.0.1"), Manner::Echo, 10_000);
    }
}

#[test]
fn the_kernel_counts_as_many_segments_as_were_cut() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || serve(listener.accept().unwrap().0, Manner::Silent));
    let (mut stream, mut barrier) = connect(address);
    for _ in 0..7 {
        stream.write_all(b"x").unwrap();
        barrier.sent(1);
        assert_eq!(wait(&mut barrier), Progress::Read);
    }
    let diag = Diag::open().unwrap();
    let PeerSocket::Visible(socket) = diag
        .tcp_peer(stream.local_addr().unwrap(), address)
        .unwrap()
    else {
        panic!("the connection is open");
    };
    assert_eq!(socket.data_segs_in, Some(7));
    assert_eq!(socket.bytes_received, Some(7));
    drop(stream);
    server.join().unwrap();
}

#[test]
fn bytes_before_accept_are_pending_until_somebody_reads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (mut stream, mut barrier) = connect(listener.local_addr().unwrap());
    stream.write_all(b"early").unwrap();
    barrier.sent(5);
    assert_eq!(barrier.wait_blocking(Instant::now()), Progress::Pending);
    let mut accepted = listener.accept().unwrap().0;
    assert_eq!(barrier.poll(), Progress::Pending);
    accepted.read_exact(&mut [0; 5]).unwrap();
    assert_eq!(wait(&mut barrier), Progress::Read);
}

#[test]
fn a_fin_is_read_only_when_the_server_has_seen_the_end_of_file() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (mut stream, mut barrier) = connect(listener.local_addr().unwrap());
    let mut accepted = listener.accept().unwrap().0;
    stream.write_all(b"last").unwrap();
    barrier.sent(4);
    accepted.read_exact(&mut [0; 4]).unwrap();
    assert_eq!(wait(&mut barrier), Progress::Read);
    stream.shutdown(Shutdown::Write).unwrap();
    barrier.sent_fin();
    assert_eq!(barrier.wait_blocking(Instant::now()), Progress::Pending);
    assert_eq!(accepted.read(&mut [0; 1]).unwrap(), 0);
    assert_eq!(wait(&mut barrier), Progress::Read);
}

/// The listener stays: a lookup of a connection that is gone falls back to it.
#[test]
fn a_closed_connection_is_gone_and_not_awaited_for_ever() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (mut stream, mut barrier) = connect(listener.local_addr().unwrap());
    let accepted = listener.accept().unwrap().0;
    assert_eq!(wait(&mut barrier), Progress::Read);
    stream.write_all(b"unread").unwrap();
    barrier.sent(6);
    // Closing with unread bytes resets the connection.
    drop(accepted);
    assert_eq!(wait(&mut barrier), Progress::Gone);
}

#[test]
fn a_server_that_closed_in_order_is_gone() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (mut stream, mut barrier) = connect(listener.local_addr().unwrap());
    drop(listener.accept().unwrap());
    assert_eq!(stream.read(&mut [0; 1]).unwrap(), 0);
    barrier.sent(1);
    assert_eq!(wait(&mut barrier), Progress::Gone);
}

#[test]
fn a_connection_in_use_is_resumed_at_its_baseline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (mut stream, mut first) = connect(address);
    let mut accepted = listener.accept().unwrap().0;
    stream.write_all(b"abc").unwrap();
    first.sent(3);
    accepted.read_exact(&mut [0; 3]).unwrap();
    assert_eq!(wait(&mut first), Progress::Read);

    let diag = Arc::new(Diag::open().unwrap());
    let mut second = ReadBarrier::resume(diag, stream.local_addr().unwrap(), address).unwrap();
    assert_eq!(wait(&mut second), Progress::Read);
    second.sent(2);
    assert_eq!(second.wait_blocking(Instant::now()), Progress::Pending);
    stream.write_all(b"de").unwrap();
    accepted.read_exact(&mut [0; 2]).unwrap();
    assert_eq!(wait(&mut second), Progress::Read);
}

/// Tasks that move between threads own these.
#[test]
fn barriers_and_watches_can_be_sent_to_another_thread() {
    fn check<T: Send>() {}
    check::<ReadBarrier>();
    check::<sockspec_sockdiag::Watch>();
    check::<Arc<Diag>>();
}

//! Microseconds a one-byte chunk costs when the read barrier stands between chunks.
//!
//! `cargo bench -p sockspec-sockdiag`; one iteration sends 1,000 chunks, and the item throughput is chunks per second.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a failure ends the benchmark")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::ItemsCount;
use sockspec_sockdiag::{Diag, Progress, ReadBarrier};

const CHUNKS: usize = 1_000;

fn main() {
    divan::main();
}

/// A connection to a server thread that reads, and sends back what it read if `echoing`.
fn connected(echoing: bool) -> (TcpStream, ReadBarrier) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut buffer) {
            if echoing {
                stream.write_all(&buffer[..length]).unwrap();
            }
        }
    });
    let stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let diag = Arc::new(Diag::open().unwrap());
    let barrier = ReadBarrier::new(diag, stream.local_addr().unwrap(), address);
    (stream, barrier)
}

#[divan::bench(args = [false, true])]
fn one_byte_chunks(bencher: Bencher<'_, '_>, echoing: bool) {
    let (mut stream, mut barrier) = connected(echoing);
    let mut echo = [0; CHUNKS];
    bencher.counter(ItemsCount::new(CHUNKS)).bench_local(|| {
        for _ in 0..CHUNKS {
            stream.write_all(b"x").unwrap();
            barrier.sent(1);
            let progress = barrier.wait_blocking(Instant::now() + Duration::from_secs(10));
            assert_eq!(progress, Progress::Read);
        }
        if echoing {
            stream.read_exact(&mut echo).unwrap();
        }
    });
}

#[divan::bench]
fn one_query(bencher: Bencher<'_, '_>) {
    let (stream, _barrier) = connected(false);
    let diag = Diag::open().unwrap();
    let (ours, theirs) = (stream.local_addr().unwrap(), stream.peer_addr().unwrap());
    bencher.bench_local(|| diag.tcp_peer(ours, theirs).unwrap());
}

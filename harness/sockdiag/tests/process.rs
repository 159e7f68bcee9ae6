//! What a process uses up, and whose socket it is.
#![cfg(target_os = "linux")]

use std::net::TcpStream;
use std::time::{Duration, Instant};

use sockspec_sockdiag::{Diag, Pause, Process};

mod python;

use python::start;

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn what_a_process_uses_up_is_seen_and_its_holder_is_found() {
    let Some(server) = start("for c in conns(): os.fork() or time.sleep(99)") else {
        return;
    };
    let process = Process {
        pid: server.child.id(),
    };
    let diag = Diag::open().unwrap();
    let inode = diag.listener(server.address).unwrap().unwrap().inode;
    assert_eq!(Process::holding(inode).unwrap(), [process]);
    let before = process.usage().unwrap();
    assert_eq!((before.threads, before.children, before.zombies), (1, 0, 0));
    assert!(before.peak_rss_bytes >= before.rss_bytes && before.rss_bytes > 1 << 20);

    let stream = TcpStream::connect(server.address).unwrap();
    let deadline = Instant::now() + PATIENCE;
    while process.usage().unwrap().children == 0 {
        assert!(Instant::now() < deadline, "never forked");
        Pause::Yield.block();
    }
    let after = process.usage().unwrap();
    assert!(after.descriptors > before.descriptors);
    // The system counts in hundredths of a second: a fork may take none.
    assert!(before.cpu > Duration::ZERO && after.cpu >= before.cpu);
    for child in process.descendants() {
        // SAFETY: no pointer; the process was forked by our own child just now.
        unsafe { libc::kill(child.pid as i32, libc::SIGKILL) };
    }
    while process.usage().unwrap().zombies == 0 {
        assert!(Instant::now() < deadline, "never a zombie");
        Pause::Yield.block();
    }
    drop(stream);
}

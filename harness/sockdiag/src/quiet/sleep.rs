//! Which sleeps are without end, as far as the caller's horizon reaches.
//!
//! A timed sleep is harmless when it provably outlasts the horizon, or is one of these, each of which runs no code of the
//! server's author when it ends:
//!
//! - **Java** (`java`): a timed `futex` in a thread the virtual machine names itself (compilers, collector, ticker, …).
//! - **Go** (binary with a Go build note): a plain `futex` wait of 30 s or more. That is `sysmon`; were any timer of the
//!   program due earlier, `sysmon` would sleep until then, and another thread would sit in a timed `epoll_pwait`.
//! - **Python** (`python…`): `poll` for 500 ms of one descriptor, the listener or the UDP socket itself. That is
//!   `socketserver.serve_forever`, which wakes to see whether it was shut down.
//!
//! Everything else counts as timed: `time.sleep` in a main thread, a lock with a limit, any `timerfd`, `timer_create`, a
//! handler for `SIGALRM`, and `SO_RCVTIMEO`, which only the socket itself can tell of.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::process::call::{Call, Timeout, Wait};
use crate::process::crew::{Crew, ThreadFiles};
use crate::process::probe::{self, Limit};
use crate::process::{Process, parse_state};

/// Surveys a crew whose threads start or end meanwhile at most this often.
const ATTEMPTS: usize = 3;

/// What the crew does, from the least to the most telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rest {
    /// All sleep beyond the horizon.
    Asleep,
    /// Nobody of the crew holds the connection.
    Stranger,
    /// A sleep may end within the horizon.
    Timed,
    /// May not be looked at.
    Unknown,
    /// Something runs.
    Awake,
}

/// What is asked of a crew.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sleep {
    pub(super) horizon: Duration,
    /// Listener or UDP socket; 0 if not known.
    pub(super) server_inode: u32,
    /// Connection; 0 if none or not accepted.
    pub(super) inode: u32,
}

impl Sleep {
    /// Looks at every thread twice, between two counts of timeslices.
    ///
    /// The first look finds each thread asleep at a moment of its own; with unchanged counts none has run since *its* moment,
    /// so at the end of that look none runs. But one that was looked at early may have been woken by one that was looked
    /// at late, and wait for a processor ever since: neither count nor first look shows that. The second look does, and
    /// nobody was left who could wake anybody after it.
    pub(super) fn survey(&self, crew: &mut Crew) -> Rest {
        for _ in 0..ATTEMPTS {
            let before = match crew.timeslices() {
                Ok(before) => before,
                Err(_) => return Rest::Unknown,
            };
            // The census lies between the counts: had a known thread made a new one, its own count would have grown.
            match crew.census() {
                Ok(false) if before.is_some() => {}
                Ok(_) if crew.is_empty() => return Rest::Unknown,
                Ok(_) => continue,
                Err(_) => return Rest::Unknown,
            }
            let rest = self.judge_crew(crew);
            if rest == Rest::Awake || !all_asleep(crew) {
                return Rest::Awake;
            }
            return match crew.timeslices() {
                Ok(after) if after == before => rest,
                Ok(_) => Rest::Awake,
                Err(_) => Rest::Unknown,
            };
        }
        Rest::Awake
    }

    fn judge_crew(&self, crew: &Crew) -> Rest {
        let mut worst = Rest::Asleep;
        for (process, threads) in crew.members() {
            for (tid, files) in threads {
                worst = worst.max(self.judge_thread(process, *tid, files));
                if worst == Rest::Awake {
                    return worst;
                }
            }
        }
        // Only now, since listing descriptors is the dearest part and awake servers are asked most often.
        if worst == Rest::Asleep {
            worst = self.judge_descriptors(crew);
        }
        worst
    }

    fn judge_thread(&self, process: Process, tid: u32, files: &ThreadFiles) -> Rest {
        match files.stat.read(parse_state) {
            Ok('S') => {}
            // A process that has only just ended may still be about to tell its parent.
            Ok('Z') if files.ended.replace(true) => return Rest::Asleep,
            _ => return Rest::Awake,
        }
        let call = match files.syscall.read(|line| Some(Call::parse(line))) {
            Ok(Some(call)) => call,
            Ok(None) => return Rest::Awake,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Rest::Unknown,
            Err(_) => return Rest::Awake,
        };
        match call.wait() {
            Wait::Event => Rest::Asleep,
            Wait::Input(descriptor) => judge_input(process, descriptor),
            Wait::Output(descriptor) => judge_output(process, descriptor),
            Wait::Unfamiliar => Rest::Awake,
            Wait::Timed(timeout) => {
                let harmless = self.outlasts(process, timeout, files.ran_after)
                    || self.is_housekeeping(process, tid, &call, timeout);
                if harmless { Rest::Asleep } else { Rest::Timed }
            }
        }
    }

    /// Whether a sleep provably lasts longer than the horizon.
    fn outlasts(&self, process: Process, timeout: Timeout, ran_after: Option<Instant>) -> bool {
        let left = match timeout {
            Timeout::Absolute { address, clock } => {
                let (Some(end), Ok(now)) = (timespec(process, address), probe::now(clock)) else {
                    return false;
                };
                end.saturating_sub(now)
            }
            _ => {
                // A relative sleep began after the thread last ran; when that was must be known.
                let (Some(whole), Some(began)) = (whole(process, timeout), ran_after) else {
                    return false;
                };
                whole.saturating_sub(began.elapsed())
            }
        };
        left > self.horizon
    }

    fn is_housekeeping(&self, process: Process, tid: u32, call: &Call, timeout: Timeout) -> bool {
        let Ok(executable) = fs::read_link(process.path("exe")) else {
            return false;
        };
        let name = executable.file_name().unwrap_or_default().to_string_lossy();
        if call.is_futex() && name == "java" {
            return is_virtual_machine_thread(process, tid);
        }
        if call.is_poll() && name.starts_with("python") {
            return self.is_serve_forever(process, call);
        }
        const SYSMON: Duration = Duration::from_secs(30);
        call.is_plain_futex_wait()
            && whole(process, timeout).is_some_and(|whole| whole >= SYSMON)
            && is_go(&process.path("exe"))
    }

    /// `poll` of the listener (or UDP socket) alone, for as long as `socketserver` does.
    fn is_serve_forever(&self, process: Process, call: &Call) -> bool {
        let [array, length, milliseconds, ..] = call.arguments;
        if (length, milliseconds as u32, self.server_inode == 0) != (1, 500, false) {
            return false;
        }
        // Of the two words read only the first half of the first matters: `pollfd.fd`.
        let Ok([word, _]) = probe::two_words(process.pid, array) else {
            return false;
        };
        let descriptor = if cfg!(target_endian = "little") {
            word as u32
        } else {
            (word >> 32) as u32
        };
        process
            .link(descriptor.into())
            .is_ok_and(|link| link == Path::new(&format!("socket:[{}]", self.server_inode)))
    }

    /// Timers that no thread sleeps on, and whether the connection is held at all.
    fn judge_descriptors(&self, crew: &Crew) -> Rest {
        let connection = format!("socket:[{}]", self.inode);
        let mut held = self.inode == 0;
        for (process, threads) in crew.members() {
            if threads.values().all(|files| files.ended.get()) {
                continue;
            }
            let Ok(links) = process.links() else {
                return Rest::Unknown;
            };
            if links
                .iter()
                .any(|link| link == Path::new("anon_inode:[timerfd]"))
                || has_timer(process)
            {
                return Rest::Timed;
            }
            held |= links.iter().any(|link| link == Path::new(&connection));
        }
        if held { Rest::Asleep } else { Rest::Stranger }
    }
}

/// Whether nobody runs or waits for a processor.
fn all_asleep(crew: &Crew) -> bool {
    let mut threads = crew.members().flat_map(|(_, threads)| threads.values());
    threads.all(|files| files.ended.get() || matches!(files.stat.read(parse_state), Ok('S')))
}

fn judge_input(process: Process, descriptor: u64) -> Rest {
    let Ok(link) = process.link(descriptor) else {
        return Rest::Awake;
    };
    let link = link.to_string_lossy();
    const PATIENT: [&str; 6] = [
        "pipe:",
        "/dev/tty",
        "/dev/pts/",
        "anon_inode:[eventfd]",
        "anon_inode:inotify",
        "anon_inode:[signalfd]",
    ];
    if link.starts_with("socket:") {
        return judge_socket(process, descriptor, Limit::Receive);
    }
    match PATIENT.iter().any(|kind| link.starts_with(kind)) {
        true => Rest::Asleep,
        false => Rest::Awake,
    }
}

/// A server that waits for room in a pipe (its log, say) waits for us, perhaps: nothing is concluded.
fn judge_output(process: Process, descriptor: u64) -> Rest {
    match process.link(descriptor) {
        Ok(link) if link.to_string_lossy().starts_with("socket:") => {
            judge_socket(process, descriptor, Limit::Send)
        }
        _ => Rest::Awake,
    }
}

fn judge_socket(process: Process, descriptor: u64, limit: Limit) -> Rest {
    match probe::has_time_limit(process.pid, descriptor, limit) {
        Ok(false) => Rest::Asleep,
        Ok(true) | Err(_) => Rest::Timed,
    }
}

/// Whether the process has a timer of its own, or may be woken by an alarm clock.
///
/// Go handles every signal, so there a handler means nothing.
fn has_timer(process: Process) -> bool {
    const SIGALRM: u32 = 14;
    if fs::read(process.path("timers")).is_ok_and(|timers| !timers.is_empty()) {
        return true;
    }
    let Ok(status) = fs::read_to_string(process.path("status")) else {
        return true;
    };
    let mask = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        u64::from_str_radix(line.trim(), 16).ok()
    };
    let minded = mask("SigCgt:").unwrap_or(u64::MAX) | mask("SigBlk:").unwrap_or(u64::MAX);
    minded & (1 << (SIGALRM - 1)) != 0 && !is_go(&process.path("exe"))
}

fn is_virtual_machine_thread(process: Process, tid: u32) -> bool {
    const NAMES: [&str; 13] = [
        "VM Thread",
        "VM Periodic Tas",
        "GC Thread#",
        "G1 Main Marker",
        "G1 Conc#",
        "G1 Refine#",
        "G1 Service",
        "C1 CompilerThre",
        "C2 CompilerThre",
        "Common-Cleaner",
        "Monitor Deflati",
        "Service Thread",
        "Sweeper thread",
    ];
    fs::read_to_string(process.path(&format!("task/{tid}/comm")))
        .is_ok_and(|comm| NAMES.iter().any(|name| comm.starts_with(name)))
}

/// The whole length of a sleep that is given as a length.
fn whole(process: Process, timeout: Timeout) -> Option<Duration> {
    match timeout {
        Timeout::Milliseconds(milliseconds) => Some(Duration::from_millis(milliseconds)),
        Timeout::Relative(address) => timespec(process, address),
        Timeout::RelativeTimeval(address) => {
            let [seconds, micros] = probe::two_words(process.pid, address).ok()?;
            Duration::from_secs(seconds).checked_add(Duration::from_micros(micros))
        }
        Timeout::Absolute { .. } | Timeout::Unreadable => None,
    }
}

fn timespec(process: Process, address: u64) -> Option<Duration> {
    let [seconds, nanos] = probe::two_words(process.pid, address).ok()?;
    Duration::from_secs(seconds).checked_add(Duration::from_nanos(nanos))
}

/// Whether an executable carries a note of the Go linker (ELF, 64 bits, this machine's byte order).
fn is_go(executable: &Path) -> bool {
    find_go_note(executable).unwrap_or(false)
}

fn find_go_note(executable: &Path) -> io::Result<bool> {
    const PT_NOTE: [u8; 4] = 4_u32.to_ne_bytes();
    let file = File::open(executable)?;
    let mut header = [0; 64];
    file.read_exact_at(&mut header, 0)?;
    if !header.starts_with(b"\x7fELF\x02") {
        return Ok(false);
    }
    let long = |bytes: &[u8], at: usize| {
        let word = bytes.get(at..).and_then(<[u8]>::first_chunk).copied();
        u64::from_ne_bytes(word.unwrap_or_default())
    };
    let table = long(&header, 32);
    let entries = u16::from_ne_bytes([header[56], header[57]]);
    for index in 0..u64::from(entries) {
        let mut entry = [0; 56];
        file.read_exact_at(&mut entry, table.saturating_add(index * 56))?;
        if !entry.starts_with(&PT_NOTE) {
            continue;
        }
        // A segment may hold several notes; the name of Go's follows twelve bytes of lengths and type.
        let mut notes = vec![0; long(&entry, 32).min(4096) as usize];
        file.read_exact_at(&mut notes, long(&entry, 8))?;
        if notes.windows(4).any(|name| name == b"Go\0\0") {
            return Ok(true);
        }
    }
    Ok(false)
}

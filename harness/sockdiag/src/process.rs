//! The processes behind a socket: who holds it, what their threads do, what they use up. Read from `/proc`.
//!
//! Facts about other users' processes need their uid or root; a harness that started the server has them. What must be
//! read often is read through descriptors kept open, which also cannot be fooled by a reused process number.
//!
//! Source: `proc(5)`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) mod call;
pub(crate) mod crew;
mod kin;
#[cfg_attr(not(target_os = "linux"), path = "process/probe_absent.rs")]
pub(crate) mod probe;

/// A process, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Process {
    /// Process number.
    pub pid: u32,
}

/// What a process uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Time on a processor of all threads, dead ones included, in user and kernel mode.
    pub cpu: Duration,
    /// Open descriptors; `None` without the right to look.
    pub descriptors: Option<usize>,
    /// Threads.
    pub threads: usize,
    /// Children that run.
    pub children: usize,
    /// Children that ended and were not waited for.
    pub zombies: usize,
    /// Memory in use now (`VmRSS`), in bytes.
    pub rss_bytes: u64,
    /// Most memory ever in use (`VmHWM`), in bytes.
    pub peak_rss_bytes: u64,
}

/// What a thread does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Thread number; the first thread has the number of the process.
    pub tid: u32,
    /// Name, at most 15 bytes.
    pub name: String,
    /// State as in `ps`: `R` runs or could, `S` sleeps, `D` waits for a disk, `T` stopped, `Z` ended.
    pub state: char,
    /// Kernel function in which it sleeps; empty if it does not, or without the right to look.
    pub wchan: String,
    /// Line of `/proc/…/syscall`: number and arguments in hexadecimal, or `running`; empty without the right to look.
    pub syscall: String,
    /// Time spent on a processor.
    pub run: Duration,
    /// How often it was given a processor. Unchanged between two looks means that it did not run in between.
    pub timeslices: u64,
}

impl Process {
    /// The processes that hold a socket with this inode, all of them: a listener is often shared after `fork`.
    ///
    /// Looks at every descriptor of every process that may be looked at: milliseconds. Ask once, then keep the answer.
    ///
    /// # Errors
    /// When `/proc` cannot be listed.
    pub fn holding(inode: u32) -> io::Result<Vec<Self>> {
        let link = PathBuf::from(format!("socket:[{inode}]"));
        let mut found = Vec::new();
        for pid in numbers_in(Path::new("/proc"))? {
            let process = Self { pid };
            if inode != 0 && process.links().is_ok_and(|links| links.contains(&link)) {
                found.push(process);
            }
        }
        Ok(found)
    }

    /// Children, their children and so on; without those whose parent has ended.
    #[must_use]
    pub fn descendants(self) -> Vec<Self> {
        let mut known = BTreeSet::new();
        let mut unvisited = vec![self];
        while let Some(process) = unvisited.pop() {
            for child in process.children() {
                if known.insert(child) {
                    unvisited.push(child);
                }
            }
        }
        known.into_iter().collect()
    }

    /// Children of any thread, those that ended and were not waited for included.
    #[must_use]
    pub fn children(self) -> Vec<Self> {
        let threads = numbers_in(&self.path("task")).unwrap_or_default();
        let lists = threads
            .into_iter()
            .filter_map(|tid| fs::read_to_string(self.path(&format!("task/{tid}/children"))).ok());
        lists.flat_map(|list| parse_children(&list)).collect()
    }

    /// What the process uses up, as of now.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn usage(self) -> io::Result<Usage> {
        let status = fs::read_to_string(self.path("status"))?;
        let (zombies, children): (Vec<_>, Vec<_>) = self
            .children()
            .into_iter()
            .partition(|child| child.state() == Some('Z'));
        Ok(Usage {
            cpu: probe::cpu_time(self.pid)?,
            descriptors: fs::read_dir(self.path("fd")).ok().map(Iterator::count),
            threads: status_field(&status, "Threads:").unwrap_or(0) as usize,
            children: children.len(),
            zombies: zombies.len(),
            rss_bytes: status_field(&status, "VmRSS:").unwrap_or(0) * 1024,
            peak_rss_bytes: status_field(&status, "VmHWM:").unwrap_or(0) * 1024,
        })
    }

    /// What every thread does, as of now. A thread that ends meanwhile is left out.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn threads(self) -> io::Result<Vec<Thread>> {
        let tids = numbers_in(&self.path("task"))?;
        Ok(tids
            .into_iter()
            .filter_map(|tid| self.thread(tid))
            .collect())
    }

    fn thread(self, tid: u32) -> Option<Thread> {
        let read = |file: &str| fs::read_to_string(self.path(&format!("task/{tid}/{file}")));
        let line = |file: &str| read(file).unwrap_or_default().trim_end().to_owned();
        let schedstat = Schedstat::parse(&read("schedstat").ok()?)?;
        let wchan = line("wchan");
        Some(Thread {
            tid,
            name: line("comm"),
            state: parse_state(&read("stat").ok()?)?,
            wchan: if wchan == "0" { String::new() } else { wchan },
            syscall: line("syscall"),
            run: schedstat.run,
            timeslices: schedstat.timeslices,
        })
    }

    fn state(self) -> Option<char> {
        parse_state(&fs::read_to_string(self.path("stat")).ok()?)
    }

    /// The ports of this type (`STREAM` for TCP, `DGRAM` for UDP) to which its sockets are bound, those that neither
    /// listen nor are connected included: no table shows these.
    ///
    /// # Errors
    /// The process has ended, or its descriptors may not be looked at.
    pub fn ports(self, kind: socket2::Type) -> io::Result<Vec<u16>> {
        let mut ports = Vec::new();
        for descriptor in numbers_in(&self.path("fd"))? {
            let link = self.link(descriptor.into());
            // What was closed meanwhile is no longer there.
            let is_socket = link.is_ok_and(|link| link.to_string_lossy().starts_with("socket:"));
            if !is_socket {
                continue;
            }
            let socket = match probe::borrow(self.pid, descriptor.into()) {
                Ok(socket) => socket2::Socket::from(socket),
                Err(error) if error.raw_os_error() == Some(libc::EBADF) => continue,
                Err(error) => return Err(error),
            };
            let address = socket.local_addr().ok().and_then(|one| one.as_socket());
            if socket.r#type().is_ok_and(|seen| seen == kind) {
                ports.extend(address.map(|address| address.port()));
            }
        }
        Ok(ports)
    }

    /// What the descriptors point at, such as `socket:[4711]`.
    pub(crate) fn links(self) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(self.path("fd"))?;
        Ok(entries
            .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
            .collect())
    }

    pub(crate) fn link(self, descriptor: u64) -> io::Result<PathBuf> {
        fs::read_link(self.path(&format!("fd/{descriptor}")))
    }

    pub(crate) fn path(self, file: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{file}", self.pid))
    }
}

/// What `/proc/…/schedstat` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Schedstat {
    run: Duration,
    pub(crate) timeslices: u64,
}

impl Schedstat {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut fields = text.split_ascii_whitespace().map(str::parse::<u64>);
        let run = fields.next()?.ok()?;
        let timeslices = fields.nth(1)?.ok()?;
        Some(Self {
            run: Duration::from_nanos(run),
            timeslices,
        })
    }
}

/// The state in a line of `/proc/…/stat`; the name before it may contain anything, brackets too.
pub(crate) fn parse_state(stat: &str) -> Option<char> {
    stat.rsplit_once(") ")?.1.chars().next()
}

/// When a thread began, in a line of `/proc/…/stat`: clock ticks since the machine started.
pub(crate) fn parse_start(stat: &str) -> Option<u64> {
    let fields = stat.rsplit_once(") ")?.1;
    fields.split_ascii_whitespace().nth(19)?.parse().ok()
}

pub(crate) fn parse_children(list: &str) -> impl Iterator<Item = Process> + use<> {
    let pids: Vec<u32> = list
        .split_ascii_whitespace()
        .filter_map(|pid| pid.parse().ok())
        .collect();
    pids.into_iter().map(|pid| Process { pid })
}

/// The number after `key` in `/proc/…/status`.
fn status_field(status: &str, key: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

/// The entries of a directory whose names are numbers.
pub(crate) fn numbers_in(directory: &Path) -> io::Result<Vec<u32>> {
    let entries = fs::read_dir(directory)?;
    Ok(entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect())
}

/// Reads a small file of `/proc` from its beginning, through a descriptor kept open.
pub(crate) fn reread<'b>(file: &File, buffer: &'b mut [u8]) -> io::Result<&'b str> {
    let length = file.read_at(buffer, 0)?;
    std::str::from_utf8(&buffer[..length]).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_hide_the_state() {
        assert_eq!(parse_state("12 (a) b (c) S 1 2"), Some('S'));
        assert_eq!(parse_state("12 (a"), None);
    }

    #[test]
    fn the_third_field_of_schedstat_counts_timeslices() {
        let parsed = Schedstat::parse("0224313 58166 2\n").map(|it| it.timeslices);
        assert_eq!(parsed, Some(2));
        assert_eq!(Schedstat::parse("1 2"), None);
    }

    #[test]
    fn a_field_of_status_is_found_by_its_key() {
        assert_eq!(
            status_field("Name:\tx\nVmRSS:\t  12 kB\n", "VmRSS:"),
            Some(12)
        );
    }
}

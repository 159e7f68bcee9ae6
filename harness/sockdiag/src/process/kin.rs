//! What tells which processes belong together, and what they ask of the machine.

use std::fs;
use std::io;
use std::time::Duration;

use super::{Process, numbers_in};

impl Process {
    /// This process.
    #[must_use]
    pub fn own() -> Self {
        Self {
            pid: std::process::id(),
        }
    }

    /// The session that it belongs to: the number of the process that began it.
    ///
    /// Known of a process that ended, too, until it was waited for.
    #[must_use]
    pub fn session(self) -> Option<u32> {
        parse_session(&fs::read_to_string(self.path("stat")).ok()?)
    }

    /// Whether it has ended, and was not waited for.
    #[must_use]
    pub fn is_zombie(self) -> bool {
        matches!(self.state(), Some('Z' | 'X')) && !self.has_other_threads()
    }

    /// Whether it runs, or could: it is there and has not ended.
    #[must_use]
    pub fn is_alive(self) -> bool {
        match self.state() {
            Some('Z' | 'X') => self.has_other_threads(),
            state => state.is_some(),
        }
    }

    /// Whether its first thread, whose state is that of the process, is not its only one: where the first has ended,
    /// the others are still on their way out.
    fn has_other_threads(self) -> bool {
        numbers_in(&self.path("task")).is_ok_and(|threads| threads.len() > 1)
    }

    /// Whether it is about to end: it has given its memory back, and its environment can no longer be read. Its
    /// children may still be its own.
    #[must_use]
    pub fn is_ending(self) -> bool {
        let sizes = fs::read_to_string(self.path("statm"));
        self.is_alive() && sizes.is_ok_and(|sizes| sizes.starts_with("0 "))
    }

    /// Whether its environment, as it was given at its start, holds this text.
    #[must_use]
    pub fn was_given(self, text: &str) -> bool {
        fs::read(self.path("environ")).is_ok_and(|environment| {
            environment
                .split(|byte| *byte == 0)
                .any(|variable| variable == text.as_bytes())
        })
    }

    /// The inodes of its sockets.
    ///
    /// # Errors
    /// When the process has ended, or may not be looked at.
    pub fn sockets(self) -> io::Result<Vec<u32>> {
        let links = self.links()?;
        Ok(links
            .iter()
            .filter_map(|link| {
                let text = link.to_str()?.strip_prefix("socket:[")?;
                text.strip_suffix(']')?.parse().ok()
            })
            .collect())
    }

    /// Time that its threads were on a processor or waited for one, so that a busy machine does not hide who would be
    /// running. Threads that ended do not count.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn demand(self) -> io::Result<Duration> {
        let threads = numbers_in(&self.path("task"))?;
        let all = threads.into_iter().filter_map(|tid| {
            parse_demand(&fs::read_to_string(self.path(&format!("task/{tid}/schedstat"))).ok()?)
        });
        Ok(all.sum())
    }
}

/// The session in a line of `/proc/…/stat`.
fn parse_session(stat: &str) -> Option<u32> {
    let fields = stat.rsplit_once(") ")?.1;
    fields.split_ascii_whitespace().nth(3)?.parse().ok()
}

/// The first two fields of `/proc/…/schedstat`: on a processor, and waiting for one, nanoseconds.
fn parse_demand(schedstat: &str) -> Option<Duration> {
    let mut fields = schedstat.split_ascii_whitespace();
    let mut next = || fields.next()?.parse().ok().map(Duration::from_nanos);
    Some(next()? + next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_the_fourth_field_after_the_name() {
        assert_eq!(parse_session("12 (a) b) S 1 2 4711 0 -1"), Some(4711));
        assert_eq!(parse_session("12 (a"), None);
    }

    #[test]
    fn demand_is_running_and_waiting_to_run() {
        assert_eq!(
            parse_demand("1000 200 3\n"),
            Some(Duration::from_nanos(1200))
        );
        assert_eq!(parse_demand("1000"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_knows_its_own_sockets_and_environment() {
        let own = Process::own();
        let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        assert!(!own.sockets().unwrap().is_empty());
        drop(socket);
        assert!(own.is_alive() && !own.is_zombie());
        assert!(own.session().is_some());
        assert!(!own.was_given("NO_SUCH_VARIABLE=1"));
    }
}

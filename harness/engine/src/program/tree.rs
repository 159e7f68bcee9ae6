//! The processes of one program: those it started, and those they started, wherever they hang.
//!
//! The harness adopts orphans (`PR_SET_CHILD_SUBREAPER`), so that a program that makes itself a daemon is still among
//! its descendants. Whose an orphan is, its session tells, or the mark that it was given in its environment.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions};
use sockspec_sockdiag::{Backoff, Process};
use tokio::process::Child;

/// The variable that marks the processes of one program.
pub const MARK: &str = "SOCKSPEC_RUN";

/// The programs that this process started and has not waited for: they are not ours to wait for as orphans.
static STARTED: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// The orphans that were recognised, with their marks: one that is about to end can be recognised no more.
static ADOPTED: Mutex<BTreeMap<u32, String>> = Mutex::new(BTreeMap::new());

/// A value of [`MARK`] that no other program has.
pub fn new_mark() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{}-{number}", std::process::id())
}

/// The processes of one program.
#[derive(Debug)]
pub struct Tree {
    root: Process,
    /// Whether the root was not waited for yet, so that its number is still its own.
    stands: bool,
    mark: String,
}

impl Tree {
    /// Starts a program by `spawn`.
    pub(super) fn plant(
        mark: &str,
        spawn: impl FnOnce() -> io::Result<Child>,
    ) -> io::Result<(Child, Self)> {
        adopt_orphans();
        // Nobody looks for orphans between the birth of a child and its registration.
        let mut started = lock(&STARTED);
        let child = spawn()?;
        let pid = child.id().unwrap_or_default();
        started.insert(pid);
        let tree = Tree {
            root: Process { pid },
            stands: true,
            mark: format!("{MARK}={mark}"),
        };
        Ok((child, tree))
    }

    /// The root was waited for.
    pub(super) fn felled(&mut self) {
        self.stands = false;
        lock(&STARTED).remove(&self.root.pid);
    }

    /// The process that was started.
    pub fn root(&self) -> Process {
        self.root
    }

    /// All its processes that run. Orphans that ended are waited for on the way.
    pub fn living(&self) -> Vec<Process> {
        self.census().0
    }

    /// Whether none of its processes runs any more.
    ///
    /// Looks twice: a process whose parent ends while the list is being read may be on no list.
    pub fn is_gone(&self) -> bool {
        let sees_none = || matches!(self.census(), (living, false) if living.is_empty());
        sees_none() && sees_none()
    }

    /// All its processes that run, and whether some other may be one of them.
    fn census(&self) -> (Vec<Process>, bool) {
        let (mut roots, unsure) = self.orphans();
        if self.stands {
            roots.push(self.root);
        }
        let descendants: Vec<Process> = roots.iter().flat_map(|one| one.descendants()).collect();
        roots.extend(descendants);
        roots.sort();
        roots.dedup();
        roots.retain(|process| process.is_alive());
        (roots, unsure)
    }

    /// The orphans of this program that the harness has adopted, and whether there is one of whom nobody can tell
    /// any more.
    fn orphans(&self) -> (Vec<Process>, bool) {
        let own = Process::own();
        let ours = own.session();
        let mut adopted = lock(&ADOPTED);
        let started = lock(&STARTED);
        let mut found = (Vec::new(), false);
        for child in own.children() {
            // What the harness itself starts stays in its session, and is waited for by whoever started it.
            if started.contains(&child.pid) || child.session() == ours {
                continue;
            }
            if child.is_zombie() {
                wait_for(child);
                adopted.remove(&child.pid);
            } else if child.session() == Some(self.root.pid) || child.was_given(&self.mark) {
                adopted.insert(child.pid, self.mark.clone());
            } else if child.is_ending() && !adopted.contains_key(&child.pid) {
                found.1 = true;
            }
            if adopted.get(&child.pid) == Some(&self.mark) {
                found.0.push(child);
            }
        }
        found
    }

    /// Whether none of its threads runs, or could.
    pub fn is_asleep(&self) -> bool {
        let asleep = |process: &Process| {
            process
                .threads()
                .is_ok_and(|threads| threads.iter().all(|thread| thread.state != 'R'))
        };
        self.living().iter().all(asleep)
    }

    /// Sends a signal to the group of the root, as a terminal does, and to all others of the tree.
    pub fn signal(&self, signal: Signal) {
        let living = self.living();
        if let Some(root) = pid(self.root)
            && (self.stands
                || living
                    .iter()
                    .any(|one| one.session() == Some(self.root.pid)))
        {
            let _ = rustix::process::kill_process_group(root, signal);
        }
        // The group may have been left.
        for process in living {
            if process.session() != Some(self.root.pid) || signal == Signal::KILL {
                send(process, signal);
            }
        }
    }

    /// Sends a signal to the group of the root only, as a terminal does.
    pub fn signal_group(&self, signal: Signal) {
        if let (true, Some(root)) = (self.stands, pid(self.root)) {
            let _ = rustix::process::kill_process_group(root, signal);
        }
    }

    /// Kills all of it, at most so long. Blocks; the root must still be waited for.
    pub fn kill(&self, limit: Duration) {
        let start = Instant::now();
        let mut backoff = Backoff::new();
        while !self.is_gone() && start.elapsed() < limit {
            self.signal(Signal::KILL);
            backoff.next_pause().block();
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        lock(&STARTED).remove(&self.root.pid);
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on processes whose parent has ended become children of this one.
fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        // Without it a program that makes itself a daemon would get away; none does in earnest.
        let _ = rustix::process::set_child_subreaper(pid(Process::own()));
    }
}

fn wait_for(process: Process) {
    if let Some(pid) = pid(process) {
        let _ = rustix::process::waitpid(Some(pid), WaitOptions::NOHANG);
    }
}

fn send(process: Process, signal: Signal) {
    if let Some(pid) = pid(process) {
        let _ = rustix::process::kill_process(pid, signal);
    }
}

fn pid(process: Process) -> Option<Pid> {
    Pid::from_raw(i32::try_from(process.pid).ok()?)
}

//! The processes of one server and their threads, followed over time through descriptors kept open.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::time::Instant;

use super::{Process, Schedstat, numbers_in, parse_children, parse_start, probe, reread};

/// Threads whose files are kept open; further threads cost an `open` a look, and no descriptors.
const KEPT_OPEN: usize = 48;

/// A set of processes, closed under "has a child".
#[derive(Debug, Default)]
pub(crate) struct Crew {
    members: BTreeMap<Process, BTreeMap<u32, ThreadFiles>>,
    /// When the last census began.
    last_census: Option<Instant>,
}

/// The files of one thread.
#[derive(Debug)]
pub(crate) struct ThreadFiles {
    pub(crate) stat: ProcFile,
    pub(crate) syscall: ProcFile,
    schedstat: ProcFile,
    children: ProcFile,
    /// Was seen ended in an earlier survey.
    pub(crate) ended: Cell<bool>,
    timeslices: u64,
    /// A moment at which the thread still had the timeslices above.
    observed: Option<Instant>,
    /// A moment before the thread last got a processor, the latest known.
    pub(crate) ran_after: Option<Instant>,
}

impl Crew {
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Takes `process` in, to be joined by its descendants at the next census.
    pub(crate) fn add(&mut self, process: Process) {
        self.members.entry(process).or_default();
        // Its threads may be older than the last census.
        self.last_census = None;
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = (Process, &BTreeMap<u32, ThreadFiles>)> {
        self.members
            .iter()
            .map(|(process, threads)| (*process, threads))
    }

    /// Finds new threads and children, drops those that ended. Tells whether there were any.
    ///
    /// # Errors
    /// When something may not be looked at.
    pub(crate) fn census(&mut self) -> io::Result<bool> {
        let now = Instant::now();
        let mut kept_open: usize = self.members.values().map(BTreeMap::len).sum();
        let mut changed = false;
        let mut unvisited: Vec<Process> = self.members.keys().copied().collect();
        while let Some(process) = unvisited.pop() {
            let Ok(tids) = numbers_in(&process.path("task")) else {
                self.members.remove(&process);
                changed = true;
                continue;
            };
            let threads = self.members.entry(process).or_default();
            let before = threads.len();
            threads.retain(|tid, _| tids.contains(tid));
            changed |= threads.len() < before;
            let mut children = Vec::new();
            for tid in tids {
                let files = threads.entry(tid).or_insert_with(|| {
                    changed = true;
                    kept_open += 1;
                    ThreadFiles::new(process, tid, kept_open <= KEPT_OPEN, self.last_census)
                });
                let listed = files.children.read(|list| Some(parse_children(list)));
                children.extend(listed.ok().into_iter().flatten());
            }
            for child in children {
                if let Entry::Vacant(vacant) = self.members.entry(child) {
                    vacant.insert(BTreeMap::new());
                    unvisited.push(child);
                    changed = true;
                }
            }
        }
        self.last_census = Some(now);
        Ok(changed)
    }

    /// Sum of the timeslices of all threads, or `None` when one of them ended meanwhile.
    ///
    /// Each count only grows, so an unchanged sum over unchanged threads means that none of them ran.
    ///
    /// # Errors
    /// `Unsupported` when the kernel does not count timeslices.
    pub(crate) fn timeslices(&mut self) -> io::Result<Option<u64>> {
        let now = Instant::now();
        let mut sum = 0_u64;
        let mut threads = 0_usize;
        for files in self.members.values_mut().flat_map(BTreeMap::values_mut) {
            let read = files.schedstat.read(Schedstat::parse);
            let Ok(schedstat) = read else {
                return Ok(None);
            };
            threads += 1;
            sum = sum.wrapping_add(schedstat.timeslices);
            if schedstat.timeslices != files.timeslices {
                files.timeslices = schedstat.timeslices;
                files.ran_after = files.observed;
            }
            files.observed = Some(now);
        }
        match (threads, sum) {
            (1.., 0) => Err(io::ErrorKind::Unsupported.into()),
            _ => Ok(Some(sum)),
        }
    }
}

impl ThreadFiles {
    fn new(process: Process, tid: u32, keep_open: bool, born_after: Option<Instant>) -> Self {
        let file =
            |name: &str| ProcFile::new(process.path(&format!("task/{tid}/{name}")), keep_open);
        let stat = file("stat");
        // No thread has run before it began.
        let born_after = born_after.or_else(|| probe::moment_of(stat.read(parse_start).ok()?));
        Self {
            stat,
            syscall: file("syscall"),
            schedstat: file("schedstat"),
            children: file("children"),
            ended: Cell::new(false),
            timeslices: 0,
            observed: born_after,
            ran_after: None,
        }
    }
}

/// A small file of `/proc` that is read again and again.
#[derive(Debug)]
pub(crate) struct ProcFile {
    path: PathBuf,
    open: Option<File>,
}

impl ProcFile {
    fn new(path: PathBuf, keep_open: bool) -> Self {
        let open = keep_open.then(|| File::open(&path).ok()).flatten();
        Self { path, open }
    }

    /// What `parse` makes of the content.
    ///
    /// # Errors
    /// What reading said, such as `PermissionDenied`; `InvalidData` when `parse` makes nothing of it.
    pub(crate) fn read<T>(&self, parse: impl FnOnce(&str) -> Option<T>) -> io::Result<T> {
        let mut buffer = [0; 1024];
        let parsed = match &self.open {
            Some(file) => parse(reread(file, &mut buffer)?),
            None => parse(&fs::read_to_string(&self.path)?),
        };
        parsed.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

//! What clients leave behind: descriptors, threads, children, zombies, memory. All but memory must be back where it was
//! when fifty clients have come and gone.
//!
//! A pool that fills up, a thread that ends late and a collector that has not yet run look like a leak at first, and
//! stop growing: who has grown is asked for further rounds, and only what grows in each of them is a leak. Before the
//! first, some clients warm the program up.

use std::time::{Duration, Instant};

use sockspec_case::play::{Ending, Play};
use sockspec_case::program::{Conduct, Grown, ProgramFinding, Resource};
use sockspec_sockdiag::Process;

use super::lives::is_served;
use super::{Examiner, Looked};
use crate::engine::Engine;
use crate::program::ending::Pauses;

/// Clients that come before anything is counted.
const WARM_UP: u64 = 10;
/// Clients of one round.
const CLIENTS: u64 = 50;
/// Rounds in each of which a leak grows.
const ROUNDS: usize = 5;
/// Rounds in each of which memory grows, where it leaks: a collector may be late.
const MEMORY_ROUNDS: usize = 8;
/// Growth within a round that says nothing: half a thing a client.
const SLACK: u64 = CLIENTS / 2;
/// The same of memory, in bytes: run-times and their libraries leave up to some hundred KiB of garbage a client.
const MEMORY_SLACK: u64 = 16 << 20;

/// What a program holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Held {
    descriptors: u64,
    threads: u64,
    children: u64,
    zombies: u64,
    /// In bytes.
    memory: u64,
}

const RESOURCES: [Resource; 5] = [
    Resource::Descriptors,
    Resource::Threads,
    Resource::Children,
    Resource::Zombies,
    Resource::Memory,
];

impl Held {
    fn of(self, resource: Resource) -> u64 {
        match resource {
            Resource::Descriptors => self.descriptors,
            Resource::Threads => self.threads,
            Resource::Children => self.children,
            Resource::Zombies => self.zombies,
            Resource::Memory => self.memory,
        }
    }

    /// Whether there is so much more than before that a round's clients may have left it.
    fn has_grown(self, before: Held, resource: Resource) -> bool {
        let slack = match resource {
            Resource::Memory => MEMORY_SLACK,
            _ => SLACK,
        };
        self.of(resource) >= before.of(resource) + slack
    }
}

impl Examiner {
    /// Lets clients come and go until nothing grows any more, or until it is plain that something does.
    pub(super) async fn leaks(&self, wanted: &[Conduct]) -> Vec<(Conduct, Looked)> {
        let asked: Vec<Conduct> = (super::TAKES_CLIENTS.into_iter())
            .filter(|one| wanted.contains(one))
            .collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let all = |looked: Looked| asked.iter().map(|one| (*one, looked.clone())).collect();
        let Some(mut engine) = self.engine().await else {
            return all(Looked::NotSeen);
        };
        let leaks = self.grown(&mut engine).await;
        engine.finish().await;
        let Some(leaks) = leaks else {
            return all(Looked::NotSeen);
        };
        let looked = |conduct| {
            let leak = leaks
                .iter()
                .find(|grown| shown_by(grown.resource) == conduct);
            match leak {
                Some(grown) => Looked::fails(ProgramFinding::Grew(*grown)),
                None => Looked::well(),
            }
        };
        asked.iter().map(|one| (*one, looked(*one))).collect()
    }

    /// What grew in every round; `None` when the clients were not served.
    async fn grown(&self, engine: &mut Engine) -> Option<Vec<Grown>> {
        engine.hold(true);
        self.clients(engine, WARM_UP).await?;
        let crew = engine.started()?.server.current()?.running.tree.living();
        let first = held(&crew, &crew);
        let mut suspects: Vec<Resource> = RESOURCES.to_vec();
        let mut leaks = Vec::new();
        let mut before = first;
        for round in 1.. {
            self.clients(engine, CLIENTS).await?;
            // What ends late is waited for once; a leak would be waited for in vain each time.
            let patience = self.limits.settle / if round == 1 { 1 } else { 8 };
            let now = settled(engine, &crew, before, patience).await?;
            suspects.retain(|resource| now.has_grown(before, *resource));
            let enough = |resource: &Resource| {
                round
                    >= if *resource == Resource::Memory {
                        MEMORY_ROUNDS
                    } else {
                        ROUNDS
                    }
            };
            leaks.extend(suspects.extract_if(.., |one| enough(one)).map(|resource| {
                let unit = if resource == Resource::Memory {
                    1 << 20
                } else {
                    1
                };
                Grown {
                    resource,
                    clients: CLIENTS * round as u64,
                    before: first.of(resource) / unit,
                    after: now.of(resource) / unit,
                }
            }));
            if suspects.is_empty() {
                return Some(leaks);
            }
            before = now;
        }
        None
    }

    /// So many clients, one after another, each served.
    async fn clients(&self, engine: &mut Engine, count: u64) -> Option<()> {
        let play = Play {
            ending: Ending::Leave,
            ..self.lifeline.clone()
        };
        for _ in 0..count {
            let played = engine.play(&play, false).await;
            is_served(&played.outcome.verdict).then_some(())?;
        }
        Some(())
    }
}

/// The case that shows the growth of a resource.
fn shown_by(resource: Resource) -> Conduct {
    match resource {
        Resource::Descriptors => Conduct::DescriptorsComeBack,
        Resource::Threads => Conduct::ThreadsComeBack,
        Resource::Children | Resource::Zombies => Conduct::ChildrenComeBack,
        Resource::Memory => Conduct::MemoryStays,
    }
}

/// What the program holds once it is back where it was, or when it has had its time.
async fn settled(
    engine: &mut Engine,
    crew: &[Process],
    before: Held,
    limit: Duration,
) -> Option<Held> {
    let current = engine.started()?.server.current()?;
    let start = Instant::now();
    let mut pauses = Pauses::default();
    loop {
        let now = held(&current.running.tree.living(), crew);
        let counted = RESOURCES.iter().filter(|one| **one != Resource::Memory);
        let back = counted.clone().all(|one| !now.has_grown(before, *one));
        if back || start.elapsed() >= limit {
            return Some(now);
        }
        current.running.pause(pauses.longer()).await;
    }
}

/// What is held by those of the crew that still live; whoever came later counts as a child only.
fn held(living: &[Process], crew: &[Process]) -> Held {
    let mut all = Held {
        children: living.len() as u64,
        ..Held::default()
    };
    let crew = living.iter().filter(|one| crew.contains(one));
    for usage in crew.filter_map(|one| one.usage().ok()) {
        all.descriptors += usage.descriptors.unwrap_or(0) as u64;
        all.threads += usage.threads as u64;
        all.zombies += usage.zombies as u64;
        all.memory += usage.rss_bytes;
    }
    all
}

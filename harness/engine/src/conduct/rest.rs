//! A program that has nothing to do leaves the processor alone: without a client, before a silent one, and before one
//! that has sent all.
//!
//! What counts is how long its threads ran or wanted to run: who waits for a processor on a busy machine would be
//! running on a quiet one. A program passes as soon as it rests for one moment; only one that never does for seconds, and
//! so cannot be a run-time that tidies up, fails. Asking again every few milliseconds is no rest, but passes.

use std::time::{Duration, Instant};

use sockspec_case::program::{Conduct, ProgramFinding};

use super::{Examiner, Looked};
use crate::program::Instance;
use crate::program::ending::moment;

/// The first moment that is looked at; each further one is longer.
const FIRST: Duration = Duration::from_millis(20);
/// The longest moment that is looked at.
const LONGEST: Duration = Duration::from_millis(320);
/// From this part of a moment on, in percent of one processor, a program does not rest.
const BUSY_PERCENT: u64 = 60;

impl Examiner {
    /// Watches the program in every situation that is wanted, on one instance.
    pub(super) async fn rest(&self, wanted: &[Conduct]) -> Vec<(Conduct, Looked)> {
        let order = [
            Conduct::RestsWithoutClient,
            Conduct::RestsWithIdleClient,
            Conduct::RestsAfterEof,
        ];
        let asked: Vec<Conduct> = order
            .into_iter()
            .filter(|one| wanted.contains(one))
            .collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let unseen = || asked.iter().map(|one| (*one, Looked::NotSeen)).collect();
        let Some(mut engine) = self.engine().await else {
            return unseen();
        };
        engine.hold(true);
        let target = engine.target.clone();
        let Some(current) = engine
            .started()
            .and_then(|started| started.server.current())
        else {
            return unseen();
        };
        let mut looked = Vec::new();
        let (mut client, mut restless) = (None, None);
        for conduct in asked.iter().copied() {
            if conduct != Conduct::RestsWithoutClient && client.is_none() {
                client = self.silent_client(&target).await;
            }
            if conduct == Conduct::RestsAfterEof
                && let Some(client) = &mut client
            {
                client.fin();
            }
            let alone = conduct == Conduct::RestsWithoutClient;
            let seen = match restless {
                // It would not rest now either, and for the same reason.
                Some(earlier) => Looked::After(earlier),
                None if alone || client.is_some() => self.watch(current).await,
                None => Looked::NotSeen,
            };
            if matches!(&seen, Looked::Saw(conducted) if conducted.seen.is_some()) {
                restless = Some(conduct);
            }
            looked.push((conduct, seen));
        }
        let had_client = client.is_some();
        drop(client);
        let first = looked.first_mut();
        if let Some((Conduct::RestsWithoutClient, seen)) = first
            && had_client
            && restless.is_none()
            && let Some(current) = engine
                .started()
                .and_then(|started| started.server.current())
        {
            // Its client may have left a thread behind that does not notice.
            *seen = self.watch(current).await;
        }
        engine.finish().await;
        looked
    }

    async fn watch(&self, instance: &mut Instance) -> Looked {
        let time = self.limits.rest;
        match restless(instance, time).await {
            None => Looked::well(),
            Some(percent) => Looked::fails(ProgramFinding::UsedProcessor(percent, time)),
        }
    }
}

/// Looks until the program rests for a moment, or for as long as `limit`: what part of a processor it used in
/// the last moment, in percent; `None` when it rests.
pub(crate) async fn restless(instance: &mut Instance, limit: Duration) -> Option<u64> {
    let start = Instant::now();
    let mut window = FIRST;
    loop {
        let (before, at) = (demand(instance), Instant::now());
        // The moment itself is what is looked at: nothing is awaited.
        moment(window).await;
        let wanted = demand(instance).saturating_sub(before);
        let percent = percent(wanted, at.elapsed());
        // Who waits for a processor since before the moment began has not been charged for it yet.
        if percent < BUSY_PERCENT && instance.running.tree.is_asleep() {
            return None;
        }
        if start.elapsed() > limit {
            return Some(percent.min(100));
        }
        window = (window * 2).min(LONGEST);
    }
}

/// How long all threads of the program have run or wanted to.
fn demand(instance: &Instance) -> Duration {
    let all = instance.running.tree.living();
    all.iter().filter_map(|one| one.demand().ok()).sum()
}

fn percent(part: Duration, whole: Duration) -> u64 {
    let percent = part.as_micros() * 100 / whole.as_micros().max(1);
    u64::try_from(percent).unwrap_or(u64::MAX)
}

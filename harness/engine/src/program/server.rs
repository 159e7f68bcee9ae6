//! The server under test as its clients find it: one instance after another, each on a port of its own.
//!
//! A server that serves many is started once, and again only when it has died. One that serves one client gets a
//! fresh instance for each; the next ones are started ahead, so that nobody waits for them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::program::{Death, Exit};
use sockspec_sockdiag::Diag;
use tokio::task::JoinHandle;

use super::capture::Since;
use super::ending::Pauses;
use super::instance::{Instance, Launch, Spot, StartFailure};
use super::keyboard::Input;
use super::readiness;
use crate::target::Target;

/// How many instances of a server for one client are started ahead.
const AHEAD: usize = 3;
/// How long the program is given to say on its outputs what went wrong in a failed dialogue.
const SETTLE: Duration = Duration::from_millis(60);
/// How many looks in a row must find the program asleep before it is taken to have said all.
const LOOKS_ASLEEP: u32 = 2;

/// A server that the harness starts as often as needed.
#[derive(Debug)]
pub struct Server {
    launch: Arc<Launch>,
    diag: Option<Arc<Diag>>,
    current: Option<Instance>,
    /// Whether the current instance has had a client.
    used: bool,
    one_client: bool,
    input: Input,
    spares: VecDeque<Instance>,
    retiring: Vec<JoinHandle<()>>,
    starts: u32,
}

/// What the next client finds.
#[derive(Debug)]
pub struct Supply {
    /// Where to connect, when it is another instance than before.
    pub fresh: Option<Target>,
    /// How the instance before died, if it should not have.
    pub death: Option<Death>,
}

/// A program that did not start: why, and how it ended or what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotStarted {
    /// Why.
    pub failure: StartFailure,
    /// What is known of its end; no exit where it still ran.
    pub end: Option<Death>,
}

impl Server {
    /// A server that was not started yet.
    pub fn new(launch: Arc<Launch>, diag: Option<Arc<Diag>>) -> Self {
        Server {
            launch,
            diag,
            current: None,
            used: false,
            one_client: false,
            input: Input::Pipe,
            spares: VecDeque::new(),
            retiring: Vec::new(),
            starts: 0,
        }
    }

    /// How instances are started.
    pub fn launch(&self) -> &Arc<Launch> {
        &self.launch
    }

    /// How often it was started.
    pub fn starts(&self) -> u32 {
        self.starts
    }

    /// The instance that serves now.
    pub fn current(&mut self) -> Option<&mut Instance> {
        self.current.as_mut()
    }

    /// From now on each client gets an instance of its own.
    pub fn serves_one_client(&mut self) {
        self.one_client = true;
    }

    /// Whether each client gets an instance of its own.
    pub fn is_for_one_client(&self) -> bool {
        self.one_client
    }

    /// What instances get for a standard input.
    pub fn input(&self) -> Input {
        self.input
    }

    /// From now on instances get this for a standard input; those that run are ended.
    pub fn turn_to(&mut self, input: Input) {
        self.input = input;
        self.retire();
        for spare in std::mem::take(&mut self.spares) {
            self.end_beside(spare);
        }
    }

    /// Sees to it that the next client finds a server. Within one dialogue (`first` is false) a server that
    /// died stays dead: that is what the dialogue is about.
    ///
    /// # Errors
    /// It does not start again.
    pub async fn supply(&mut self, first: bool) -> Result<Supply, NotStarted> {
        let mut death = None;
        let spent = self.one_client && self.used;
        if spent {
            self.retire();
        } else if first && self.current.is_some() {
            death = self.death().await;
            if death.is_some() {
                self.retire();
            }
        }
        self.used = true;
        if self.current.is_some() {
            return Ok(Supply { fresh: None, death });
        }
        let fresh = Some(self.start().await?);
        Ok(Supply { fresh, death })
    }

    /// Makes the next instance the current one. A program that has started before gets a second chance.
    async fn start(&mut self) -> Result<Target, NotStarted> {
        let known = self.starts > 0;
        match self.start_next().await {
            Err(_) if known => self.start_next().await,
            started => started,
        }
    }

    async fn start_next(&mut self) -> Result<Target, NotStarted> {
        let next = match self.spares.pop_front() {
            Some(spare) => spare,
            None => self.launch_one()?,
        };
        // The next ones start while this one serves.
        while self.one_client && self.spares.len() < AHEAD {
            let spare = self.launch_one()?;
            self.spares.push_back(spare);
        }
        let current = self.current.insert(next);
        match current.ready(self.diag.as_deref(), self.launch.start).await {
            Ok(target) => Ok(target),
            Err(failure) => {
                let end = Some(current.epitaph().await);
                self.retire();
                Err(NotStarted { failure, end })
            }
        }
    }

    fn launch_one(&mut self) -> Result<Instance, NotStarted> {
        let not_started = |failure| NotStarted { failure, end: None };
        let spot = Spot::free(self.launch.transport).map_err(|error| {
            not_started(StartFailure::NotExecuted {
                reason: error.to_string(),
            })
        })?;
        self.starts += 1;
        Instance::start_with(&self.launch, Arc::new(spot), self.input).map_err(not_started)
    }

    /// How the current instance died, if it did.
    pub async fn death(&mut self) -> Option<Death> {
        let diag = self.diag.as_deref();
        let current = self.current.as_mut()?;
        // The usual case first, in two system calls.
        if current.running.exit().is_none()
            && diag.is_some()
            && readiness::may_listen(current.spot.told(), diag)
        {
            return None;
        }
        current.death(diag).await
    }

    /// After a dialogue that failed: how the program ended that should not have, or not so.
    pub async fn end_in_dialogue(&mut self) -> Option<Death> {
        self.settle(SETTLE).await;
        if !self.one_client {
            return self.death().await;
        }
        match self.current.as_mut()?.running.ended()? {
            // Serving one client, then leaving, is what it is for.
            (Exit::Code(0), _) => None,
            (exit, words) => Some(Death {
                exit: Some(exit),
                words,
            }),
        }
    }

    /// Waits until the program has ended, or sleeps and so has said and done what it had to; at most so long.
    pub async fn settle(&mut self, limit: Duration) {
        let Some(current) = &mut self.current else {
            return;
        };
        let start = Instant::now();
        let (mut pauses, mut asleep) = (Pauses::default(), 0);
        while asleep < LOOKS_ASLEEP && start.elapsed() < limit && current.running.exit().is_none() {
            asleep = match current.running.tree.is_asleep() {
                true => asleep + 1,
                false => 0,
            };
            current.running.pause(pauses.longer()).await;
        }
    }

    /// What the current instance printed since the last look, with the moment from which times count.
    pub fn printed(&mut self) -> Option<(Instant, Since)> {
        let capture = &self.current.as_ref()?.running.capture;
        Some((capture.begun(), capture.since_last()))
    }

    /// Ends the current instance, while other things go on.
    pub fn retire(&mut self) {
        self.used = false;
        if let Some(instance) = self.current.take() {
            self.end_beside(instance);
        }
    }

    /// Ends an instance, while other things go on.
    pub fn end_beside(&mut self, instance: Instance) {
        let grace = self.launch.grace;
        self.retiring.retain(|one| !one.is_finished());
        self.retiring.push(tokio::spawn(instance.end(grace)));
    }

    /// Ends all instances.
    pub async fn finish(&mut self) {
        self.retire();
        for spare in std::mem::take(&mut self.spares) {
            self.end_beside(spare);
        }
        for one in std::mem::take(&mut self.retiring) {
            let _ = one.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Each kills its processes as it is dropped.
        for one in &self.retiring {
            one.abort();
        }
    }
}

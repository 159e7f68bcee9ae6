//! Plays against a server that the harness starts: who serves the next client, how a server died and in which
//! case, and what it printed meanwhile.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::player::STREAMS;
use sockspec_case::program::Death;
use sockspec_case::transcript::{ConnectError, Event, Kind, Transcript};
use sockspec_sockdiag::Diag;
use sockspec_spec::model::Transport;

use super::Engine;
use super::streams::Hearing;
use crate::limits::Limits;
use crate::program::instance::Launch;
use crate::program::keyboard::Input;
use crate::program::server::{NotStarted, Server};
use crate::quiet::Witness;
use crate::target::Target;

/// How long a server is given to end after its client, while it is not known whether it will.
const LEAVING: Duration = Duration::from_secs(1);

/// A server under the engine's care.
#[derive(Debug)]
pub struct Started {
    /// Its instances.
    pub server: Server,
    /// The case that is being played.
    pub case: String,
    /// The case whose clients the server had last.
    last: String,
    /// Whether it is left as it is when it has ended.
    held: bool,
    /// How it died, by the case after or in which it did.
    pub deaths: BTreeMap<String, Death>,
    /// What was printed and has not been handed on yet.
    pub(super) heard: VecDeque<(Instant, Kind)>,
    /// What is heard of it in the dialogue under way.
    pub(super) hearing: Hearing,
    /// Set when it does not start any more.
    pub broken: Option<NotStarted>,
}

impl Engine {
    /// An engine for a server that it starts itself: started once, so that it is known to listen.
    ///
    /// # Errors
    /// It does not start, or does not listen where it was told.
    pub async fn start(launch: Arc<Launch>, limits: Limits) -> Result<Self, NotStarted> {
        Self::start_with(launch, limits, Input::Pipe).await
    }

    /// As [`start`](Self::start), with this for a standard input.
    ///
    /// # Errors
    /// It does not start, or does not listen where it was told.
    pub async fn start_with(
        launch: Arc<Launch>,
        limits: Limits,
        input: Input,
    ) -> Result<Self, NotStarted> {
        let diag = Diag::open().ok().map(Arc::new);
        let mut server = Server::new(Arc::clone(&launch), diag.clone());
        server.turn_to(input);
        if launch.transport == Transport::None {
            // Each dialogue has an instance of its own.
            server.serves_one_client();
        }
        let supply = server.supply(true).await;
        let target = match supply {
            Ok(supply) => supply.fresh,
            Err(failure) => {
                server.finish().await;
                return Err(failure);
            }
        };
        let target = target.unwrap_or_else(|| Target::Tcp(([127, 0, 0, 1], 0).into()));
        let mut engine = Engine::with(target, limits, diag);
        engine.started = Some(Started {
            server,
            case: String::new(),
            last: String::new(),
            held: false,
            deaths: BTreeMap::new(),
            heard: VecDeque::new(),
            hearing: Hearing::default(),
            broken: None,
        });
        engine.watch_instance();
        Ok(engine)
    }

    /// What the engine knows of the server that it starts; `None` for a target at an address.
    pub fn started(&mut self) -> Option<&mut Started> {
        self.started.as_mut()
    }

    /// Whether the engine starts the target itself.
    pub fn is_started(&self) -> bool {
        self.started.is_some()
    }

    /// What is played from now on belongs to this case.
    pub fn plays(&mut self, case: &str) {
        if let Some(started) = &mut self.started {
            case.clone_into(&mut started.case);
        }
    }

    /// While it is held a server that ended is not started again: how it serves is being found out.
    pub fn hold(&mut self, held: bool) {
        if let Some(started) = &mut self.started {
            started.held = held;
        }
    }

    /// How the server ended, by the case after or in which it did.
    pub fn deaths(&self) -> BTreeMap<String, Option<Death>> {
        let deaths = self.started.iter().flat_map(|started| &started.deaths);
        deaths
            .map(|(case, death)| (case.clone(), Some(death.clone())))
            .collect()
    }

    /// Lets the client go that is connected: whether the program ends then. Never one that was not started.
    pub async fn ends_with_its_client(&mut self) -> bool {
        self.release().await;
        let Some(started) = &mut self.started else {
            return false;
        };
        started.server.settle(LEAVING).await;
        started.server.death().await.is_some()
    }

    /// Whether each client gets an instance of its own.
    pub fn is_for_one_client(&self) -> bool {
        self.started
            .as_ref()
            .is_some_and(|started| started.server.is_for_one_client())
    }

    /// Sees to it that the next client finds a server; `first` of a dialogue, if so.
    pub(super) async fn supply(&mut self, first: bool) -> Result<(), ConnectError> {
        let Some(started) = &mut self.started else {
            return Ok(());
        };
        if first && std::mem::take(&mut started.hearing.is_ready) {
            return Ok(());
        }
        if first && started.case.is_empty() && !started.held {
            // How it serves is not known yet: a server for one client may be on its way out.
            started.server.settle(LEAVING).await;
        }
        let supply = started.server.supply(first && !started.held).await;
        let last = std::mem::replace(&mut started.last, started.case.clone());
        match supply {
            Ok(supply) => {
                if let Some(death) = supply.death
                    && !last.is_empty()
                {
                    started.deaths.entry(last).or_insert(death);
                }
                if let Some(target) = supply.fresh {
                    self.target = target;
                    self.kept = None;
                    self.watch_instance();
                }
                Ok(())
            }
            Err(failure) => {
                started.broken = Some(failure);
                Err(ConnectError::Refused)
            }
        }
    }

    /// Looks at the processes of the instance that serves now.
    fn watch_instance(&mut self) {
        let Some(started) = &mut self.started else {
            return;
        };
        if let (Some(diag), Some(current)) = (&self.diag, started.server.current()) {
            let horizon = self.limits.first_answer * 2;
            let root = current.running.tree.root();
            self.witness = Some(match current.running.exit() {
                None => Witness::of_process(Arc::clone(diag), root.pid, horizon),
                // It has made itself a daemon.
                Some(_) => Witness::new(Arc::clone(diag), horizon),
            });
        }
    }

    /// After a dialogue: how the program ended in it, if it failed, and what it printed meanwhile, which goes
    /// into the transcript.
    pub(super) async fn hear(
        &mut self,
        transcript: &mut Transcript,
        start: Instant,
        failed: bool,
    ) -> Option<Death> {
        let started = self.started.as_mut()?;
        let death = match failed {
            true => started.server.end_in_dialogue().await,
            false => None,
        };
        started.listen();
        let known = transcript.events.iter().rev();
        let known = known.clone().find(|event| event.connection == STREAMS);
        let not_before = known.map_or(Duration::ZERO, |event| event.at);
        let events = started.heard.drain(..).map(|(at, kind)| Event {
            at: at.saturating_duration_since(start).max(not_before),
            connection: STREAMS,
            kind,
        });
        transcript.events.extend(events);
        transcript.events.sort_by_key(|event| event.at);
        death
    }

    /// The server runs and serves nobody any more: it is ended, so that the next client finds another.
    pub async fn give_up(&mut self, case: &str) {
        if let Some(started) = &mut self.started {
            let death = match started.server.current() {
                Some(current) => current.epitaph().await,
                None => return,
            };
            started.deaths.entry(case.to_owned()).or_insert(death);
            started.server.retire();
        }
    }

    /// Ends all that the engine started.
    pub async fn finish(&mut self) {
        self.release().await;
        if let Some(started) = &mut self.started {
            started.server.finish().await;
        }
    }
}

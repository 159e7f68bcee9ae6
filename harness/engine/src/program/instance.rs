//! One instance of a server under test: started on a port of its own, until it listens.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::program::{Death, Exit};
use sockspec_sockdiag::Diag;
use sockspec_sockdiag::tables::Place;
use sockspec_spec::model::Transport;

use super::command::{CommandLine, Placeholder, Values};
use super::ending::Pauses;
use super::folder::Folder;
use super::keyboard::Input;
use super::port::Port;
use super::readiness::{self, Sight, Told};
use super::spawn::{Running, Surroundings};
use crate::target::Target;

/// The address that a server is told to listen on.
const HOST: &str = "127.0.0.1";
/// How long a program that listens elsewhere only is given to listen where it was told, too.
const ELSEWHERE: Duration = Duration::from_secs(2);
/// How many quick looks go before a thorough one: a socket on an unusual address is found by the latter only.
const QUICK_LOOKS: u32 = 16;

/// How long a program that no longer serves is given to end.
const DYING: Duration = Duration::from_millis(500);

/// How servers are started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The command.
    pub command: CommandLine,
    /// How clients come.
    pub transport: Transport,
    /// Working directory and environment.
    pub surroundings: Surroundings,
    /// Values of the placeholders that are the same for each instance.
    pub values: Values,
    /// How long an instance has until it listens.
    pub start: Duration,
    /// How long it has to end after SIGTERM, when it is no longer needed.
    pub grace: Duration,
}

impl Launch {
    /// The placeholder that says where to listen.
    pub fn place(&self) -> Placeholder {
        Placeholder::place(self.transport)
    }
}

/// Where an instance listens: held as long as it may.
#[derive(Debug)]
pub struct Spot {
    told: Told,
    _port: Option<Port>,
    _folder: Option<Folder>,
}

impl Spot {
    /// A place where nobody listens.
    ///
    /// # Errors
    /// The system has none.
    pub fn free(transport: Transport) -> io::Result<Self> {
        let mut told = Told {
            transport,
            port: 0,
            path: String::new(),
        };
        if transport == Transport::Unix {
            let folder = Folder::new()?;
            told.path = folder.path().join("socket").display().to_string();
            return Ok(Spot {
                told,
                _port: None,
                _folder: Some(folder),
            });
        }
        if transport == Transport::None {
            return Ok(Spot {
                told,
                _port: None,
                _folder: None,
            });
        }
        let port = Port::free()?;
        told.port = port.number();
        Ok(Spot {
            told,
            _port: Some(port),
            _folder: None,
        })
    }

    /// Where that is.
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// The values of the placeholders here.
    pub fn values(&self, common: &Values) -> Values {
        Values {
            port: self.told.port.to_string(),
            path: self.told.path.clone(),
            host: HOST.to_owned(),
            ..common.clone()
        }
    }
}

/// Why a program does not serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartFailure {
    /// It could not be executed.
    NotExecuted {
        /// What the system said.
        reason: String,
    },
    /// It ended before it listened.
    Died(Exit),
    /// It did not listen in time.
    Silent {
        /// How long it had.
        limit: Duration,
    },
    /// It listens, but not where it was told.
    Elsewhere {
        /// Where it listens.
        found: String,
        /// Where it should.
        told: String,
    },
}

impl StartFailure {
    fn elsewhere(places: &[Place], told: &Told) -> Self {
        let found: Vec<String> = places.iter().map(ToString::to_string).collect();
        StartFailure::Elsewhere {
            found: found.join(", "),
            told: told.shown(),
        }
    }
}

/// A server that runs.
#[derive(Debug)]
pub struct Instance {
    /// Its process, with all that belongs to it.
    pub running: Running,
    /// Where it was told to listen.
    pub spot: Arc<Spot>,
    /// Where it listens, once it does.
    pub target: Option<Target>,
    begun: Instant,
    /// Whether the process that was started still ran when somebody listened.
    stood: bool,
}

impl Instance {
    /// Starts a server at a place; it may not listen yet.
    ///
    /// # Errors
    /// It could not be executed.
    pub fn start(launch: &Launch, spot: Arc<Spot>) -> Result<Self, StartFailure> {
        Self::start_with(launch, spot, Input::Pipe)
    }

    /// As [`start`](Self::start), with this for a standard input.
    ///
    /// # Errors
    /// It could not be executed.
    pub fn start_with(
        launch: &Launch,
        spot: Arc<Spot>,
        input: Input,
    ) -> Result<Self, StartFailure> {
        let words = launch.command.fill(&spot.values(&launch.values));
        let running =
            Running::start_with(&words, &launch.surroundings, input).map_err(|error| {
                StartFailure::NotExecuted {
                    reason: error.to_string(),
                }
            })?;
        Ok(Instance {
            running,
            spot,
            target: None,
            begun: Instant::now(),
            stood: false,
        })
    }

    /// Waits until it listens where it was told.
    ///
    /// # Errors
    /// It ended first, listens elsewhere, or does not listen within `limit` after its start.
    pub async fn ready(
        &mut self,
        diag: Option<&Diag>,
        limit: Duration,
    ) -> Result<Target, StartFailure> {
        if self.spot.told().transport == Transport::None {
            // It listens nowhere; what it shows says whether it lives.
            self.stood = true;
            return Ok(Target::Nowhere);
        }
        let mut pauses = Pauses::default();
        // Where else it listens, and since when.
        let mut elsewhere: Option<(Instant, StartFailure)> = None;
        let mut looks = 0u32;
        loop {
            // What it did before it ended counts.
            let gone = self.running.is_gone();
            looks += 1;
            let told = self.spot.told();
            let thorough = gone || looks.is_multiple_of(QUICK_LOOKS);
            if thorough || readiness::may_listen(told, diag) {
                match readiness::look(told, &self.running.tree.living(), diag) {
                    Sight::Listens(target) => {
                        self.target = Some(target.clone());
                        self.stood = self.running.exit().is_none();
                        return Ok(target);
                    }
                    Sight::Elsewhere(places) if elsewhere.is_none() => {
                        elsewhere = Some((Instant::now(), StartFailure::elsewhere(&places, told)));
                    }
                    Sight::Elsewhere(_) | Sight::Nowhere => {}
                }
            }
            if gone {
                let (exit, _) = self.running.ended().unwrap_or((Exit::Code(0), Vec::new()));
                return Err(StartFailure::Died(exit));
            }
            let late = self.begun.elapsed() >= limit;
            match elsewhere.take() {
                Some((since, failure)) if late || since.elapsed() >= ELSEWHERE => {
                    return Err(failure);
                }
                None if late => return Err(StartFailure::Silent { limit }),
                seen => elsewhere = seen,
            }
            self.running.pause(pauses.longer()).await;
        }
    }

    /// Whether it has ended, or no longer listens: how.
    pub async fn death(&mut self, diag: Option<&Diag>) -> Option<Death> {
        if self.spot.told().transport == Transport::None {
            // To end is what it is for.
            return None;
        }
        // Its children may still hold the socket that it listened on; nobody accepts there any more. Only what
        // starts a server and is done ends well.
        if self.stood && self.running.exit().is_some_and(|exit| !exit.is_clean()) {
            return Some(self.epitaph().await);
        }
        // Quickly first; a thorough look finds a socket on an unusual address, too.
        let told = self.spot.told();
        if !self.running.is_gone()
            && ((diag.is_some() && readiness::may_listen(told, diag))
                || matches!(
                    readiness::look(told, &self.running.tree.living(), diag),
                    Sight::Listens(_)
                ))
        {
            return None;
        }
        Some(self.epitaph().await)
    }

    /// How it ended, if it does, and what it said last.
    pub async fn epitaph(&mut self) -> Death {
        // Who has closed its sockets may still be on its way out.
        self.running.wait(DYING).await;
        match self.running.ended() {
            Some((exit, words)) => Death {
                exit: Some(exit),
                words,
            },
            None => Death {
                exit: None,
                words: self.running.capture.last_words(),
            },
        }
    }

    /// Ends it with all its processes; its place is free again afterwards.
    pub async fn end(self, grace: Duration) {
        let Instance { running, spot, .. } = self;
        running.end(grace).await;
        drop(spot);
    }
}

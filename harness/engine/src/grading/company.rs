//! Cases that take several instances of the program, each of which is told whom it may ask.
//!
//! Flow: every server gets its place first, so that each can be told the next one's; then they are started,
//! from the last to the first; some are played by the harness, and know one answer. The dialogue is played with the
//! first, and every answer is waited for as long as servers that ask each other may take. In the end none may have died, and all must rest.
//!
//! What the kernel says of one process is never taken for silence here: it may be waiting for another.

mod stand_in;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use sockspec_case::diagnose;
use sockspec_case::diagnosis::{Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Status};
use sockspec_case::pattern::Row;
use sockspec_case::plan::PlannedCase;
use sockspec_case::player::Failure;
use sockspec_case::program::{Death, ProgramFinding};
use sockspec_case::reproduce::{self, Reach};
use sockspec_case::transcript::Transcript;
use sockspec_sockdiag::Diag;
use sockspec_spec::model::{Case, Peer, Setup};
use tokio::task::JoinSet;

use super::playing::CasePlayed;
use super::{Grading, Request, Run, Subject};
use crate::conduct::restless;
use crate::engine::Engine;
use crate::limits::Limits;
use crate::program::instance::{Instance, Launch, Spot};
use crate::program::{Folder, Placeholder, StartFailure, Values};
use crate::target::Target;

/// How long is waited for a request to be read before the next client sends its own: who is busy asking
/// need not read.
const BARRIER: Duration = Duration::from_millis(100);

/// Instances of the program that know each other.
#[derive(Debug)]
struct Company {
    servers: Vec<Instance>,
    /// Where clients come.
    first: Target,
    /// What the address of each is called in a dialogue.
    names: Row,
    diag: Option<Arc<Diag>>,
    /// What must stay as long as they run: their data, and whoever keeps silent.
    _held: Held,
}

/// What the servers were told of.
#[derive(Debug)]
struct Held {
    _data: Folder,
    _silent: Vec<TcpListener>,
    _dead: Vec<Spot>,
    _played: JoinSet<()>,
}

/// Why they do not serve.
enum NoCompany {
    /// The machine has no place for them.
    Machine,
    /// One of them does not start.
    Program(StartFailure, Option<Death>),
}

impl From<io::Error> for NoCompany {
    fn from(_: io::Error) -> Self {
        NoCompany::Machine
    }
}

impl Company {
    async fn start(run: &Run, setups: &[Setup], limits: &Limits) -> Result<Self, NoCompany> {
        let launch = &run.launch;
        let data = Folder::new()?;
        let (mut silent, mut dead) = (Vec::new(), Vec::new());
        let mut spots = Vec::new();
        for _ in setups {
            spots.push(Arc::new(Spot::free(launch.transport)?));
        }
        let mut names = Row::new();
        for (at, spot) in spots.iter().enumerate() {
            let told = address(spot.told().port);
            names.insert(Setup::name(at), told.into_bytes());
        }
        let mut played = JoinSet::new();
        for (setup, spot) in setups.iter().zip(&spots) {
            if let Some(part) = &setup.played {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, spot.told().port))?;
                played.spawn(stand_in::serve(listener, stand_in::Part::of(part, &names))?);
            }
        }
        let mut values = Vec::new();
        for (at, setup) in setups.iter().enumerate() {
            let peer = match setup.peer {
                Peer::None => None,
                Peer::Server(other) => spots.get(other).map(|spot| spot.told().port),
                Peer::Dead => {
                    let spot = Spot::free(launch.transport)?;
                    let port = spot.told().port;
                    dead.push(spot);
                    Some(port)
                }
                Peer::Silent => {
                    // The kernel takes clients in; nobody ever does.
                    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
                    let port = listener.local_addr()?.port();
                    silent.push(listener);
                    Some(port)
                }
            };
            let mut own = Values {
                peer: peer.map(address).unwrap_or_default(),
                ..launch.values.clone()
            };
            if let Some(text) = &setup.data_file {
                let path = data.path().join(data_name(at));
                std::fs::write(&path, text)?;
                own.data = path.display().to_string();
            }
            values.push(own);
        }
        let held = Held {
            _data: data,
            _silent: silent,
            _dead: dead,
            _played: played,
        };
        let diag = Diag::open().ok().map(Arc::new);
        let mut servers = Vec::new();
        let mut first = None;
        let places = spots.into_iter().zip(values).zip(setups).rev();
        for ((spot, values), _) in places.filter(|(_, setup)| setup.played.is_none()) {
            let launch = Launch {
                values,
                ..Launch::clone(launch)
            };
            let no = |failure| NoCompany::Program(failure, None);
            let mut server = Instance::start(&launch, spot).map_err(no)?;
            match server.ready(diag.as_deref(), limits.start).await {
                Ok(target) => first = Some(target),
                Err(failure) => {
                    let end = server.epitaph().await;
                    return Err(NoCompany::Program(failure, Some(end)));
                }
            }
            servers.push(server);
        }
        // Started from the last to the first: that which came last is where clients come.
        Ok(Company {
            first: first.ok_or(NoCompany::Machine)?,
            names,
            servers,
            diag,
            _held: held,
        })
    }

    /// What one of them did that none may: it died, or does not rest.
    async fn misconduct(&mut self, limits: &Limits) -> Option<(Finding, Option<Death>)> {
        for server in &mut self.servers {
            if let Some(death) = server.death(self.diag.as_deref()).await {
                return Some((Finding::Died, Some(death)));
            }
        }
        for server in &mut self.servers {
            if let Some(percent) = restless(server, limits.rest).await {
                let seen = ProgramFinding::UsedProcessor(percent, limits.rest);
                return Some((Finding::Program(seen), None));
            }
        }
        None
    }

    async fn end(self, grace: Duration) {
        for server in self.servers {
            server.end(grace).await;
        }
    }
}

fn address(port: u16) -> String {
    format!("{}:{port}", Ipv4Addr::LOCALHOST)
}

impl Request {
    /// The cases that are asked for.
    pub(super) fn cases(&self) -> impl Iterator<Item = (usize, &Case)> {
        let cases = self.spec.server_cases();
        cases
            .filter(|(_, case)| self.selection.takes_base(&case.id, case.level))
            .filter(|(_, case)| self.options.strict || !case.is_strict())
    }

    /// How a reader reaches servers that ask each other, by hand.
    pub(super) fn reach_company(&self, setups: &[Setup]) -> Reach {
        let (Subject::Started(run), Some(values)) = (&self.subject, self.shown_values()) else {
            return self.reach();
        };
        let port = |at: usize| {
            let offset = u16::try_from(at).unwrap_or_default();
            run.shown_port.wrapping_add(offset)
        };
        let mut lines = Vec::new();
        if let (Some(text), false) = (&self.spec.data_file, values.data.is_empty()) {
            lines.push(reproduce::write_file(text, &values.data));
        }
        for (at, setup) in setups.iter().enumerate().rev() {
            let mut own = Values {
                port: port(at).to_string(),
                peer: match setup.peer {
                    Peer::None => String::new(),
                    Peer::Server(other) => address(port(other)),
                    Peer::Dead | Peer::Silent => address(port(setups.len())),
                },
                ..values.clone()
            };
            if let Some(part) = &setup.played {
                let answer = shell_words::quote(&part.answer).into_owned();
                lines.push(format!("echo {answer} | nc -l {} &", port(at)));
                continue;
            }
            if setup.peer == Peer::Silent {
                lines.push(format!("nc -lk {} &", port(setups.len())));
            }
            if let Some(text) = &setup.data_file {
                own.data = data_name(at);
                lines.push(reproduce::write_file(text, &own.data));
            }
            let server = run.launch.command.shown(&own);
            lines.push(match at {
                0 => server,
                _ => format!("{server} &"),
            });
        }
        Reach {
            address: address(run.shown_port),
            start: Some(lines.join("\n")),
        }
    }
}

/// The name of a server's data file (0-based in, from 1 out).
fn data_name(at: usize) -> String {
    format!("data-{}.txt", at + 1)
}

impl Grading<'_> {
    /// What the command lacks to start the servers of a case; `None` where it lacks nothing.
    pub(super) fn lacks_place(&self, planned: &PlannedCase) -> Option<CaseResult> {
        let Subject::Started(run) = &self.request.subject else {
            return None;
        };
        let servers = &planned.servers;
        let asked = [
            (
                Placeholder::Peer,
                servers.iter().any(|one| one.peer != Peer::None),
            ),
            (
                Placeholder::Data,
                servers.iter().any(|one| one.data_file.is_some()),
            ),
        ];
        let lacks = (asked.into_iter())
            .find(|(place, needed)| *needed && !run.launch.command.mentions(*place));
        lacks.map(|(place, _)| {
            let finding = ProgramFinding::LacksPlace(place.as_str().to_owned());
            let diagnosis = Some(Diagnosis::not_judged(Finding::Program(finding)));
            diagnose::result(planned, Status::Skipped, diagnosis, Transcript::default())
        })
    }

    /// Plays a case with servers of its own.
    pub(super) async fn play_in_company(&mut self, planned: &PlannedCase) -> CasePlayed {
        let limits = self.request.limits;
        let Subject::Started(run) = &self.request.subject else {
            return CasePlayed::without(Status::Skipped, Finding::NeedsRun, None);
        };
        let mut company = match Company::start(run, &planned.servers, &limits).await {
            Ok(company) => company,
            Err(NoCompany::Machine) => {
                return CasePlayed::without(Status::Inconclusive, Finding::NotSeen, None);
            }
            Err(NoCompany::Program(failure, end)) => {
                let finding = Finding::Program(super::started::finding_of(&failure).0);
                return CasePlayed::without(Status::Fail, finding, end);
            }
        };
        let mut planned = planned.clone();
        planned.plays = (planned.plays.into_iter())
            .map(|play| play.knowing(&company.names))
            .collect();
        let answer = limits.relayed_answer;
        let patient = Limits {
            answer,
            first_answer: answer,
            answer_floor: answer,
            barrier: limits.barrier.min(BARRIER),
            ..limits
        };
        let mut engine = Engine::new(company.first.clone(), patient);
        engine.trust_witness = false;
        let usual = std::mem::replace(&mut self.engine, engine);
        // Every answer was waited for as long as it may take: what failed is not tried again.
        let mut played = self.play_case(&planned, false).await;
        self.engine = usual;
        if let Some((finding, death)) = company.misconduct(&limits).await {
            if played.status.earns() {
                played.status = Status::Fail;
                played.failure = Some((Failure::of(finding), String::new()));
            }
            played.death = played.death.or(death);
        }
        company.end(limits.grace).await;
        played
    }
}

//! Grading a program that the harness starts: what differs from one that is found at an address.
//!
//! It is started again when it has died, so that one case fails for it and the others are still graded; and
//! one that serves one client is started for each.

use std::sync::Arc;

use sockspec_case::diagnosis::{Diagnosis, Finding};
use sockspec_case::grade::{Grade, Status};
use sockspec_case::plan::PlannedCase;
use sockspec_case::program::{
    self, ByHand, Conduct, Conducted, Death, Exit, LEVEL, ProgramFinding,
};
use sockspec_case::reproduce::{self, Reach};
use sockspec_case::style::ServingSeen;
use sockspec_spec::cause::Cause;
use sockspec_spec::model::{Serving, Transport};

use super::{GradeError, Grading, Progress, Request, Subject};
use crate::conduct::{Examiner, Looked};
use crate::discover::{self, Discovery};
use crate::engine::Engine;
use crate::limits::Limits;
use crate::link::Link;
use crate::program::build::{self, BuildFailure};
use crate::program::{CommandLine, Folder, Launch, NotStarted, StartFailure, Values};
use crate::target::Target;

/// A program to be started.
#[derive(Clone, Debug)]
pub struct Run {
    /// How each instance is started.
    pub launch: Arc<Launch>,
    /// What builds the program before.
    pub build: Option<CommandLine>,
    /// The port that is shown to readers: the exercise's usual one.
    pub shown_port: u16,
    /// What the program needs on disk, kept as long as it may be started.
    pub folder: Option<Arc<Folder>>,
}

/// Why a program serves nobody.
#[derive(Debug)]
pub(super) struct Failure {
    finding: ProgramFinding,
    cause: Cause,
    end: Option<Death>,
}

/// Builds the program and starts it for the first time.
///
/// # Errors
/// A command cannot be executed: whoever typed it must act. Within, the program's own failure.
pub(super) async fn begin(
    run: &Run,
    limits: Limits,
) -> Result<Result<Engine, Failure>, GradeError> {
    let launch = &run.launch;
    if let Some(command) = &run.build
        && let Err(failure) = build::build(command, &launch.surroundings, limits.build).await
    {
        return not_built(failure, command).map(Err);
    }
    match Engine::start(Arc::clone(launch), limits).await {
        Ok(engine) => Ok(Ok(engine)),
        Err(NotStarted {
            failure: StartFailure::NotExecuted { reason },
            ..
        }) => Err(GradeError::NotExecuted {
            command: launch.command.text().to_owned(),
            reason,
        }),
        Err(failure) => Ok(Err(not_started(failure))),
    }
}

fn not_built(failure: BuildFailure, command: &CommandLine) -> Result<Failure, GradeError> {
    let (finding, exit, words) = match failure {
        BuildFailure::NotExecuted { reason } => {
            return Err(GradeError::NotExecuted {
                command: command.text().to_owned(),
                reason,
            });
        }
        BuildFailure::Failed { exit, words } => (ProgramFinding::NotBuilt(exit), Some(exit), words),
        BuildFailure::TooLong { limit, words } => {
            (ProgramFinding::BuildTooLong(limit), None, words)
        }
    };
    Ok(Failure {
        finding,
        cause: Cause::BuildFails,
        end: Some(Death { exit, words }),
    })
}

/// The exit code by which a shell says that there is no such command, and a program that it does not do this.
const NOT_IMPLEMENTED: Exit = Exit::Code(127);

fn not_started(NotStarted { failure, end }: NotStarted) -> Failure {
    let says_so = (end.as_ref()).is_some_and(|end| program::says_unimplemented(&end.words));
    let (finding, cause) = match failure {
        StartFailure::Died(exit) if exit == NOT_IMPLEMENTED || says_so => {
            (ProgramFinding::Unimplemented, Cause::Unimplemented)
        }
        failure => finding_of(&failure),
    };
    Failure {
        finding,
        cause,
        end,
    }
}

/// What a program did that does not start.
pub(super) fn finding_of(failure: &StartFailure) -> (ProgramFinding, Cause) {
    match failure {
        StartFailure::Died(exit) => (ProgramFinding::DiedAtStart(*exit), Cause::DiesAtStart),
        StartFailure::Silent { limit } => {
            (ProgramFinding::NeverListened(*limit), Cause::NotListening)
        }
        StartFailure::Elsewhere { found, told } => {
            let (found, told) = (found.clone(), told.clone());
            let finding = ProgramFinding::ListensElsewhere { found, told };
            (finding, Cause::ListensElsewhere)
        }
        // Told apart before: it is no failure of the program.
        StartFailure::NotExecuted { .. } => (
            ProgramFinding::DiedAtStart(NOT_IMPLEMENTED),
            Cause::DiesAtStart,
        ),
    }
}

/// The grade of a program that serves nobody: one case says why, all others wait for it.
pub(super) async fn without_start(
    request: &Request,
    failure: Failure,
    observer: &mut dyn FnMut(Progress<'_>),
    started_us: i64,
) -> Grade {
    let nowhere = Target::Tcp(([127, 0, 0, 1], 0).into());
    let engine = Engine::new(nowhere, request.limits);
    let discovery = Discovery::nothing(request.spec.framing);
    let mut grading = Grading::new(request, engine, discovery, observer);
    let unimplemented = failure.finding == ProgramFinding::Unimplemented;
    let diagnosis = Diagnosis {
        cause: failure.cause,
        death: failure.end,
        ..Diagnosis::not_judged(Finding::Program(failure.finding))
    };
    let status = match unimplemented {
        true => Status::Unimplemented,
        false => Status::Fail,
    };
    let listens = Conduct::ListensWhereTold.with_status(status, Some(diagnosis.clone()));
    grading.dead = Some(listens.id.clone());
    for (at, case) in request.cases() {
        grading.case(at, case).await;
    }
    grading.dead = None;
    let id = listens.id.clone();
    let others = conducts(request)
        .into_iter()
        .filter(|one| *one != Conduct::ListensWhereTold);
    let others = others.map(|one| {
        let case = id.clone();
        one.without_look(Status::Blocked, Finding::DependsOn { case })
    });
    let all = std::iter::once(listens).chain(others).collect();
    grading.store(CONDUCT_AT, all);
    if unimplemented {
        for case in grading.results.values_mut().flatten() {
            case.status = Status::Unimplemented;
            case.diagnosis = Some(diagnosis.clone());
        }
    }
    grading.into_grade(started_us)
}

/// The tree of files, as it is written out by hand.
const SHOWN_ROOT: &str = "site";

/// The file of data, as it is written out by hand.
pub(super) const SHOWN_DATA: &str = "data.txt";

/// The cases about the program itself that are asked for.
fn conducts(request: &Request) -> Vec<Conduct> {
    let all = Conduct::ALL.iter().copied();
    all.filter(|one| {
        one.is_asked_of(request.spec.transport) && request.selection.takes(one.id(), LEVEL)
    })
    .collect()
}

/// Shell lines that show what a case about the program itself saw.
fn by_hand(request: &Request, examiner: &Examiner, conduct: Conduct) -> String {
    let Some(values) = request.shown_values() else {
        return String::new();
    };
    let by_hand = ByHand {
        right: examiner.launch.command.shown(&values),
        wrong: examiner.command(conduct).shown(&values),
        place: match request.spec.transport {
            Transport::Unix => format!("-U {}", values.path),
            _ => format!("{} {}", values.host, values.port),
        },
        port: values.port,
    };
    by_hand.lines(conduct)
}

impl Request {
    /// What stands for the placeholders in what is shown to readers; `None` for a program that is not started.
    pub(super) fn shown_values(&self) -> Option<Values> {
        let Subject::Started(run) = &self.subject else {
            return None;
        };
        Some(Values {
            port: run.shown_port.to_string(),
            host: "127.0.0.1".to_owned(),
            path: "/tmp/socket".to_owned(),
            data: match run.launch.values.data.is_empty() {
                true => String::new(),
                false => SHOWN_DATA.to_owned(),
            },
            root: match run.launch.values.root.is_empty() {
                true => String::new(),
                false => SHOWN_ROOT.to_owned(),
            },
            ..run.launch.values.clone()
        })
    }

    /// How a reader reaches the program by hand.
    pub(super) fn reach(&self) -> Reach {
        match (&self.subject, self.shown_values()) {
            (Subject::Started(run), Some(values)) => {
                let mut start = run.launch.command.shown(&values);
                if let (Some(text), false) = (&self.spec.data_file, values.data.is_empty()) {
                    start = format!("{}\n{start}", reproduce::write_file(text, &values.data));
                }
                Reach {
                    address: match self.spec.transport {
                        Transport::Unix => values.path.clone(),
                        _ => {
                            format!("{}:{}", values.host, values.port)
                        }
                    },
                    start: Some(match values.root.is_empty() {
                        true => start,
                        false => format!("sockspec serve {} --write-site .\n{start}", self.spec.id),
                    }),
                }
            }
            _ => Reach {
                address: self.name.clone(),
                start: None,
            },
        }
    }
}

/// Where the results of level 5 stand: behind those of the spec's cases.
const CONDUCT_AT: usize = usize::MAX - 3;

impl Grading<'_> {
    /// The cases about the program itself, each on an instance of its own; those that take a dialogue only where
    /// the program `answers`.
    pub(super) async fn conduct_cases(&mut self, answers: bool) {
        let request = self.request;
        let Subject::Started(run) = &request.subject else {
            return;
        };
        let wanted = conducts(request);
        if wanted.is_empty() {
            return;
        }
        let one_client = self.engine.is_for_one_client();
        // Nothing of what went before disturbs what is measured now.
        self.engine.finish().await;
        let launch = Arc::clone(&run.launch);
        let examiner = Examiner::new(launch, request.limits, self.lifeline.clone());
        let mut looked = vec![(Conduct::ListensWhereTold, Looked::Saw(Conducted::well()))];
        let in_time = self.start.elapsed() <= request.limits.total;
        if in_time {
            looked.extend(examiner.without_dialogue(&wanted).await);
        }
        if in_time && answers {
            looked.extend(examiner.with_dialogue(&wanted, one_client).await);
        }
        let results = wanted.iter().map(|conduct| {
            let found = looked.iter().find(|(one, _)| one == conduct);
            match found.map(|(_, looked)| looked.clone()) {
                Some(Looked::Saw(conducted)) => {
                    let lines = by_hand(request, &examiner, *conduct);
                    conduct.result(conducted, request.options.strict, lines)
                }
                Some(Looked::NotAsked(why)) => {
                    conduct.without_look(Status::Skipped, Finding::Program(why))
                }
                Some(Looked::After(earlier)) => {
                    let case = earlier.id().to_owned();
                    conduct.without_look(Status::Blocked, Finding::DependsOn { case })
                }
                Some(Looked::NotSeen) => {
                    conduct.without_look(Status::Inconclusive, Finding::NotSeen)
                }
                None if !in_time => {
                    let why = ProgramFinding::OutOfTime(request.limits.total);
                    conduct.without_look(Status::Inconclusive, Finding::Program(why))
                }
                None if !answers => {
                    let case = request.spec.control.clone();
                    conduct.without_look(Status::Blocked, Finding::DependsOn { case })
                }
                // Only what takes several clients is left.
                None => conduct.without_look(Status::Skipped, Finding::ServesFewer),
            }
        });
        let results = results.collect();
        self.store(CONDUCT_AT, results);
    }

    /// A server that does not serve two at once: is it for one client, or for one after another?
    pub(super) async fn serve_in_turn(&mut self, waiting: Option<Link>) {
        let seen = discover::after_the_first(&mut self.engine, &self.lifeline, waiting).await;
        // A second client that is answered as wrongly as the first says nothing about how many are served.
        if seen.is_none()
            && self.request.spec.serving == Serving::Iterative
            && !self.discovery.went_well()
        {
            return;
        }
        self.serving = Some(seen.unwrap_or(ServingSeen::OneShot));
        if let (None, Some(started)) = (seen, self.engine.started()) {
            started.server.serves_one_client();
        }
    }

    /// Whether a case about several clients is asked of a server for one client all the same: where the sheet
    /// lets it stop, the next client is served by a restarted one. What is derived takes too many starts.
    pub(super) fn is_asked_of_restarted(&self, planned: &PlannedCase) -> bool {
        self.engine.is_for_one_client()
            && self.request.spec.serving == Serving::OneShot
            && planned.serving == Some(Serving::Iterative)
            && !planned.id.contains('@')
    }
}

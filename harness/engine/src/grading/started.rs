//! Grading a program that the harness starts: what differs from one that is found at an address.
//!
//! It is started again when it has died, so that one case fails for it and the others are still graded; and
//! one that serves one client is started for each.

use std::sync::Arc;

use sockspec_case::diagnosis::{Diagnosis, Finding};
use sockspec_case::grade::{Grade, Status};
use sockspec_case::plan::PlannedCase;
use sockspec_case::program::{self, Conduct, Death, Exit, ProgramFinding};
use sockspec_case::reproduce::Reach;
use sockspec_case::style::ServingSeen;
use sockspec_spec::cause::Cause;
use sockspec_spec::model::Serving;

use super::{GradeError, Grading, Progress, Request, Subject};
use crate::discover::{self, Discovery};
use crate::engine::Engine;
use crate::limits::Limits;
use crate::link::Link;
use crate::program::build::{self, BuildFailure};
use crate::program::{CommandLine, Launch, NotStarted, StartFailure, Values};
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
        StartFailure::Died(exit) => (ProgramFinding::DiedAtStart(exit), Cause::DiesAtStart),
        StartFailure::Silent { limit } => {
            (ProgramFinding::NeverListened(limit), Cause::NotListening)
        }
        StartFailure::Elsewhere { found, told } => (
            ProgramFinding::ListensElsewhere { found, told },
            Cause::ListensElsewhere,
        ),
        // Told apart before: it is no failure of the program.
        StartFailure::NotExecuted { .. } => (
            ProgramFinding::DiedAtStart(NOT_IMPLEMENTED),
            Cause::DiesAtStart,
        ),
    };
    Failure {
        finding,
        cause,
        end,
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
    let listens = Conduct::ListensWhereTold.result(status, Some(diagnosis.clone()));
    grading.dead = Some(listens.id.clone());
    let request_cases = request.spec.cases.iter().enumerate();
    for (at, case) in
        request_cases.filter(|(_, case)| request.selection.takes(&case.id, case.level))
    {
        grading.case(at, case).await;
    }
    grading.dead = None;
    grading.store(usize::MAX - 3, vec![listens]);
    if unimplemented {
        for case in grading.results.values_mut().flatten() {
            case.status = Status::Unimplemented;
            case.diagnosis = Some(diagnosis.clone());
        }
    }
    grading.into_grade(started_us)
}

impl Request {
    /// How a reader reaches the program by hand.
    pub(super) fn reach(&self) -> Reach {
        match &self.subject {
            Subject::At(_) => Reach {
                address: self.name.clone(),
                start: None,
            },
            Subject::Started(run) => {
                let values = Values {
                    port: run.shown_port.to_string(),
                    host: "127.0.0.1".to_owned(),
                    path: "/tmp/socket".to_owned(),
                    ..run.launch.values.clone()
                };
                Reach {
                    address: format!("{}:{}", values.host, values.port),
                    start: Some(run.launch.command.shown(&values)),
                }
            }
        }
    }
}

impl Grading<'_> {
    /// A server that does not serve two at once: is it for one client, or for one after another?
    pub(super) async fn serve_in_turn(&mut self, waiting: Option<Link>) {
        let seen = discover::after_the_first(&mut self.engine, &self.lifeline, waiting).await;
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

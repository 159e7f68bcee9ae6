//! Grades one client against one spec: the control first, then all other plays side by side.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sockspec_case::client::judge::{self, Failure, Verdict};
use sockspec_case::client::plan::{self, Act, Arguments, ClientCase, ClientPlay, Delivery, Times};
use sockspec_case::client::{ClientFinding, Manner, talk::NoWording};
use sockspec_case::diagnose;
use sockspec_case::diagnosis::{Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Grade, Role, Status};
use sockspec_case::plan::Options;
use sockspec_case::program::{Death, Exit, ProgramFinding};
use sockspec_case::reproduce;
use sockspec_case::transcript::{Kind, Transcript};
use sockspec_sockdiag::Diag;
use sockspec_spec::Spec;
use sockspec_spec::cause::Cause;
use sockspec_spec::model::Transport;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::playing::{Bench, Played};
use crate::grading::{Progress, Selection};
use crate::program::build::{self, BuildFailure};
use crate::program::{CommandLine, Obstacle, Placeholder, Surroundings, Values};

/// How many plays that keep the machine busy go on at once.
const AT_ONCE: usize = 3;

/// What is to be graded, and how.
#[derive(Clone, Debug)]
pub struct ClientRequest {
    /// The exercise.
    pub spec: Arc<Spec>,
    /// The command that starts a client, with `{port}`, or `{path}` where it is a Unix socket.
    pub command: CommandLine,
    /// What builds it before.
    pub build: Option<CommandLine>,
    /// How long that may take.
    pub build_limit: Duration,
    /// Working directory and environment.
    pub surroundings: Surroundings,
    /// Strictness and seed.
    pub options: Options,
    /// Which cases.
    pub selection: Selection,
    /// How long things may take.
    pub times: Times,
    /// Whether the client gets a terminal from the start.
    pub terminal: bool,
}

/// Why there is no grade.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientGradeError {
    /// A command cannot be executed.
    #[error("`{command}` cannot be executed: {reason}")]
    NotExecuted {
        /// The command.
        command: String,
        /// What the system said.
        reason: String,
    },
    /// The exercise has no cases for clients.
    #[error("`{exercise}` asks for a server only")]
    NoClients {
        /// The exercise.
        exercise: String,
    },
    /// A dialogue of the spec cannot be played by a server.
    #[error(transparent)]
    NoWording(#[from] NoWording),
    /// The system refused a port or a process.
    #[error("the system refused: {0}")]
    Machine(#[from] io::Error),
}

/// Grades a client.
///
/// # Errors
/// It cannot be started, or the exercise has no clients.
pub async fn grade(
    request: &ClientRequest,
    observer: &mut dyn FnMut(Progress<'_>),
) -> Result<Grade, ClientGradeError> {
    let start = Instant::now();
    let started = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let cases = plan::cases(&request.spec, &request.options, request.times)?;
    if cases.is_empty() {
        return Err(ClientGradeError::NoClients {
            exercise: request.spec.id.clone(),
        });
    }
    let mut grading = Grading {
        request,
        bench: Arc::new(Bench {
            command: request.command.clone(),
            surroundings: request.surroundings.clone(),
            transport: request.spec.transport,
            diag: Diag::open().ok().map(Arc::new),
        }),
        manner: Manner {
            terminal: request.terminal,
            ..Manner::default()
        },
        observer,
    };
    let results = grading.run(cases).await?;
    let spoke = results.iter().any(|case| case.status.earns());
    Ok(Grade {
        exercise: request.spec.id.clone(),
        title: request.spec.title.clone(),
        role: Role::Client,
        target: request.command.text().to_owned(),
        seed: request.options.seed,
        strict: request.options.strict,
        started_us: i64::try_from(started.as_micros()).unwrap_or(i64::MAX),
        duration: start.elapsed(),
        style: None,
        manner: spoke.then_some(grading.manner),
        loss: Vec::new(),
        notes: Vec::new(),
        cases: results,
    })
}

struct Grading<'a> {
    request: &'a ClientRequest,
    bench: Arc<Bench>,
    manner: Manner,
    observer: &'a mut dyn FnMut(Progress<'_>),
}

/// What one play came to.
struct Outcome {
    verdict: Verdict,
    transcript: Transcript,
    label: String,
    took: Duration,
}

impl Grading<'_> {
    async fn run(&mut self, cases: Vec<ClientCase>) -> Result<Vec<CaseResult>, ClientGradeError> {
        let not_built = self.build().await?;
        let mut cases = cases.into_iter();
        let Some(control) = cases.next() else {
            return Ok(Vec::new());
        };
        let first = match not_built {
            Some(diagnosis) => diagnose::result(
                &control.planned,
                Status::Fail,
                Some(diagnosis),
                Transcript::default(),
            ),
            None => self.control(&control).await?,
        };
        (self.observer)(Progress::Finished(&first));
        let earned = first.status.earns();
        let selection = &self.request.selection;
        let chosen: Vec<ClientCase> = cases
            .filter(|case| selection.takes(&case.planned.id, case.planned.level))
            .filter(|case| case.plays.iter().all(|play| self.can_play(play)))
            .collect();
        let mut outcomes = self.play_all(&chosen, earned).await?;
        let mut results = vec![first];
        for (at, case) in chosen.iter().enumerate() {
            // What fails uncut says nothing of cuts.
            let failed = |id: &&String| {
                (results.iter()).any(|one: &CaseResult| one.id == **id && !one.status.earns())
            };
            let blocker = case.planned.after.iter().find(failed).cloned();
            let result = match (outcomes.remove(&at), blocker) {
                (Some(mut played), None) => {
                    self.confirm(case, &mut played).await?;
                    self.result(case, played)
                }
                (_, blocker) => {
                    let control = || control.planned.id.clone();
                    let case_id = blocker.unwrap_or_else(control);
                    let finding = Finding::DependsOn { case: case_id };
                    diagnose::result(
                        &case.planned,
                        Status::Blocked,
                        Some(Diagnosis::not_judged(finding)),
                        Transcript::default(),
                    )
                }
            };
            (self.observer)(Progress::Finished(&result));
            results.push(result);
        }
        Ok(results)
    }

    /// Whether the command can be changed as the play asks.
    fn can_play(&self, play: &ClientPlay) -> bool {
        play.act != Act::Arguments(Arguments::Missing)
            || self
                .request
                .command
                .obstacle(Placeholder::place(self.request.spec.transport))
                != Some(Obstacle::ShellLine)
    }

    async fn build(&self) -> Result<Option<Diagnosis>, ClientGradeError> {
        let Some(command) = &self.request.build else {
            return Ok(None);
        };
        let limit = self.request.build_limit;
        let failure = build::build(command, &self.request.surroundings, limit).await;
        let (finding, exit, words) = match failure {
            Ok(()) => return Ok(None),
            Err(BuildFailure::NotExecuted { reason }) => {
                return Err(ClientGradeError::NotExecuted {
                    command: command.text().to_owned(),
                    reason,
                });
            }
            Err(BuildFailure::Failed { exit, words }) => {
                (ProgramFinding::NotBuilt(exit), Some(exit), words)
            }
            Err(BuildFailure::TooLong { limit, words }) => {
                (ProgramFinding::BuildTooLong(limit), None, words)
            }
        };
        Ok(Some(Diagnosis {
            cause: Cause::BuildFails,
            death: Some(Death { exit, words }),
            ..Diagnosis::not_judged(Finding::Program(finding))
        }))
    }

    /// Plays the control case, and learns from it how the client speaks: with a pipe for a keyboard, and with a
    /// terminal where nothing shows so, or nothing before its end.
    async fn control(&mut self, case: &ClientCase) -> Result<CaseResult, ClientGradeError> {
        (self.observer)(Progress::Started(&case.planned.id));
        let mut best: Option<(Manner, Vec<Outcome>)> = None;
        let asked = self.manner.clone();
        for terminal in [false, true] {
            if asked.terminal && !terminal {
                continue;
            }
            let manner = Manner {
                terminal,
                ..asked.clone()
            };
            let (manner, outcomes) = self.learn(case, manner).await?;
            let right = |all: &[Outcome]| all.iter().all(|one| one.verdict.is_right());
            let better = match &best {
                None => true,
                Some((_, before)) => right(&outcomes) && (!right(before) || !manner.shows_at_end),
            };
            let done = right(&outcomes) && !manner.shows_at_end;
            if better {
                best = Some((manner, outcomes));
            }
            if done {
                break;
            }
        }
        let (manner, outcomes) = best.unwrap_or_default();
        self.manner = manner;
        Ok(self.result(case, outcomes))
    }

    async fn learn(
        &self,
        case: &ClientCase,
        mut manner: Manner,
    ) -> Result<(Manner, Vec<Outcome>), ClientGradeError> {
        let mut outcomes = Vec::new();
        for play in &case.plays {
            let begun = Instant::now();
            let Played {
                transcript,
                request_end,
            } = self.play(play, &manner, true).await?;
            let asks = !play.talk.exchanges.is_empty();
            manner.request_end = asks.then_some(request_end);
            let buffered = Manner {
                shows_at_end: true,
                ..manner.clone()
            };
            let mut verdict = judge::judge(play, &manner, &transcript);
            let is_buffered = judge::hides_all(play, &transcript)
                && judge::judge(play, &buffered, &transcript).is_right();
            if !verdict.is_right() && is_buffered {
                manner = buffered;
                verdict = judge::judge(play, &manner, &transcript);
            }
            outcomes.push(Outcome {
                verdict,
                transcript,
                label: play.label.clone(),
                took: begun.elapsed(),
            });
        }
        Ok((manner, outcomes))
    }

    async fn play(
        &self,
        play: &ClientPlay,
        manner: &Manner,
        learning: bool,
    ) -> Result<Played, ClientGradeError> {
        self.bench
            .play(play, manner, learning)
            .await
            .map_err(|error| self.not_executed(error))
    }

    fn not_executed(&self, error: io::Error) -> ClientGradeError {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => {
                ClientGradeError::NotExecuted {
                    command: self.request.command.text().to_owned(),
                    reason: error.to_string(),
                }
            }
            _ => ClientGradeError::Machine(error),
        }
    }

    /// Plays what is left, side by side; what depends on the control only where that was right.
    async fn play_all(
        &self,
        cases: &[ClientCase],
        earned: bool,
    ) -> Result<BTreeMap<usize, Vec<Outcome>>, ClientGradeError> {
        let busy = Arc::new(Semaphore::new(AT_ONCE));
        let mut plays = JoinSet::new();
        let mut outcomes: BTreeMap<usize, Vec<Outcome>> = BTreeMap::new();
        for (at, case) in cases.iter().enumerate() {
            if !earned && !case.planned.after.is_empty() {
                continue;
            }
            for play in &case.plays {
                let (bench, busy) = (Arc::clone(&self.bench), Arc::clone(&busy));
                let (play, manner) = (play.clone(), self.manner.clone());
                plays.spawn(async move {
                    let _turn = match play.is_idle() {
                        true => None,
                        false => busy.acquire().await.ok(),
                    };
                    let begun = Instant::now();
                    let played = bench.play(&play, &manner, false).await?;
                    io::Result::Ok((at, judged(&play, &manner, played.transcript, begun)))
                });
            }
        }
        while let Some(played) = plays.join_next().await {
            let played = played.map_err(io::Error::other)?;
            let (at, outcome) = played.map_err(|error| self.not_executed(error))?;
            outcomes.entry(at).or_default().push(outcome);
        }
        Ok(outcomes)
    }

    /// What went wrong beside others is played again alone: the machine may have been too busy.
    async fn confirm(
        &self,
        case: &ClientCase,
        outcomes: &mut [Outcome],
    ) -> Result<(), ClientGradeError> {
        for outcome in outcomes {
            let play = case.plays.iter().find(|play| play.label == outcome.label);
            let again = |play: &&ClientPlay| !play.is_idle() || shows_another(&outcome.verdict);
            let Some(play) = play.filter(|_| !outcome.verdict.is_right()).filter(again) else {
                continue;
            };
            let begun = Instant::now();
            let played = self.play(play, &self.manner, false).await?;
            *outcome = judged(play, &self.manner, played.transcript, begun);
        }
        Ok(())
    }

    fn result(&self, case: &ClientCase, outcomes: Vec<Outcome>) -> CaseResult {
        let plays = outcomes.len() as u32;
        let duration = outcomes.iter().map(|one| one.took).sum();
        let canonical = outcomes.iter().all(|one| one.verdict == Verdict::Pass);
        let wrong = outcomes.iter().position(|one| !one.verdict.is_right());
        let mut outcomes = outcomes;
        let told = match wrong {
            Some(at) => Some(outcomes.swap_remove(at)),
            None => outcomes.pop(),
        };
        let (status, diagnosis, transcript) = match told {
            Some(Outcome {
                verdict: Verdict::Fail(failure),
                transcript,
                label,
                ..
            }) => {
                let act = case.plays.first().map(|play| play.act);
                let mut diagnosis = self.diagnosis(failure, &transcript, label, act);
                // What is missing says little: the case knows what it was made for.
                let meant = case.planned.cause;
                if let Some(meant) = meant.filter(|_| diagnosis.cause == Cause::AnswerNotShown) {
                    diagnosis.cause = meant;
                }
                (Status::Fail, Some(diagnosis), transcript)
            }
            Some(Outcome { transcript, .. }) => {
                // A prompt and other words are the client's own; a terminal is how it was played.
                let status = match canonical {
                    true => Status::Pass,
                    false => Status::NonStrict,
                };
                (status, None, transcript)
            }
            None => (Status::Inconclusive, None, Transcript::default()),
        };
        CaseResult {
            plays,
            duration,
            ..diagnose::result(&case.planned, status, diagnosis, transcript)
        }
    }

    fn diagnosis(
        &self,
        failure: Failure,
        transcript: &Transcript,
        label: String,
        act: Option<Act>,
    ) -> Diagnosis {
        let Failure {
            finding,
            cause,
            expected,
            actual,
        } = failure;
        let values = Values {
            port: self.request.spec.port.to_string(),
            path: SHOWN_PATH.to_owned(),
            host: super::wire::HOST.to_string(),
            ..Values::default()
        };
        let is_unix = self.request.spec.transport == Transport::Unix;
        let server = match act {
            Some(Act::Serve(Delivery::Whole) | Act::Requests) => {
                let id = &self.request.spec.id;
                match is_unix {
                    true => format!("sockspec serve {id} --path {} &", values.path),
                    false => format!("sockspec serve {id} --port {} &", values.port),
                }
            }
            Some(Act::Refuse | Act::Arguments(_)) | None => String::new(),
            // The reader is the server, in a terminal of its own.
            Some(_) => {
                let place = match self.request.spec.transport {
                    Transport::Unix => format!("-lU {}", values.path),
                    Transport::Udp => format!("-l -u {} {}", values.host, values.port),
                    Transport::Tcp | Transport::None => {
                        format!("-l {} {}", values.host, values.port)
                    }
                };
                format!("nc {place}   # terminal 1")
            }
        };
        Diagnosis {
            cause,
            death: death(transcript),
            expected,
            actual,
            reproduce: reproduce::typed(transcript, &server, &self.request.command.shown(&values)),
            play: label,
            ..Diagnosis::not_judged(finding)
        }
    }
}

fn judged(play: &ClientPlay, manner: &Manner, transcript: Transcript, begun: Instant) -> Outcome {
    Outcome {
        verdict: judge::judge(play, manner, &transcript),
        transcript,
        label: play.label.clone(),
        took: begun.elapsed(),
    }
}

/// The path that a reader is shown.
const SHOWN_PATH: &str = "./socket";

/// How many bytes of a client's last words are shown.
const LAST_WORDS: usize = 2 << 10;

/// Whether the failure is about what shows, and not about how long nothing did: it takes no long wait to see it again.
fn shows_another(verdict: &Verdict) -> bool {
    let Verdict::Fail(failure) = verdict else {
        return false;
    };
    matches!(
        failure.finding,
        Finding::Client(ClientFinding::ShownLate | ClientFinding::NotShown)
    )
}

/// How a client ended that did not end well, and what it said.
fn death(transcript: &Transcript) -> Option<Death> {
    let exit = transcript
        .events
        .iter()
        .rev()
        .find_map(|event| match event.kind {
            Kind::Ended(exit) => Some(exit),
            _ => None,
        })?;
    if exit == Exit::Code(0) {
        return None;
    }
    let mut words: Vec<u8> = Vec::new();
    for event in &transcript.events {
        if let Kind::Printed { bytes, .. } = &event.kind {
            words.extend_from_slice(bytes);
        }
    }
    let surplus = words.len().saturating_sub(LAST_WORDS);
    words.drain(..surplus);
    Some(Death {
        exit: Some(exit),
        words,
    })
}

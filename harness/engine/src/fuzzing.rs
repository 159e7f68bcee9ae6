//! A search that goes on past the grade's budget: plays drawn cases one after another until something
//! ends it, confirms what fails, makes it small, and tells who listens.
//!
//! A failure counts once: those with the same cause, finding and kind of case are only counted.

use std::mem::{Discriminant, discriminant};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::derive;
use sockspec_case::diagnosis::{Cause, Diagnosis, Finding};
use sockspec_case::fuzz::{self, End, FuzzCase, Generator, Manner, Pool, Wrong};
use sockspec_case::plan::{self, Effort, Options, PlannedCase};
use sockspec_case::play::{Ending, Play};
use sockspec_case::player::{Failure, Verdict};
use sockspec_case::reproduce::Reach;
use sockspec_case::style::Style;
use sockspec_case::transcript::{ConnectError, Kind, Transcript};
use sockspec_spec::Spec;
use sockspec_spec::model::Case;

use crate::discover::{self, Discovery};
use crate::engine::{Engine, Played};
use crate::limits::Limits;
use crate::target::Target;

mod confirming;

/// How often a failure is replayed before it is believed.
pub const REPLAYS: u32 = 3;

/// What is to be searched, and how long.
#[derive(Clone, Debug)]
pub struct Request {
    /// The exercise.
    pub spec: Arc<Spec>,
    /// The program.
    pub target: Target,
    /// The program's address as the user wrote it.
    pub name: String,
    /// The seed of all cases.
    pub seed: u64,
    /// How many cases, at most.
    pub cases: Option<u64>,
    /// How long, at most.
    pub time: Option<Duration>,
    /// How long each wait, how much.
    pub limits: Limits,
}

/// What an observer is told; it may end the search.
#[derive(Debug)]
pub enum Progress<'a> {
    /// So many cases are played, so many failures found.
    Played(u64, usize),
    /// This was found.
    Found(&'a Found),
}

/// A failure, made small.
#[derive(Clone, Debug)]
pub struct Found {
    /// The number of the case that failed first.
    pub number: u64,
    /// A spec with the least case that fails.
    pub spec: Spec,
    /// The cause, with the evidence.
    pub diagnosis: Diagnosis,
    /// Of [`REPLAYS`] replays, how many failed; `None` where the target was not there any more.
    pub repeated: Option<u32>,
    /// How many more cases failed alike.
    pub alike: u64,
}

/// How a search went.
#[derive(Debug)]
pub struct Report {
    /// Cases played.
    pub played: u64,
    /// Cases left out, because a dialogue of theirs fails as it stands.
    pub left_out: u64,
    /// How long it took.
    pub duration: Duration,
    /// What was found, in the order of the search.
    pub found: Vec<Found>,
    /// What ended it.
    pub stopped: Stopped,
}

/// What ends a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// All cases were played, or the time is up.
    Done,
    /// The observer wished so.
    Asked,
    /// The target serves nobody any more.
    Died,
    /// Each connection leaves a thread of the target running at full speed behind.
    Spins,
    /// The system has no free port for another connection.
    OutOfPorts,
}

/// Why there is no search.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FuzzError {
    /// The target could not be reached.
    #[error("nothing listens at {address}")]
    Unreachable {
        /// The address.
        address: String,
        /// How it failed.
        error: ConnectError,
    },
    /// Nothing in the spec shows whether a target lives.
    #[error("no dialogue of the spec shows whether the program lives")]
    NothingToSay,
    /// The control dialogue is not answered rightly.
    #[error("the control dialogue is not answered rightly")]
    NotAnswered,
    /// The target served one client and no other.
    #[error("the program served one client and no other")]
    Ended,
}

/// Searches until something ends it.
///
/// # Errors
/// There is nothing to search with, or nothing that could be searched.
pub async fn fuzz(
    request: &Request,
    observer: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Report, FuzzError> {
    let pool = Pool::new(&request.spec).ok_or(FuzzError::NothingToSay)?;
    let mut engine = Engine::new(request.target.clone(), request.limits);
    let options = Options {
        strict: false,
        effort: Effort::Normal,
        seed: request.seed,
    };
    let discovery = discover::discover(&mut engine, &request.spec, &options)
        .await
        .map_err(|error| FuzzError::Unreachable {
            address: request.name.clone(),
            error,
        })?;
    if discovery.lesson.right == 0 {
        return Err(FuzzError::NotAnswered);
    }
    engine.release().await;
    let style = Arc::new(discovery.lesson.style.clone());
    let lifeline = discover::lifeline(&request.spec, &style, &discovery);
    let pool = Arc::new(pool);
    let manner = Manner::of(&request.spec, &style);
    let mut search = Search {
        request,
        generator: Generator::new(Arc::clone(&pool), manner, request.seed),
        pool,
        engine,
        style,
        reach: Reach {
            address: request.name.clone(),
            start: None,
        },
        options,
        discovery,
        lifeline,
        known: Vec::new(),
        bad: Vec::new(),
        found: Vec::new(),
        last: None,
        played: 0,
        left_out: 0,
        observer,
    };
    search.begin().await?;
    let start = Instant::now();
    let stopped = search.run(start).await;
    Ok(Report {
        played: search.played,
        left_out: search.left_out,
        duration: start.elapsed(),
        found: search.found,
        stopped,
    })
}

struct Search<'a> {
    request: &'a Request,
    generator: Generator,
    pool: Arc<Pool>,
    engine: Engine,
    style: Arc<Style>,
    reach: Reach,
    options: Options,
    discovery: Discovery,
    lifeline: Play,
    /// The marks of failures seen, each with the place of what was found by it.
    known: Vec<(Mark, usize)>,
    /// Dialogues that fail as they stand: what holds them fails for that, and says nothing new.
    bad: Vec<fuzz::Spoken>,
    found: Vec<Found>,
    /// The case before: what it did may show only now.
    last: Option<Drawn>,
    played: u64,
    left_out: u64,
    observer: &'a mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
}

/// What tells failures apart before they are made small.
type Mark = (Cause, Discriminant<Finding>, Shape);

/// The kind of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    is_cut: bool,
    pipelined: bool,
    half_closed: bool,
    broken_off: bool,
}

/// A case with its number.
#[derive(Clone, Debug)]
struct Drawn {
    number: u64,
    case: FuzzCase,
}

/// A failure, as it was played.
#[derive(Clone, Debug)]
struct Failed {
    drawn: Drawn,
    failure: Option<Failure>,
    transcript: Transcript,
}

impl Search<'_> {
    /// Plays what shows that a fresh client is served: many cases end with it.
    async fn begin(&mut self) -> Result<(), FuzzError> {
        let mut error = None;
        for patient in [false, true] {
            let case = self.pool.fresh_case();
            let Some(play) = self.as_played(&case) else {
                return Err(FuzzError::NothingToSay);
            };
            let played = self.engine.play(&play, patient).await;
            if matches!(played.outcome.verdict, Verdict::Pass | Verdict::NonStrict) {
                return Ok(());
            }
            error = Some(match not_opened(&played.transcript) {
                Some(_) => FuzzError::Ended,
                None => FuzzError::NotAnswered,
            });
        }
        error.map_or(Ok(()), Err)
    }

    async fn run(&mut self, start: Instant) -> Stopped {
        for number in 1.. {
            let request = self.request;
            let is_over = request.cases.is_some_and(|most| number > most)
                || request.time.is_some_and(|most| start.elapsed() >= most);
            if is_over {
                break;
            }
            let case = self.generator.draw(number);
            if self.is_bad(&case) {
                self.left_out += 1;
                continue;
            }
            if let ControlFlow::Break(stopped) = self.case(Drawn { number, case }).await {
                return stopped;
            }
            if (self.observer)(Progress::Played(self.played, self.found.len())).is_break() {
                return Stopped::Asked;
            }
            if self.engine.should_save_connections() {
                return Stopped::Spins;
            }
        }
        Stopped::Done
    }

    /// Whether a case holds a dialogue that fails as it stands.
    fn is_bad(&self, case: &FuzzCase) -> bool {
        let holds = |bad: &fuzz::Spoken, one: &fuzz::Spoken| {
            (one.passage, one.row) == (bad.passage, bad.row) && one.exchanges >= bad.exchanges
        };
        let mut spoken = case.spoken.iter();
        spoken.any(|one| self.bad.iter().any(|bad| holds(bad, one)))
    }

    /// Plays one case, and looks into it when it fails.
    async fn case(&mut self, drawn: Drawn) -> ControlFlow<Stopped> {
        let played = self.play(&drawn.case, drawn.number, false).await;
        self.played += 1;
        let verdict = match &played {
            Some(played) => played.outcome.verdict.clone(),
            None => Verdict::Pass,
        };
        let (Verdict::Fail(failure), Some(Played { transcript, .. })) = (verdict, played) else {
            self.last = Some(drawn);
            return ControlFlow::Continue(());
        };
        match not_opened(&transcript) {
            Some(ConnectError::Other) => return ControlFlow::Break(Stopped::OutOfPorts),
            Some(_) => return self.refused().await,
            None => {}
        }
        let failed = Failed {
            drawn: drawn.clone(),
            failure: Some(failure),
            transcript,
        };
        self.last = Some(drawn);
        self.failed(failed).await
    }

    /// A connection was refused before anything was said: the case before has done it, if the target is
    /// gone.
    async fn refused(&mut self) -> ControlFlow<Stopped> {
        if self.is_alive().await {
            return ControlFlow::Continue(());
        }
        if let Some(drawn) = self.last.take() {
            let failed = Failed {
                drawn,
                failure: None,
                transcript: Transcript::default(),
            };
            self.add(failed, None, true);
        }
        ControlFlow::Break(Stopped::Died)
    }

    /// Confirms a failure that is new, makes it small and keeps it.
    async fn failed(&mut self, failed: Failed) -> ControlFlow<Stopped> {
        let mark = self.mark(&failed);
        if let Some((_, at)) = self.known.iter().find(|(known, _)| *known == mark) {
            self.found[*at].alike += 1;
            return ControlFlow::Continue(());
        }
        if !self.is_alive().await {
            self.add(failed, None, true);
            return ControlFlow::Break(Stopped::Died);
        }
        let Some((failed, repeated)) = self.confirmed(failed).await else {
            return ControlFlow::Continue(());
        };
        let failed = match repeated == REPLAYS {
            true => self.made_small(failed).await,
            false => failed,
        };
        if failed.drawn.case.is_plain() {
            self.bad.extend(failed.drawn.case.spoken.first().cloned());
        }
        let at = self.add(failed, Some(repeated), false);
        self.known.push((mark, at));
        ControlFlow::Continue(())
    }

    /// Keeps what was found, or counts it where the same was found before. Returns its place.
    fn add(&mut self, failed: Failed, repeated: Option<u32>, died: bool) -> usize {
        let Drawn { number, case } = &failed.drawn;
        let diagnosis = self.diagnosis(&failed, died);
        let kind = |diagnosis: &Diagnosis| (diagnosis.cause, discriminant(&diagnosis.finding));
        let same = |found: &Found| kind(&found.diagnosis) == kind(&diagnosis);
        if let (Some(at), false) = (self.found.iter().position(same), died) {
            self.found[at].alike += 1;
            return at;
        }
        let seed = self.request.seed;
        let case = self.pool.case(case, seed, *number);
        let cause = Some(diagnosis.cause).filter(|cause| *cause != Cause::NotJudged);
        let found = Found {
            number: *number,
            spec: fuzz::counterexample(&self.request.spec, case, seed, *number, cause),
            diagnosis,
            repeated,
            alike: 0,
        };
        // Who stops the search here stops it after the next case, too.
        let _ = (self.observer)(Progress::Found(&found));
        self.found.push(found);
        self.found.len() - 1
    }

    fn mark(&self, failed: &Failed) -> Mark {
        let diagnosis = self.diagnosis(failed, false);
        let case = &failed.drawn.case;
        let shape = Shape {
            is_cut: case.is_cut(),
            pipelined: case.pipelined,
            half_closed: case.end == Some(End::HalfClose),
            broken_off: matches!(case.end, Some(End::Break { .. })),
        };
        (diagnosis.cause, discriminant(&diagnosis.finding), shape)
    }

    fn diagnosis(&self, failed: &Failed, died: bool) -> Diagnosis {
        let Drawn { number, case } = &failed.drawn;
        let planned = self.planned(&self.pool.case(case, self.request.seed, *number));
        let wrong = Wrong {
            planned: &planned,
            failure: failed.failure.as_ref(),
            transcript: &failed.transcript,
            died,
        };
        fuzz::diagnosis(&self.request.spec, &self.style, &self.reach, case, wrong)
    }

    fn planned(&self, case: &Case) -> PlannedCase {
        plan::base(&self.request.spec, case, &self.style, &self.options)
    }

    /// Plays a case as a grade of its spec would; `None` where it has nothing to play.
    async fn play(&mut self, case: &FuzzCase, number: u64, patient: bool) -> Option<Played> {
        let play = self.as_played(&self.pool.case(case, self.request.seed, number))?;
        Some(self.engine.play(&play, patient).await)
    }

    fn as_played(&self, case: &Case) -> Option<Play> {
        let play = self.planned(case).plays.into_iter().next()?;
        Some(Play {
            ending: Ending::Leave,
            ..derive::with_sentinel(play, &self.discovery.sentinel)
        })
    }

    /// Whether the target serves a fresh client.
    async fn is_alive(&mut self) -> bool {
        for patient in [false, true] {
            let played = self.engine.play(&self.lifeline, patient).await;
            if matches!(played.outcome.verdict, Verdict::Pass | Verdict::NonStrict) {
                return true;
            }
        }
        false
    }
}

/// Why not even the first connection was made.
fn not_opened(transcript: &Transcript) -> Option<ConnectError> {
    match transcript.events.first().map(|event| &event.kind) {
        Some(Kind::NotOpened(error)) => Some(*error),
        _ => None,
    }
}

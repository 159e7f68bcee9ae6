//! Grades one target against one spec: what is played, in which order, and what follows from it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use sockspec_case::built_in;
use sockspec_case::derive;
use sockspec_case::diagnose::{self, Evidence};
use sockspec_case::diagnosis::{Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Grade, Note, Role, Status, Survival};
use sockspec_case::plan::{self, Options, PlannedCase};
use sockspec_case::play::Play;
use sockspec_case::player::Outcome;
use sockspec_case::program::ProgramFinding;
use sockspec_case::style::{AnswerEnd, ServingSeen, Style};
use sockspec_case::transcript::{ConnectError, Transcript};
use sockspec_spec::Spec;
use sockspec_spec::model::{Case, Framing, Needs, Serving, Transport};

use crate::discover::{self, Discovery};
use crate::engine::Engine;
use crate::limits::Limits;
use crate::memory::EndlessLine;
use crate::target::Target;

/// How many failures that rest on silence are confirmed by a replay that waits out its deadlines.
/// Those that stand show that silence is judged soundly; then the rest is believed.
const PATIENT_REPLAYS: u32 = 2;

/// What is to be graded, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// The exercise.
    pub spec: Arc<Spec>,
    /// The program.
    pub subject: Subject,
    /// The program's address, or its command, as the user wrote it.
    pub name: String,
    /// Strictness, effort, seed.
    pub options: Options,
    /// Which cases.
    pub selection: Selection,
    /// How long, how much.
    pub limits: Limits,
}

/// The program that is graded.
#[derive(Clone, Debug)]
pub enum Subject {
    /// It runs, and is found there.
    At(Target),
    /// The harness starts it, as often as needed.
    Started(Run),
}

/// What an observer is told while the grading goes on.
#[derive(Debug)]
pub enum Progress<'a> {
    /// The style is known; so many scripted cases will be graded.
    Discovered(&'a Style, usize),
    /// This case begins.
    Started(&'a str),
    /// This case is done.
    Finished(&'a CaseResult),
}

/// Why there is no grade.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GradeError {
    /// The target could not be reached.
    #[error("nothing listens at {address}")]
    Unreachable {
        /// The address.
        address: String,
        /// How it failed.
        error: ConnectError,
    },
    /// A command could not be executed.
    #[error("`{command}` cannot be executed: {reason}")]
    NotExecuted {
        /// The command, as the user wrote it.
        command: String,
        /// What the system said.
        reason: String,
    },
}

/// Grades the target.
///
/// # Errors
/// The target could not be reached at all.
pub async fn grade(
    request: &Request,
    observer: &mut dyn FnMut(Progress<'_>),
) -> Result<Grade, GradeError> {
    let started = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let started_us = i64::try_from(started.as_micros()).unwrap_or(i64::MAX);
    let mut engine = match &request.subject {
        Subject::At(target) => Engine::new(target.clone(), request.limits),
        Subject::Started(run) => match started::begin(run, request.limits).await? {
            Ok(engine) => engine,
            Err(failure) => {
                return Ok(started::without_start(request, failure, observer, started_us).await);
            }
        },
    };
    let discovery = discover::discover(&mut engine, &request.spec, &request.options)
        .await
        .map_err(|error| GradeError::Unreachable {
            address: request.name.clone(),
            error,
        })?;
    let mut grading = Grading::new(request, engine, discovery, observer);
    grading.run().await;
    grading.engine.finish().await;
    Ok(grading.into_grade(started_us))
}

mod company;
mod packing;
mod playing;
mod selection;
mod shrinking;
mod started;
mod survey;
mod variants;
mod watching;

use playing::CasePlayed;
pub use selection::Selection;
pub use started::Run;
use variants::blocked;

struct Grading<'a> {
    request: &'a Request,
    engine: Engine,
    style: Arc<Style>,
    discovery: Discovery,
    lifeline: Play,
    results: BTreeMap<usize, Vec<CaseResult>>,
    /// The variants that abuse the target, by the place of their case: they are played when all that
    /// is gentle has been, so that what kills a target is told from what it gets wrong.
    abusive: Vec<(usize, PlannedCase)>,
    /// Verdicts by id: what later cases depend on.
    verdicts: BTreeMap<String, Status>,
    serving: Option<ServingSeen>,
    /// Whether a second client is turned away.
    refuses_second: bool,
    /// Set when the target stopped serving: after which case.
    dead: Option<String>,
    /// The case in which the target broke off the one connection that cases shared.
    crashed: Option<String>,
    /// The case played last.
    last: String,
    /// Set when the program ended after its client, as it may.
    ended: bool,
    patient_replays: u32,
    notes: Vec<Note>,
    /// How many exchanges survive a lossy network.
    loss: Vec<Survival>,
    start: Instant,
    observer: &'a mut dyn FnMut(Progress<'_>),
}

/// The style in which a target is graded, and the dialogue that shows whether it still serves.
fn manners(request: &Request, discovery: &Discovery) -> (Arc<Style>, Play) {
    // Strictly, only the reference server's own style is right.
    let learnt = &discovery.lesson.style;
    let style = Arc::new(match request.options.strict {
        true => Style {
            dialect: learnt.dialect,
            screen: learnt.screen.clone(),
            ..Style::canonical(request.spec.framing)
        },
        false => learnt.clone(),
    });
    let lifeline = discover::lifeline(&request.spec, &style, discovery);
    (style, lifeline)
}

impl<'a> Grading<'a> {
    fn new(
        request: &'a Request,
        engine: Engine,
        discovery: Discovery,
        observer: &'a mut dyn FnMut(Progress<'_>),
    ) -> Self {
        let (style, lifeline) = manners(request, &discovery);
        Grading {
            request,
            engine,
            style,
            lifeline,
            discovery,
            results: BTreeMap::new(),
            abusive: Vec::new(),
            verdicts: BTreeMap::new(),
            serving: None,
            refuses_second: false,
            dead: None,
            crashed: None,
            last: String::new(),
            ended: false,
            patient_replays: PATIENT_REPLAYS,
            notes: Vec::new(),
            loss: Vec::new(),
            start: Instant::now(),
            observer,
        }
    }

    async fn run(&mut self) {
        let request = self.request;
        let chosen: Vec<(usize, &Case)> = request.cases().collect();
        (self.observer)(Progress::Discovered(&self.style, chosen.len()));
        if self.discovery.lesson.answered == 0 && !self.answers_after_all(&chosen).await {
            // Nothing was ever answered: the control case says it once, all others depend on it.
            self.mute(&chosen).await;
            self.conduct_cases(false).await;
            self.conclude();
            return;
        }
        if request.spec.transport == Transport::None {
            // It serves nobody.
            self.play_all(chosen).await;
            self.conduct_cases(false).await;
            self.conclude();
            return;
        }
        self.engine.hold(true);
        let knows_a_question = request.spec.server_first || self.knows_a_question();
        let discover::Serving {
            parallel,
            waiting,
            refused,
        } = match knows_a_question {
            true => discover::serving(&mut self.engine, &request.spec, &self.lifeline).await,
            // Without a question that is answered rightly nobody can tell who is served: only whether the program
            // ends with its first client.
            false => discover::Serving {
                parallel: !self.engine.ends_with_its_client().await,
                waiting: None,
                refused: false,
            },
        };
        self.refuses_second = refused;
        let mut rest: Vec<(usize, &Case)> = chosen;
        if parallel {
            self.serving = Some(ServingSeen::Parallel);
        } else if self.engine.is_started() {
            self.serve_in_turn(waiting).await;
        } else {
            rest = self.pack(rest).await;
            self.serving =
                discover::after_the_first(&mut self.engine, &self.lifeline, waiting).await;
            let gone = self.serving.is_none();
            match self.crashed.take() {
                // It broke off in the midst of a case, and nobody listens any more.
                Some(case) if gone && request.spec.serving > Serving::OneShot => {
                    self.dead = Some(case);
                }
                _ if gone => {
                    self.ended = true;
                    self.serving = Some(ServingSeen::OneShot);
                    self.notes.push(Note::OneShotEnded);
                }
                _ => {}
            }
        }
        self.engine.hold(false);
        self.play_all(rest).await;
        self.style_cases();
        self.serving_case();
        self.survey().await;
        self.memory_case().await;
        self.conduct_cases(knows_a_question).await;
        self.conclude();
    }

    /// The cases on connections of their own, what is gentle first.
    async fn play_all(&mut self, cases: Vec<(usize, &Case)>) {
        for (at, case) in cases {
            self.case(at, case).await;
        }
        for (at, variant) in std::mem::take(&mut self.abusive) {
            let result = self.variant(&variant).await;
            (self.observer)(Progress::Finished(&result));
            self.results.entry(at).or_default().push(result);
        }
    }

    /// Whether some question was answered rightly.
    fn knows_a_question(&self) -> bool {
        !self.discovery.sentinel.is_empty()
            || (!self.request.spec.styled && self.discovery.lesson.right > 0)
    }

    /// A line without end comes last of all: whoever keeps it is busy with it for a while.
    async fn memory_case(&mut self) {
        let id = "endless-line";
        let applies = built_in::asks_for_bounded_lines(&self.request.spec)
            && !self.discovery.sentinel.is_empty()
            && self.request.selection.takes(id, 3);
        if !applies {
            return;
        }
        let found = match self.ended || self.dead.is_some() {
            true => None,
            false => self.engine.endless_line().await,
        };
        let case = match found {
            Some(EndlessLine::Refused) => built_in::endless_line(Status::Pass, None),
            Some(EndlessLine::Thrown) => built_in::endless_line(Status::NonStrict, None),
            Some(EndlessLine::Kept { sent, grown }) => {
                let finding = Finding::MemoryGrew { sent, grown };
                built_in::endless_line(Status::Fail, Some(finding))
            }
            Some(EndlessLine::Unseen) | None => {
                built_in::endless_line(Status::Inconclusive, Some(Finding::NotSeen))
            }
        };
        let seen = found.is_some();
        self.store(usize::MAX - 2, vec![case.clone()]);
        if seen {
            self.watch(&case).await;
        }
    }

    /// Grades the control case of a target that has not answered yet: whether it does now, and only its first
    /// datagram was lost on it. Then it is got to know anew.
    async fn answers_after_all(&mut self, cases: &[(usize, &Case)]) -> bool {
        let is_mute = self.discovery.is_mute(&mut self.engine);
        self.engine.release().await;
        let control = &self.request.spec.control;
        for (at, case) in cases.iter().filter(|(_, case)| case.id == *control) {
            self.case(*at, case).await;
        }
        let answers = self
            .verdicts
            .get(control)
            .is_some_and(|status| status.earns());
        if !(is_mute && answers) {
            return false;
        }
        let (spec, options) = (&self.request.spec, &self.request.options);
        let Ok(mut again) = discover::discover(&mut self.engine, spec, options).await else {
            return false;
        };
        if !again.lesson.is_good() {
            return false;
        }
        let first = self.discovery.played.first();
        again.missed = first.map(|one| one.transcript.clone());
        self.results.clear();
        self.verdicts.clear();
        self.abusive.clear();
        (self.style, self.lifeline) = manners(self.request, &again);
        self.discovery = again;
        true
    }

    /// All cases but the control are blocked by it.
    async fn mute(&mut self, cases: &[(usize, &Case)]) {
        let control = &self.request.spec.control;
        self.verdicts.insert(control.clone(), Status::Fail);
        self.dead = Some(control.clone());
        for (at, case) in cases.iter().filter(|(_, case)| case.id != *control) {
            self.case(*at, case).await;
        }
        self.dead = None;
    }

    /// What a reader must know beside the cases.
    fn conclude(&mut self) {
        if self.engine.is_blind() {
            self.notes.push(Note::ProcessNotSeen);
        }
        if self.engine.has_unverified_cuts() {
            self.notes.push(Note::CutsUnverified);
        }
        if let Some(case) = &self.dead {
            self.notes.push(Note::DiedAfter(case.clone()));
        }
    }

    /// Grades one scripted case and what derives from it, on connections of their own.
    async fn case(&mut self, at: usize, case: &Case) {
        let request = self.request;
        let planned = plan::base(&request.spec, case, &self.style, &request.options);
        let not_played = self
            .not_played(&planned)
            .or_else(|| self.lacks_place(&planned));
        if let Some(result) = not_played {
            let mut results = vec![result];
            let variants = self.variants(case, &planned, &[], None);
            results.extend(variants.iter().map(|variant| {
                let case = planned.id.clone();
                self.not_played(variant)
                    .unwrap_or_else(|| blocked(variant, Finding::DependsOn { case }))
            }));
            // What was found on the one connection stays.
            if !self.results.contains_key(&at) {
                self.store(at, results);
            } else if let Some(found) = self.results.remove(&at) {
                let known: Vec<String> = found.iter().map(|one| one.id.clone()).collect();
                let mut all = found;
                all.extend(results.into_iter().filter(|one| !known.contains(&one.id)));
                self.store(at, all);
            }
            return;
        }
        (self.observer)(Progress::Started(&planned.id));
        let base = match planned.servers.is_empty() {
            true => self.play_case(&self.with_sentinel(&planned), true).await,
            false => self.play_in_company(&planned).await,
        };
        let base = self.unless_gone(base);
        let outcomes: &[Outcome] = match base.status.earns() {
            true => &base.outcomes,
            false => &[],
        };
        let variants = self.variants(case, &planned, outcomes, Some(&base.transcript));
        let first = self.result(&planned, base);
        self.watch(&first).await;
        self.verdicts.insert(first.id.clone(), first.status);
        let mut results = vec![first];
        for variant in self.without_abusive(at, variants) {
            results.push(self.variant(&variant).await);
        }
        self.store(at, results);
    }

    /// The result of a case that is not played, and why; `None` when it is to be played.
    fn not_played(&self, planned: &PlannedCase) -> Option<CaseResult> {
        let blocked = planned
            .after
            .iter()
            .find(|id| self.verdicts.get(*id).is_some_and(|status| !status.earns()));
        let too_few = planned.serving.filter(|asked| match self.serving {
            Some(ServingSeen::OneShot) => *asked > Serving::OneShot,
            Some(ServingSeen::Iterative) => *asked > Serving::Iterative,
            Some(ServingSeen::Parallel) | None => false,
        });
        let endless = self.style.answer_end == AnswerEnd::Nothing
            && self.request.spec.framing == Framing::Lines
            && !planned.id.contains('@')
            && planned.plays.iter().any(Play::takes_delimited_answers);
        let too_few = too_few.filter(|_| !self.is_asked_of_restarted(planned));
        let (status, finding) = if planned.needs == Needs::Run && !self.engine.is_started() {
            (Status::Skipped, Finding::NeedsRun)
        } else if self.ended {
            (Status::Inconclusive, Finding::Ended)
        } else if endless {
            (
                Status::Blocked,
                Finding::DependsOn {
                    case: "answers-end-with-newline".to_owned(),
                },
            )
        } else if let Some(asked) = too_few {
            // What the exercise asks is failed once, by the case about serving itself.
            match asked <= self.request.spec.serving {
                true => (
                    Status::Blocked,
                    Finding::DependsOn {
                        case: "second-client".to_owned(),
                    },
                ),
                false => (Status::Skipped, Finding::ServesFewer),
            }
        } else if let Some(case) = &self.dead {
            (Status::Blocked, Finding::DependsOn { case: case.clone() })
        } else if let Some(case) = blocked {
            let status = match self.verdicts.get(case) {
                Some(Status::Inconclusive | Status::Skipped) => Status::Inconclusive,
                _ => Status::Blocked,
            };
            (status, Finding::DependsOn { case: case.clone() })
        } else if self.start.elapsed() > self.request.limits.total {
            let out_of_time = ProgramFinding::OutOfTime(self.request.limits.total);
            (Status::Inconclusive, Finding::Program(out_of_time))
        } else {
            return None;
        };
        let diagnosis = Diagnosis::not_judged(finding);
        Some(diagnose::result(
            planned,
            status,
            Some(diagnosis),
            Transcript::default(),
        ))
    }

    fn with_sentinel(&self, planned: &PlannedCase) -> PlannedCase {
        let mut planned = planned.clone();
        for play in &mut planned.plays {
            *play = derive::with_sentinel(play.clone(), &self.discovery.sentinel);
        }
        planned
    }

    fn result(&self, planned: &PlannedCase, played: CasePlayed) -> CaseResult {
        let reach = match planned.servers.is_empty() {
            true => self.request.reach(),
            false => self.request.reach_company(&planned.servers),
        };
        let diagnosis = played.failure.as_ref().map(|(failure, play)| Diagnosis {
            death: played.death.clone(),
            ..diagnose::first_look(planned, failure, play, &played.transcript, &reach)
        });
        let closing = played
            .outcomes
            .iter()
            .rev()
            .find_map(|outcome| outcome.closing);
        CaseResult {
            closing,
            flaky: played.flaky,
            plays: played.plays,
            duration: played.duration,
            ..diagnose::result(planned, played.status, diagnosis, played.transcript)
        }
    }

    fn store(&mut self, at: usize, results: Vec<CaseResult>) {
        for result in &results {
            self.verdicts.insert(result.id.clone(), result.status);
            (self.observer)(Progress::Finished(result));
        }
        self.results.insert(at, results);
    }

    /// What the style itself says: do answers and requests go by line?
    fn style_cases(&mut self) {
        let cases = built_in::style_cases(&self.request.spec, &self.discovery.lesson);
        let cases = cases
            .into_iter()
            .filter(|case| self.request.selection.takes(&case.id, case.level))
            .collect();
        self.store(usize::MAX - 1, cases);
    }

    /// What the exercise asks of serving, beside what was seen.
    fn serving_case(&mut self) {
        let seen = self.serving.unwrap_or(ServingSeen::Parallel);
        let served = self.knows_a_question();
        if let Some(case) =
            built_in::serving_case(&self.request.spec, seen, served, self.refuses_second)
            && self.request.selection.takes(&case.id, case.level)
        {
            self.store(usize::MAX, vec![case]);
        }
        let datagrams = self.request.spec.transport == Transport::Udp;
        let asks = !self.discovery.sentinel.is_empty();
        if datagrams && served && asks && self.request.selection.takes("first-datagram", 1) {
            let missed = self.discovery.missed.take();
            let case = built_in::first_datagram(missed, &self.request.reach());
            self.store(usize::MAX - 4, vec![case]);
        }
    }

    fn into_grade(self, started_us: i64) -> Grade {
        let mut style = (*self.style).clone();
        style.serving = self.serving;
        let mut cases: Vec<CaseResult> = self.results.into_values().flatten().collect();
        // One-shot targets: the control was answered while its style was learnt.
        built_in::take_control_from_discovery(
            &mut cases,
            &self.request.spec.control,
            &self
                .discovery
                .played
                .iter()
                .map(|one| one.outcome.clone())
                .collect::<Vec<_>>(),
            self.discovery.played.last().map(|one| &one.transcript),
        );
        cases.sort_by_key(|case| case.level);
        let mut deaths = self.engine.deaths();
        deaths.extend(self.dead.map(|case| (case, None)));
        let evidence = Evidence {
            spec: &self.request.spec,
            style: &style,
            deaths: &deaths,
            reach: &self.request.reach(),
            answered: self.discovery.lesson.answered,
            late: self.discovery.late,
        };
        diagnose::conclude(&mut cases, &evidence);
        Grade {
            exercise: self.request.spec.id.clone(),
            title: self.request.spec.title.clone(),
            role: match self.request.spec.transport {
                Transport::None => Role::Program,
                _ => Role::Server,
            },
            target: self.request.name.clone(),
            seed: self.request.options.seed,
            strict: self.request.options.strict,
            started_us,
            duration: self.start.elapsed(),
            style: (self.discovery.lesson.answered > 0).then_some(style),
            loss: self.loss,
            manner: None,
            notes: self.notes,
            cases,
        }
    }
}

//! Finds out how the target speaks and how many it serves, before anything is graded.

use std::sync::Arc;

use sockspec_case::diagnosis::{Cause, Finding};
use sockspec_case::expect::Expectation;
use sockspec_case::learn::{self, Lesson, Probe};
use sockspec_case::pattern::Matcher;
use sockspec_case::plan::Options;
use sockspec_case::play::{Cut, Deed, Ending, Play, Step, Steps};
use sockspec_case::player::Verdict;
use sockspec_case::style::{RequestEnd, ServingSeen, Style};
use sockspec_case::transcript::{ConnectError, Kind, Transcript};
use sockspec_spec::Spec;
use sockspec_spec::model::Framing;

use crate::engine::{Engine, Played};
use crate::link::Link;
use crate::program::keyboard::Input;
use crate::target::Target;

/// What discovery found.
#[derive(Debug)]
pub struct Discovery {
    /// How the target speaks.
    pub lesson: Lesson,
    /// The control dialogue as it went while the style was being learnt.
    pub played: Vec<Played>,
    /// One question of the control and its answer, in the target's style: short, and known to work.
    pub sentinel: Vec<Step>,
    /// The steps of the control, as they were played; of a script, those up to its first answer.
    pub control: Vec<Step>,
    /// How the first datagram of all went, where it got no answer and later ones did.
    pub missed: Option<Transcript>,
    /// Where nothing was answered: what makes the answers come after all.
    pub late: Option<Cause>,
}

/// How the target serves, and the connections that finding out left open.
#[derive(Debug)]
pub struct Serving {
    /// Several at once, or not (one at a time and one only look the same until the first has left).
    pub parallel: bool,
    /// A second client that waits for its turn.
    pub waiting: Option<Link>,
    /// Whether the second client was turned away rather than left to wait.
    pub refused: bool,
}

impl Discovery {
    /// Whether the target is one of datagrams on this machine, where none is lost, that answered none of them.
    pub fn is_mute(&self, engine: &mut Engine) -> bool {
        self.lesson.answered == 0
            && engine.has_datagram_socket() == Some(true)
            && !answered_from_elsewhere(&self.played)
    }

    /// Whether the control dialogue went as it should, to its end.
    pub fn went_well(&self) -> bool {
        self.played
            .iter()
            .all(|one| matches!(one.outcome.verdict, Verdict::Pass | Verdict::NonStrict))
    }

    /// What is known of a target that was never reached.
    pub fn nothing(framing: Framing) -> Self {
        Discovery {
            lesson: Lesson {
                style: Style::canonical(framing),
                right: 0,
                of: 0,
                answered: 0,
            },
            played: Vec::new(),
            sentinel: Vec::new(),
            control: Vec::new(),
            missed: None,
            late: None,
        }
    }
}

/// Plays the control dialogue until its style is understood; its connection is kept.
///
/// # Errors
/// The target could not be reached.
pub async fn discover(
    engine: &mut Engine,
    spec: &Arc<Spec>,
    options: &Options,
) -> Result<Discovery, ConnectError> {
    let datagrams = spec.framing == Framing::Datagram;
    // Where the kernel knows, an answer that says that nobody listens is the end of somebody who did.
    let known = engine.has_datagram_socket();
    if known == Some(false) {
        return Err(ConnectError::Refused);
    }
    let mut learnt = learn(engine, spec, options, datagrams && known.is_none()).await?;
    // What stays in a buffer while the output is a pipe shows on a terminal, where users of the program look.
    let shows = engine.is_started() && (learnt.2.case.plays.iter()).any(Play::has_streams);
    if shows && learnt.0.answered == 0 {
        engine.turn_to(Input::Terminal).await;
        let again = learn(engine, spec, options, false).await?;
        match again.0.answered > 0 {
            true => learnt = again,
            false => engine.turn_to(Input::Pipe).await,
        }
    }
    let (lesson, played, probe) = learnt;
    let sentinel = sentinel(&lesson, &played, &probe);
    let late = match lesson.answered == 0 {
        true => ask_again(engine, &probe, &played).await,
        false => None,
    };
    let control = match probe.case.plays.first() {
        Some(play) => match &play.steps {
            Steps::Fixed(steps) => steps.to_vec(),
            Steps::Script(script, spec) => script.opening(play, spec),
        },
        None => Vec::new(),
    };
    Ok(Discovery {
        lesson,
        played,
        sentinel,
        control,
        missed: None,
        late,
    })
}

/// What one way to end requests taught, and how that went.
type Learnt = (Lesson, Vec<Played>, Probe);

/// Plays the control dialogue with one request end after the other, until it is answered as it should be.
/// `unsure` says that datagrams may be refused because nobody listens.
async fn learn(
    engine: &mut Engine,
    spec: &Arc<Spec>,
    options: &Options,
    unsure: bool,
) -> Result<Learnt, ConnectError> {
    let mut best: Option<Learnt> = None;
    let ends = learn::request_ends(spec);
    for request_end in ends {
        let learnt = try_end(engine, spec, options, *request_end, unsure, false).await;
        let Some(learnt) = learnt.transpose() else {
            break;
        };
        let learnt = match (learnt, &best) {
            (Ok(learnt), _) => learnt,
            (Err(error), None) => return Err(error),
            (Err(_), Some(_)) => break,
        };
        let good = learnt.0.is_good();
        if best
            .as_ref()
            .is_none_or(|before| learnt.0.right > before.0.right)
        {
            best = Some(learnt);
        }
        if good {
            break;
        }
    }
    let best = best.ok_or(ConnectError::Other)?;
    // Before a target is said to want another end than the protocol's, it is asked once more with all patience:
    // it may only have been late.
    if let Some(usual) = ends
        .first()
        .filter(|usual| best.0.style.request_end != **usual)
        && let Ok(Some(again)) = try_end(engine, spec, options, *usual, unsure, true).await
        && again.0.right >= best.0.right
    {
        return Ok(again);
    }
    Ok(best)
}

/// Plays the control dialogue with requests ended so; `None` where the spec has none.
async fn try_end(
    engine: &mut Engine,
    spec: &Arc<Spec>,
    options: &Options,
    request_end: RequestEnd,
    unsure: bool,
    patient: bool,
) -> Result<Option<Learnt>, ConnectError> {
    let screen = engine.screen();
    let Some(probe) = Probe::with_screen(spec, request_end, options, screen) else {
        return Ok(None);
    };
    engine.release().await;
    let mut played = Vec::new();
    for play in &probe.case.plays {
        played.push(engine.play(play, patient).await);
    }
    if let Some(error) = played.first().and_then(|one| not_opened(one, unsure)) {
        return Err(error);
    }
    let outcomes: Vec<_> = played.iter().map(|one| one.outcome.clone()).collect();
    Ok(Some((probe.learn(&outcomes), played, probe)))
}

fn not_opened(played: &Played, unsure: bool) -> Option<ConnectError> {
    let has = |wanted: fn(&Kind) -> bool| {
        played
            .transcript
            .events
            .iter()
            .any(|event| wanted(&event.kind))
    };
    // A datagram is not refused when it is sent, but by the system's answer to it.
    let silent = !has(|kind| matches!(kind, Kind::Received(_)));
    if unsure && silent && has(|kind| matches!(kind, Kind::Reset)) {
        return Some(ConnectError::Refused);
    }
    played
        .transcript
        .events
        .iter()
        .find_map(|event| match event.kind {
            Kind::NotOpened(error) => Some(error),
            _ => None,
        })
}

/// The first question of the control that was answered rightly, with what it expects, the end included.
fn sentinel(lesson: &Lesson, played: &[Played], probe: &Probe) -> Vec<Step> {
    let Some(play) = probe.case.plays.first() else {
        return Vec::new();
    };
    let Steps::Fixed(steps) = &play.steps else {
        return Vec::new();
    };
    let passed = played
        .first()
        .is_some_and(|one| matches!(one.outcome.verdict, Verdict::Pass | Verdict::NonStrict));
    let answered = passed || (!played.is_empty() && lesson.right > 0);
    let mut rest = steps
        .iter()
        .skip_while(|step| !matches!(step, Step::Send(..)));
    let question = rest.next();
    // A server that closes after its answer is not asked twice over one connection.
    let answer: Vec<&Step> = rest
        .take_while(|step| {
            matches!(step, Step::Expect(..) | Step::Shows(..) | Step::Type(..))
                || (passed && matches!(step, Step::ExpectEnd(..)))
        })
        .collect();
    match question {
        Some(question) if answered && !answer.is_empty() => {
            std::iter::once(question).chain(answer).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// A short dialogue that shows whether the target still serves: a question whose answer is known, or
/// the control itself where nothing of it depends on a style, or the server's first words.
pub fn lifeline(spec: &Spec, style: &Arc<Style>, discovery: &Discovery) -> Play {
    let spoken = |matcher| Step::Expect(1, Expectation::Patterns(vec![Arc::new(matcher)]));
    let passes = |one: &Played| matches!(one.outcome.verdict, Verdict::Pass | Verdict::NonStrict);
    let steps: Vec<Step> = match (&discovery.sentinel[..], &discovery.control[..]) {
        ([], _) if spec.styled => vec![spoken(Matcher::any())],
        ([], control) if discovery.played.iter().all(passes) => control.to_vec(),
        ([], control) if discovery.lesson.right > 0 => first_words(control),
        ([], _) if spec.server_first => vec![spoken(Matcher::some())],
        ([], _) => vec![Step::Open(1)],
        (sentinel, _) => sentinel.to_vec(),
    };
    Play {
        label: String::new(),
        steps: Steps::Fixed(steps.into()),
        cut: Cut::Whole,
        style: Arc::clone(style),
        framing: spec.framing,
        strict: false,
        server_first: spec.server_first,
        styled: spec.styled,
        ending: Ending::Leave,
        network: None,
    }
}

/// A dialogue up to its first answer, and what the client does to the connection right after it.
fn first_words(control: &[Step]) -> Vec<Step> {
    let answer = control
        .iter()
        .position(|step| matches!(step, Step::Expect(..)));
    let after = answer.map_or(0, |at| at + 1);
    let deeds = control[after..]
        .iter()
        .take_while(|step| matches!(step, Step::Do(..)));
    control[..after + deeds.count()].to_vec()
}

/// Nothing came to the first question: does it come with the second, or at the end?
async fn ask_again(engine: &mut Engine, probe: &Probe, played: &[Played]) -> Option<Cause> {
    let play = probe.case.plays.first()?;
    let Steps::Fixed(steps) = &play.steps else {
        return None;
    };
    let mut again: Vec<Step> = Vec::new();
    for step in steps
        .iter()
        .filter(|step| matches!(step, Step::Send(1, _)))
        .take(2)
    {
        again.extend([step.clone(), Step::Collect(1)]);
    }
    let asked = again.len() / 2;
    if asked == 0 {
        return None;
    }
    if matches!(engine.target, Target::Udp(_)) {
        return answered_from_elsewhere(played).then_some(Cause::RepliesFromElsewhere);
    }
    again.extend([Step::Do(1, Deed::Fin), Step::Collect(1)]);
    engine.release().await;
    let steps = Steps::Fixed(again.into());
    let played = engine
        .play(
            &Play {
                steps,
                ending: Ending::Leave,
                ..play.clone()
            },
            false,
        )
        .await;
    let came: Vec<bool> = played
        .outcome
        .answers
        .iter()
        .map(|answer| !answer.raw.is_empty())
        .collect();
    match came.iter().position(|came| *came)? {
        0 => None,
        at if at < asked => Some(Cause::AnswersLate),
        _ => Some(Cause::MissingFlush),
    }
}

/// Whether a datagram was answered from another address than the one it was sent to.
fn answered_from_elsewhere(played: &[Played]) -> bool {
    let mut events = played.iter().flat_map(|one| &one.transcript.events);
    events.any(|event| matches!(event.kind, Kind::Elsewhere { .. }))
}

/// A fresh client got no answer: does the first one get it, or only the first one any?
pub async fn first_ear(engine: &mut Engine, lifeline: &Play) -> Option<Cause> {
    let mut first = engine.take_kept()?;
    first.drain(&engine.limits);
    if first
        .inbox
        .iter()
        .any(|kind| matches!(kind, Kind::Received(_)))
    {
        return Some(Cause::RepliesToWrongClient);
    }
    engine.keep(Some(first));
    let again = Play {
        ending: Ending::Keep,
        ..lifeline.clone()
    };
    let played = engine.play(&again, false).await;
    matches!(played.outcome.verdict, Verdict::Pass | Verdict::NonStrict)
        .then_some(Cause::SecondClientRefused)
}

/// Opens a second client beside the kept one and sees whether it is served.
pub async fn serving(engine: &mut Engine, spec: &Spec, lifeline: &Play) -> Serving {
    if spec.framing == Framing::Datagram {
        return Serving {
            parallel: true,
            waiting: None,
            refused: false,
        };
    }
    let is_mute = !engine.keeps_connection() && !spec.server_first;
    if !engine.keeps_connection() {
        // The target closed after its answer, as some exercises ask: another first client is needed,
        // and where the client speaks first it says nothing.
        let steps = match spec.server_first {
            true => lifeline.steps.clone(),
            false => Steps::Fixed([Step::Open(1)].into()),
        };
        let first = Play {
            steps,
            ending: Ending::Keep,
            ..lifeline.clone()
        };
        engine.play(&first, false).await;
        if !engine.keeps_connection() {
            return Serving {
                parallel: false,
                waiting: None,
                refused: false,
            };
        }
    }
    let first = engine.take_kept();
    let second = Play {
        ending: Ending::Keep,
        ..lifeline.clone()
    };
    let played = engine.play(&second, false).await;
    let served = matches!(played.outcome.verdict, Verdict::Pass | Verdict::NonStrict);
    let waiting = engine.take_kept();
    engine.keep(first);
    if served {
        if is_mute {
            // A server that dies of clients who leave without a word shall do so in the case about them.
            engine.play(&second, false).await;
        }
        engine.release().await;
        engine.keep(waiting);
        engine.release().await;
        return Serving {
            parallel: true,
            waiting: None,
            refused: false,
        };
    }
    let refused = matches!(
        &played.outcome.verdict,
        Verdict::Fail(failure) if matches!(
            failure.finding,
            Finding::ClosedEarly | Finding::ResetEarly | Finding::Refused
        )
    );
    Serving {
        parallel: false,
        waiting,
        refused,
    }
}

/// After the first client has left: whether the target serves another, and so is iterative.
///
/// `None` when nobody listens any more: the program has ended.
pub async fn after_the_first(
    engine: &mut Engine,
    lifeline: &Play,
    waiting: Option<Link>,
) -> Option<ServingSeen> {
    if let Some(link) = waiting {
        engine.keep(Some(link));
        // Its question is long asked: whatever it says now, it is being served.
        let steps = [Step::Collect(1)];
        let collect = Play {
            steps: Steps::Fixed(steps.into()),
            ending: Ending::Keep,
            ..lifeline.clone()
        };
        let played = engine.play(&collect, false).await;
        engine.release().await;
        if played
            .outcome
            .answers
            .iter()
            .any(|answer| !answer.raw.is_empty())
        {
            return Some(ServingSeen::Iterative);
        }
    }
    let played = engine.play(lifeline, true).await;
    match played.outcome.verdict {
        Verdict::Pass | Verdict::NonStrict => Some(ServingSeen::Iterative),
        _ => None,
    }
}

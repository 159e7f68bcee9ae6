//! From failures to causes: the pattern of what passes and fails *is* the diagnosis.

use std::collections::{BTreeMap, BTreeSet};

use sockspec_spec::Spec;
use sockspec_spec::model::{Framing, Law};
use unicode_normalization::UnicodeNormalization;

use crate::diagnosis::{Cause, Diagnosis, Finding};
use crate::grade::{CaseResult, Status};
use crate::http::Unreadable;
use crate::moment;
use crate::plan::PlannedCase;
use crate::play::Play;
use crate::player::Failure;
use crate::program::{Death, Exit};
use crate::reproduce::{self, Reach};
use crate::style::Style;
use crate::transcript::{Kind, Silence, Transcript};

mod datagrams;
mod streams;
mod texts;

use texts::{is_first_word, is_subsequence, same_but_for_accents, shortened, squeezed};

/// What is known beside the cases themselves.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The exercise.
    pub spec: &'a Spec,
    /// How the target speaks.
    pub style: &'a Style,
    /// The cases after which the target no longer served; how it ended, where the harness started it.
    pub deaths: &'a BTreeMap<String, Option<Death>>,
    /// How a reader reaches the target by hand.
    pub reach: &'a Reach,
    /// How many answers came while the style was learnt.
    pub answered: usize,
    /// Where nothing was answered: what made the answers come after all.
    pub late: Option<Cause>,
}

impl Failure {
    /// A failure that only has a finding.
    pub fn of(finding: Finding) -> Self {
        Failure {
            finding,
            connection: 1,
            expected: Vec::new(),
            pattern: None,
            actual: Vec::new(),
            answered: 0,
        }
    }
}

impl Diagnosis {
    /// Why a case was not judged.
    pub fn not_judged(finding: Finding) -> Self {
        Diagnosis {
            cause: Cause::NotJudged,
            finding,
            expected: Vec::new(),
            pattern: None,
            actual: Vec::new(),
            first_difference: None,
            reproduce: String::new(),
            death: None,
            play: String::new(),
        }
    }
}

/// A result with what the plan knows of the case.
pub fn result(
    planned: &PlannedCase,
    status: Status,
    diagnosis: Option<Diagnosis>,
    transcript: Transcript,
) -> CaseResult {
    CaseResult {
        id: planned.id.clone(),
        version: planned.version,
        title: planned.title.clone(),
        level: planned.level,
        law: planned.law,
        clause: planned.clause.clone(),
        hint: planned.hint.clone(),
        max: planned.points,
        visibility: planned.visibility,
        status,
        closing: None,
        flaky: None,
        plays: 0,
        duration: Default::default(),
        diagnosis,
        transcript,
    }
}

/// The diagnosis that one failed case allows on its own.
pub fn first_look(
    planned: &PlannedCase,
    failure: &Failure,
    play: &str,
    transcript: &Transcript,
    reach: &Reach,
) -> Diagnosis {
    let framing = planned
        .plays
        .first()
        .map_or(Framing::Bytes, |play| play.framing);
    let exact = failure.pattern.is_none() || !failure.expected.is_empty();
    let first_difference = (exact && !failure.expected.is_empty()).then(|| {
        failure
            .expected
            .iter()
            .zip(&failure.actual)
            .take_while(|(a, b)| a == b)
            .count()
    });
    let seen = cause_alone(planned, failure, transcript);
    // A message of another client got in: where the case is about clients, the spec knows which way.
    let seen = match planned.law {
        Law::Survival => seen,
        _ if seen == Cause::SharedState && planned.cause.is_some() => Cause::WrongAnswer,
        _ => seen,
    };
    // The spec's word counts where the failure itself says nothing more precise.
    let cause = (planned.cause.filter(|_| says_little(seen, planned.law))).unwrap_or(seen);
    let finding = match (framing, cause, &failure.finding) {
        (Framing::Datagram, Cause::TruncatesAtBuffer, Finding::Mismatch) => Finding::Truncated {
            kept: failure.actual.len() as u64,
            of: failure.expected.len() as u64,
        },
        (.., other) => other.clone(),
    };
    Diagnosis {
        cause,
        finding,
        expected: failure.expected.clone(),
        pattern: failure.pattern.clone(),
        actual: failure.actual.clone(),
        first_difference,
        reproduce: reproduce::commands(transcript, framing, reach),
        death: None,
        play: play.to_owned(),
    }
}

/// Whether a spec knows better than this cause: it only repeats what was seen, or blames bytes that are
/// no text where text is not the matter, or one client's order where an answer may be another client's.
fn says_little(cause: Cause, law: Law) -> bool {
    let encoding = matches!(cause, Cause::DiesOnInvalidUtf8 | Cause::ClosesOnInvalidUtf8);
    is_general(cause)
        || (encoding && law != Law::Encoding)
        || (cause == Cause::AnswersLate && law == Law::Isolation)
}

/// Whether a cause only repeats what was seen.
fn is_general(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::WrongAnswer
            | Cause::NeverAnswers
            | Cause::ClosesEarly
            | Cause::NeverCloses
            | Cause::ServiceDies
            | Cause::ExtraOutput
            | Cause::BrokenRules
            | Cause::StopsAfterFirstRequest
            | Cause::LineNotShown
            | Cause::LeavesWrongly
    )
}

/// What the failure of one case says, without the others.
fn cause_alone(planned: &PlannedCase, failure: &Failure, transcript: &Transcript) -> Cause {
    let sent = transcript.sent(failure.connection);
    let pattern = failure.pattern.as_deref().unwrap_or_default();
    let framing = planned
        .plays
        .first()
        .map_or(Framing::Bytes, |play| play.framing);
    let datagrams = framing == Framing::Datagram;
    let lines = framing == Framing::Lines;
    if let (true, Some(cause)) = (datagrams, datagrams::cause(failure, transcript)) {
        return cause;
    }
    match &failure.finding {
        Finding::Program(found) => streams::cause(found, failure, transcript),
        // It was there when its style was learnt, and no datagram but an empty one ended it.
        Finding::Refused
            if has_empty_datagram(transcript) && sent.is_empty() && failure.answered == 0 =>
        {
            Cause::StopsAtEmptyDatagram
        }
        Finding::Refused if datagrams && planned.level == 1 => Cause::StopsAfterFirstRequest,
        Finding::Refused | Finding::ConnectTimedOut => Cause::NotListening,
        Finding::NoNewline => Cause::MissingNewline,
        Finding::Script { .. } => Cause::BrokenRules,
        Finding::Http(Unreadable::ShortBody) if failure.actual.len() >= LARGE_PART_BYTES => {
            Cause::IgnoresPartialWrite
        }
        Finding::Http(Unreadable::ShortBody | Unreadable::Length) => Cause::WrongSize,
        Finding::Http(_) => Cause::NotHttp,
        Finding::NotRead { .. } => Cause::StopsReading,
        Finding::NotClosed { .. } if spins(transcript) => Cause::SpinsAtEof,
        Finding::NotClosed { .. } => Cause::NeverCloses,
        Finding::Extra => extra(failure, transcript),
        Finding::Flooded => Cause::ExtraOutput,
        Finding::ClosedEarly | Finding::ResetEarly => match () {
            () if has_invalid_utf8(&sent) => Cause::ClosesOnInvalidUtf8,
            () if lines && has_empty_line(&sent) => Cause::DiesOnEmptyLine,
            () if failure.expected.len() >= LARGE_BYTES => Cause::IgnoresPartialWrite,
            () if after_fin(transcript, failure.connection) => Cause::LosesAnswersAtHalfClose,
            () if failure.answered > 0 && planned.level == 1 => Cause::StopsAfterFirstRequest,
            () => Cause::ClosesEarly,
        },
        Finding::NoAnswer { .. } | Finding::Incomplete { .. } => match () {
            () if pattern.contains("{time32") && !failure.actual.is_empty() => Cause::WrongWidth,
            () if pattern.contains("{chargen") && !failure.actual.is_empty() => {
                Cause::StopsAfterFirstRequest
            }
            () if stops_at_nul(failure) => Cause::NulTerminated,
            () if framing == Framing::Bytes
                && !sent.is_empty()
                && !sent.ends_with(b"\n")
                && failure.actual.is_empty() =>
            {
                Cause::WaitsForNewline
            }
            // A second client's answers may have waited for the first to leave.
            () if !sent.is_empty()
                && failure.connection == 1
                && answers_after_fin(transcript, failure.connection) =>
            {
                Cause::MissingFlush
            }
            () if has_invalid_utf8(&sent) => Cause::ClosesOnInvalidUtf8,
            () if datagrams && datagrams::ends_with_an_empty_one(transcript) => {
                Cause::StopsAtEmptyDatagram
            }
            () if failure.expected.len() >= LARGE_BYTES && !failure.actual.is_empty() => {
                Cause::IgnoresPartialWrite
            }
            () if after_fin(transcript, failure.connection) => Cause::LosesAnswersAtHalfClose,
            () if !failure.actual.is_empty() => shortened(
                &failure.expected,
                &failure.actual,
                overhead(transcript, failure),
            ),
            () if failure.answered == 0 => Cause::NeverAnswers,
            () if planned.level == 1 => Cause::StopsAfterFirstRequest,
            () => Cause::NeverAnswers,
        },
        _ if pattern.contains("{later") && tells_a_time(&failure.actual) => Cause::FrozenTime,
        _ if pattern.contains("{time32") => wrong_number(&failure.actual, transcript),
        _ if pattern.contains("{timestamp") || pattern.contains("{date") => Cause::WrongTime,
        _ => mismatch(planned, failure, transcript, framing),
    }
}

/// Whether it may be a time at all: the four bytes of RFC 868, or as many digits as the shortest of dates has.
fn tells_a_time(text: &[u8]) -> bool {
    text.len() == 4 || text.iter().filter(|byte| byte.is_ascii_digit()).count() >= 6
}

/// Another number came than the seconds since 1900: how they were written.
fn wrong_number(actual: &[u8], transcript: &Transcript) -> Cause {
    let Ok(bytes) = <[u8; 4]>::try_from(actual) else {
        return Cause::WrongWidth;
    };
    let elapsed = transcript.events.last().map(|event| event.at);
    let elapsed_us = elapsed.map_or(0, |at| i64::try_from(at.as_micros()).unwrap_or(0));
    let now_us = transcript.started_us + elapsed_us;
    let is_now = |number: u32| moment::time32(&number.to_be_bytes(), now_us).is_some();
    let as_sent = u32::from_be_bytes(bytes);
    let reversed = u32::from_le_bytes(bytes);
    let since_1900 = |since_1970: u32| since_1970.wrapping_add(moment::EPOCH_1900_S as u32);
    match () {
        () if is_now(reversed) || is_now(since_1900(reversed)) => Cause::ByteOrder,
        () if is_now(since_1900(as_sent)) => Cause::WrongEpoch,
        () => Cause::WrongTime,
    }
}

/// Whether the answer ends where the expected one has a NUL.
fn stops_at_nul(failure: &Failure) -> bool {
    failure.expected.starts_with(&failure.actual)
        && failure.expected.get(failure.actual.len()) == Some(&0)
}

/// From this length on what came of an answer is more than a short one, in bytes.
const LARGE_PART_BYTES: usize = 64 << 10;

/// From this length on an answer may not fit a small buffer, in bytes.
const SMALL_BUFFER_BYTES: usize = 64;

/// From this length on an answer is larger than any write is sure to take, in bytes.
const LARGE_BYTES: usize = 1 << 20;

/// Another answer came than was expected: what the difference looks like.
fn mismatch(
    planned: &PlannedCase,
    failure: &Failure,
    transcript: &Transcript,
    framing: Framing,
) -> Cause {
    let datagrams = framing == Framing::Datagram;
    let (expected, actual) = (&failure.expected[..], &failure.actual[..]);
    if expected.len() >= LARGE_BYTES {
        // Bytes are missing in the middle: a write took less than it was given.
        return Cause::IgnoresPartialWrite;
    }
    let (want, got) = (
        String::from_utf8_lossy(expected),
        String::from_utf8_lossy(actual),
    );
    let without_nul = got.trim_end_matches('\0');
    // The harness cut it, or it may not have fitted what the target reads at once.
    let is_cut = !datagrams && (planned.id.contains('@') || expected.len() >= SMALL_BUFFER_BYTES);
    match () {
        () if actual.contains(&0)
            && !expected.contains(&0)
            && expected == without_nul.as_bytes() =>
        {
            Cause::PadsWithNul
        }
        () if (expected.is_empty() || framing == Framing::Recv) && actual.ends_with(b"\0") => {
            Cause::PadsWithNul
        }
        () if expected.is_empty() => Cause::WrongAnswer,
        () if actual.trim_ascii().is_empty() && !expected.trim_ascii().is_empty() => {
            empty_line(transcript, failure)
        }
        () if actual.len() < expected.len() && expected.starts_with(actual) => {
            if stops_at_nul(failure) {
                Cause::NulTerminated
            } else if is_first_word(expected, actual) {
                Cause::FirstWordOnly
            } else {
                shortened(expected, actual, overhead(transcript, failure))
            }
        }
        () if has_replacement(actual) && !has_replacement(expected) => match is_cut {
            true => Cause::SplitCharacter,
            // It came in one piece: it was decoded as what it is not.
            false => Cause::WrongAnswer,
        },
        () if got.trim_end_matches('\r') == want => Cause::KeepsCarriageReturn,
        () if actual.starts_with(expected) && actual[expected.len()..].iter().all(|b| *b == 0) => {
            Cause::PadsWithNul
        }
        // More than was asked for in one datagram: the rest of its buffer.
        () if datagrams
            && actual.starts_with(expected)
            && !actual[expected.len()..].trim_ascii().is_empty() =>
        {
            Cause::LeaksPreviousDatagram
        }
        () if got.nfc().eq(want.nfc()) => Cause::NormalisesAccents,
        () if !want.is_ascii() && same_but_for_accents(&got, &want) => Cause::AsciiOnlyMapping,
        () if got.trim() == want.trim() || squeezed(&got) == squeezed(&want) => {
            Cause::StripsArgument
        }
        () if actual.len() < expected.len() && is_subsequence(actual, expected) => match framing {
            // The words behind the question are there: the question itself was cut, or left out.
            Framing::Recv if expected.len() >= SMALL_BUFFER_BYTES => Cause::TruncatesAtBuffer,
            _ if expected.len() < SMALL_BUFFER_BYTES => Cause::WrongAnswer,
            _ => shortened(expected, actual, overhead(transcript, failure)),
        },
        () if answered_before(transcript, failure) => match datagrams {
            true => Cause::AnswersTwice,
            false => Cause::AnswersLate,
        },
        () if datagrams && asked_elsewhere(planned, failure) => Cause::AnswersLate,
        () if failure.connection > 1 => Cause::SharedState,
        () => Cause::WrongAnswer,
    }
}

/// Whether the target was running at full speed while nothing came.
fn spins(transcript: &Transcript) -> bool {
    transcript
        .events
        .iter()
        .any(|event| event.kind == Kind::Quiet(Silence::Busy))
}

/// Whether the harness had ended its direction before the failure.
fn after_fin(transcript: &Transcript, connection: u8) -> bool {
    let mut played = transcript
        .events
        .iter()
        .take_while(|event| event.kind != Kind::Judged);
    played.any(|event| event.connection == connection && event.kind == Kind::SentFin)
}

/// Whether the answer is the one to the question before, and the right one comes behind it.
fn answered_before(transcript: &Transcript, failure: &Failure) -> bool {
    let actual = failure.actual.trim_ascii_end();
    let expected = failure.expected.trim_ascii_end();
    let received = transcript.received(failure.connection);
    let places = |text: &[u8]| -> Vec<usize> {
        (0..received.len())
            .filter(|at| received[*at..].starts_with(text))
            .collect()
    };
    if actual.is_empty() {
        return false;
    }
    let seen = places(actual);
    let twice = seen.len() > 1;
    twice && (expected.is_empty() || places(expected).iter().any(|at| Some(at) > seen.get(1)))
}

/// Whether the answer is the one to another question of the same case.
fn asked_elsewhere(planned: &PlannedCase, failure: &Failure) -> bool {
    planned.plays.iter().flat_map(Play::sends).any(|sent| {
        sent.eq_ignore_ascii_case(&failure.actual)
            && !sent.eq_ignore_ascii_case(&failure.expected)
            && !sent.is_empty()
    })
}

/// Whether the bytes hold U+FFFD itself: a decoder gave up on something.
fn has_replacement(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|three| three == "\u{FFFD}".as_bytes())
}

/// Bytes that nobody asked for.
fn extra(failure: &Failure, transcript: &Transcript) -> Cause {
    match () {
        () if answered_before(transcript, failure) => Cause::AnswersTwice,
        () if failure.actual.contains(&0) => Cause::PadsWithNul,
        () if failure.answered > 0 && earlier(transcript, &failure.actual) => {
            Cause::LeaksPreviousDatagram
        }
        () => Cause::ExtraOutput,
    }
}

/// How many bytes longer the question was than its answer should be (a command and a space, say).
fn overhead(transcript: &Transcript, failure: &Failure) -> usize {
    let sent = transcript.sent(failure.connection);
    let last = sent
        .trim_ascii_end()
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    last.len()
        .saturating_sub(failure.expected.trim_ascii_end().len())
}

/// Nothing but white space came: an empty line before the answer, or in its place.
fn empty_line(transcript: &Transcript, failure: &Failure) -> Cause {
    let received = transcript.received(failure.connection);
    let expected = failure.expected.trim_ascii();
    let comes = received
        .windows(expected.len())
        .any(|part| part == expected);
    match failure.answered > 0 && comes {
        true => Cause::ExtraOutput,
        false => Cause::WrongAnswer,
    }
}

/// Whether `bytes` (not nothing) ends something that was sent or received before.
fn earlier(transcript: &Transcript, bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii_end();
    bytes.len() > 1
        && transcript.events.iter().any(|event| {
            event.kind.sent().is_some_and(|sent| {
                sent.trim_ascii_end()
                    .to_ascii_lowercase()
                    .ends_with(&bytes.to_ascii_lowercase())
            })
        })
}

fn has_invalid_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err()
}

fn has_empty_line(bytes: &[u8]) -> bool {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .any(|line| matches!(line, b"\n" | b"\r\n"))
}

fn has_empty_datagram(transcript: &Transcript) -> bool {
    transcript
        .events
        .iter()
        .any(|event| event.kind.sent().is_some_and(Vec::is_empty))
}

/// Whether answers came only once the client had ended its direction: they sat in a buffer.
fn answers_after_fin(transcript: &Transcript, connection: u8) -> bool {
    let events = transcript
        .events
        .iter()
        .filter(|event| event.connection == connection);
    let (mut before, mut after, mut fin, mut waited) = (false, false, false, false);
    for event in events {
        match &event.kind {
            Kind::Quiet(_) if !fin => waited = true,
            Kind::SentFin => fin = true,
            Kind::Received(_) if fin => after = true,
            Kind::Received(_) => before = true,
            _ => {}
        }
    }
    waited && after && !before
}

/// Settles the causes, with all results at hand.
pub fn conclude(cases: &mut [CaseResult], evidence: &Evidence<'_>) {
    let failed: BTreeMap<String, Status> = cases
        .iter()
        .map(|case| (case.id.clone(), case.status))
        .collect();
    // The cases that one cut fails where it cuts no character: then plain text may be cut nowhere.
    let plain: BTreeSet<String> = (cases.iter())
        .filter(|case| case.status == Status::Fail && !cut_in_character(&case.transcript))
        .filter_map(|case| case.id.strip_suffix("@every-cut").map(str::to_owned))
        .collect();
    for case in cases.iter_mut() {
        let ended = evidence.deaths.get(&case.id);
        let died = ended.is_some();
        if died && case.status.earns() {
            // It answered, and then served nobody any more.
            case.status = Status::Fail;
            case.diagnosis = Some(Diagnosis {
                reproduce: reproduce::commands(
                    &case.transcript,
                    evidence.spec.framing,
                    evidence.reach,
                ),
                ..Diagnosis::not_judged(Finding::Died)
            });
        }
        if case.status != Status::Fail {
            continue;
        }
        let (base, variant) = case.id.split_once('@').unwrap_or((&case.id, ""));
        let sibling = |name: &str| failed.get(&format!("{base}@{name}")) == Some(&Status::Fail);
        let Some(diagnosis) = &mut case.diagnosis else {
            continue;
        };
        if diagnosis.death.is_none() {
            diagnosis.death = ended.cloned().flatten();
        }
        let written = evidence.spec.case(base);
        let meant = written.and_then(|case| case.cause);
        // A case that names a cause of its own is not about text unless its law says so.
        let is_text = meant.is_none() || written.is_some_and(|case| case.law == Law::Encoding);
        diagnosis.cause = if died {
            let exit = diagnosis.death.as_ref().and_then(|death| death.exit);
            // Where only the spec has said something, and nothing precise, the failure says nothing.
            let alone = match Some(diagnosis.cause) == meant && is_general(diagnosis.cause) {
                true => Cause::NotJudged,
                false => diagnosis.cause,
            };
            let mut seen = match evidence.spec.framing {
                _ if exit == Some(Exit::SIGPIPE) => Cause::KilledBySigpipe,
                Framing::Datagram => datagrams::death(&case.transcript, alone, variant),
                _ => death(&case.transcript, alone, variant, evidence.spec, is_text),
            };
            let mute = matches!(
                diagnosis.finding,
                Finding::NoAnswer { .. } | Finding::Refused | Finding::ClosedEarly
            );
            let is_control = case.id == evidence.spec.control && evidence.answered > 0;
            match evidence.late {
                // Others are answered still.
                Some(late) if mute => seen = late,
                // It answered while its style was learnt, and never again.
                None if mute && is_control => seen = Cause::StopsAfterFirstRequest,
                _ => {}
            }
            // What says no more than the death itself does not stand for it.
            meant
                .filter(|meant| says_little(seen, case.law) && !is_general(*meant))
                .unwrap_or(seen)
        } else if let (
            Cause::NeverAnswers
            | Cause::StopsAfterFirstRequest
            | Cause::StopsAtEmptyDatagram
            | Cause::MissingFlush,
            Some(late),
        ) = (diagnosis.cause, evidence.late)
        {
            late
        } else if evidence.spec.framing == Framing::Datagram {
            datagrams::settle(diagnosis.cause, variant, &sibling)
        } else if !variant.is_empty() && case.law != Law::Segmentation {
            abused(case.law, diagnosis, &case.transcript)
        } else if variant.is_empty() {
            diagnosis.cause
        } else {
            let plain = plain.contains(base);
            segmentation(variant, diagnosis, &case.transcript, plain, &sibling)
        };
    }
}

/// What a case about ends and clients failed on, where the target lives on.
fn abused(law: Law, diagnosis: &Diagnosis, transcript: &Transcript) -> Cause {
    let nothing = matches!(
        diagnosis.finding,
        Finding::NoAnswer { .. } | Finding::Incomplete { .. } | Finding::ClosedEarly
    );
    let spoiled = matches!(diagnosis.finding, Finding::Mismatch | Finding::Extra);
    let another = last_wait(transcript).is_some_and(|client| client > 1);
    match law {
        Law::HalfClose if nothing => Cause::LosesAnswersAtHalfClose,
        // One client left, and another was answered wrongly or not at all: they share something.
        Law::Survival if another && (nothing || spoiled) => Cause::SharedState,
        _ => diagnosis.cause,
    }
}

/// The connection that was waited for last.
fn last_wait(transcript: &Transcript) -> Option<u8> {
    let judged = (transcript.events.iter()).take_while(|event| event.kind != Kind::Judged);
    judged.last().map(|event| event.connection)
}

/// One case stopped the service for everybody.
fn death(
    transcript: &Transcript,
    cause: Cause,
    variant: &str,
    spec: &Spec,
    is_text: bool,
) -> Cause {
    let sent: Vec<u8> = transcript.sent(1);
    let reset = transcript
        .events
        .iter()
        .any(|event| event.kind == Kind::SentReset);
    let fin_then_reset = transcript
        .events
        .windows(2)
        .any(|two| two[0].kind == Kind::SentFin && two[1].kind == Kind::SentReset);
    let left = transcript
        .events
        .iter()
        .any(|event| event.kind == Kind::Closed && event.connection == 1);
    match () {
        () if variant == "abrupt-ends" && fin_then_reset => Cause::KilledBySigpipe,
        () if reset => Cause::DiesOnReset,
        // What a server has said and nobody has read makes a close a reset.
        () if variant == "abrupt-ends" && left && spec.server_first && sent.is_empty() => {
            Cause::DiesOnReset
        }
        // What it was asked it may answer when nobody is there any more.
        () if variant == "abrupt-ends" && left && is_left_unread(transcript, spec.framing) => {
            Cause::KilledBySigpipe
        }
        () if variant == "abrupt-ends" && left => Cause::DiesAtEof,
        () if is_text && has_invalid_utf8(&sent) => Cause::DiesOnInvalidUtf8,
        () if has_empty_datagram(transcript)
            && (is_general(cause) || matches!(cause, Cause::NotJudged | Cause::NotListening)) =>
        {
            Cause::StopsAtEmptyDatagram
        }
        () if spec.framing == Framing::Lines && has_empty_line(&sent) => Cause::DiesOnEmptyLine,
        () if !variant.is_empty() && cut_in_character(transcript) => Cause::DecodesEachChunk,
        () if matches!(
            cause,
            Cause::NotJudged | Cause::NeverAnswers | Cause::ClosesEarly | Cause::NotListening
        ) =>
        {
            Cause::ServiceDies
        }
        () => cause,
    }
}

/// Whether the first client asked something whole, and left before any of its answer came.
fn is_left_unread(transcript: &Transcript, framing: Framing) -> bool {
    let mut asks = false;
    for event in transcript.events.iter().filter(|one| one.connection == 1) {
        match &event.kind {
            Kind::Sent { bytes, .. } => asks = framing != Framing::Lines || bytes.ends_with(b"\n"),
            Kind::Received(_) => asks = false,
            _ => {}
        }
    }
    asks
}

/// A script that was answered rightly went wrong when its bytes were cut otherwise.
fn segmentation(
    variant: &str,
    diagnosis: &Diagnosis,
    transcript: &Transcript,
    plain: bool,
    sibling: &dyn Fn(&str) -> bool,
) -> Cause {
    let ended = matches!(
        diagnosis.finding,
        Finding::ClosedEarly | Finding::ResetEarly | Finding::Died
    );
    let spoiled = String::from_utf8_lossy(&diagnosis.actual).contains('\u{FFFD}');
    match variant {
        "every-cut" | "random-cuts" | "in-crlf"
            if holds_tail(transcript) && !sibling("bytewise") =>
        {
            Cause::LosesTail
        }
        "in-crlf" if sibling("bytewise") && !sibling("crlf") => Cause::OneRecvOneMessage,
        "crlf" | "in-crlf" => Cause::KeepsCarriageReturn,
        "one-segment" if sibling("bytewise") && sibling("every-cut") => Cause::OneRecvOneMessage,
        "one-segment" => Cause::AnswersFirstOnly,
        "in-characters" | "straddling" if plain => Cause::OneRecvOneMessage,
        "straddling" if sibling("one-segment") => Cause::AnswersFirstOnly,
        "straddling" if cut_in_character(transcript) && (ended || spoiled) => {
            if ended {
                Cause::DecodesEachChunk
            } else {
                Cause::SplitCharacter
            }
        }
        "straddling" => Cause::LosesTail,
        // Cuts are tried from the first byte on: a first failure inside a character says that plain
        // text may be cut anywhere.
        "every-cut" | "in-characters" if cut_in_character(transcript) => {
            if ended {
                Cause::DecodesEachChunk
            } else {
                Cause::SplitCharacter
            }
        }
        "every-cut" => Cause::OneRecvOneMessage,
        _ if sibling("every-cut") && !only_characters(diagnosis, ended, spoiled) => {
            Cause::OneRecvOneMessage
        }
        _ if ended && cut_in_character(transcript) => Cause::DecodesEachChunk,
        _ if cut_in_character(transcript) => Cause::SplitCharacter,
        _ => Cause::OneRecvOneMessage,
    }
}

fn only_characters(diagnosis: &Diagnosis, ended: bool, spoiled: bool) -> bool {
    ended || spoiled || diagnosis.cause == Cause::SplitCharacter
}

/// Whether some segment held a whole line and the beginning of the next.
fn holds_tail(transcript: &Transcript) -> bool {
    transcript.events.iter().any(|event| match &event.kind {
        Kind::Sent { bytes, .. } => {
            bytes.contains(&b'\n') && !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r")
        }
        _ => false,
    })
}

/// Whether some segment of the transcript ends inside a character.
fn cut_in_character(transcript: &Transcript) -> bool {
    transcript.events.iter().any(|event| match &event.kind {
        Kind::Sent { bytes, .. } => bytes
            .first()
            .is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000),
        _ => false,
    })
}

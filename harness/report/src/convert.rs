//! A grade as the document `sockspec.grade/1`.

use std::collections::BTreeMap;
use std::time::Duration;

use sockspec_case::client::Manner;
use sockspec_case::diagnosis::{Cause, Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Grade, Note, Role, Summary, Survival};
use sockspec_case::program::{Death, Exit, Value};
use sockspec_case::style::{AnswerEnd, Dialect, RequestEnd, ServingSeen, Style};
use sockspec_spec::model::{Framing, Law, Visibility};

use crate::escape::{escape, hex};
use crate::texts::Lang;
use crate::transcript::events;
use crate::wire::{
    SCHEMA, WireCase, WireDeath, WireDiagnosis, WireFinding, WireFlaky, WireGrade, WireManner,
    WireNote, WireScore, WireStyle, WireSummary, WireSurvival, WireTool,
};

/// A payload of a document is at most this long; of a longer one only a part is kept.
pub const PAYLOAD_BYTES: usize = 4096;

/// Of a greeting, prompt, prefix or suffix at most this much is kept.
const STYLE_BYTES: usize = 256;

/// The whole grade as a document, hidden cases included, every sentence in `lang`.
pub fn to_wire(grade: &Grade, lang: Lang) -> WireGrade {
    WireGrade {
        schema: SCHEMA.into(),
        tool: WireTool {
            name: "sockspec".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        exercise: grade.exercise.clone(),
        title: lang.of(&grade.title).into(),
        role: role(grade.role).into(),
        target: grade.target.clone(),
        seed: grade.seed,
        strict: grade.strict,
        lang: lang.as_str().into(),
        started: jiff::Timestamp::from_microsecond(grade.started_us)
            .map(|time| time.to_string())
            .unwrap_or_default(),
        duration_ms: milliseconds(grade.duration),
        score: WireScore {
            points: grade.points(),
            max: grade.max(),
        },
        summary: summary(grade.summary()),
        hidden: 0,
        style: grade
            .style
            .as_ref()
            .map(|seen| style(seen, framing(grade), lang)),
        loss: grade.loss.iter().map(survival).collect(),
        manner: grade.manner.as_ref().map(|seen| manner(seen, lang)),
        notes: grade.notes.iter().map(|seen| note(seen, lang)).collect(),
        cases: grade
            .cases
            .iter()
            .map(|result| case(result, grade.role, lang))
            .collect(),
    }
}

fn survival(seen: &Survival) -> WireSurvival {
    WireSurvival {
        loss_percent: seen.loss_percent,
        attempts: seen.attempts,
        exchanges: seen.exchanges,
        survived: seen.survived,
        possible: seen.possible,
    }
}

fn case(result: &CaseResult, role: Role, lang: Lang) -> WireCase {
    WireCase {
        id: result.id.clone(),
        version: result.version,
        title: lang.of(&result.title).into(),
        level: result.level,
        law: law(result.law).into(),
        clause: result.clause.clone(),
        hint: lang.of(&result.hint).into(),
        points: result.points(),
        max: result.max,
        visibility: visibility(result.visibility).into(),
        status: result.status.as_str().into(),
        closing: result.closing.map(|closing| closing.as_str().into()),
        flaky: result
            .flaky
            .map(|(failed, played)| WireFlaky { failed, played }),
        plays: result.plays,
        duration_ms: milliseconds(result.duration),
        diagnosis: result
            .diagnosis
            .as_ref()
            .map(|found| diagnosis(found, lang)),
        transcript: events(&result.transcript, role),
    }
}

fn diagnosis(found: &Diagnosis, lang: Lang) -> WireDiagnosis {
    let texts = lang.texts();
    let finding = finding(&found.finding);
    let longest = found.expected.len().max(found.actual.len());
    let from = if longest > PAYLOAD_BYTES {
        found
            .first_difference
            .unwrap_or_default()
            .saturating_sub(PAYLOAD_BYTES / 2)
    } else {
        0
    };
    let window = |bytes: &[u8]| {
        let start = from.min(bytes.len());
        bytes[start..bytes.len().min(start + PAYLOAD_BYTES)].to_vec()
    };
    let (expected, actual) = (window(&found.expected), window(&found.actual));
    WireDiagnosis {
        cause: found.cause.as_str().into(),
        title: texts.cause_title(found.cause),
        message: texts.finding(&finding),
        finding,
        expected: escape(&expected),
        expected_hex: hex_unless_text(&expected),
        expected_bytes: found.expected.len() as u64,
        pattern: found.pattern.clone(),
        actual: escape(&actual),
        actual_hex: hex_unless_text(&actual),
        actual_bytes: found.actual.len() as u64,
        from: from as u64,
        first_difference: found.first_difference.map(|at| at as u64),
        hint: texts.cause_hint(found.cause),
        reproduce: found.reproduce.clone(),
        play: found.play.clone(),
        death: found.death.as_ref().map(|seen| death(seen, lang)),
    }
}

fn death(seen: &Death, lang: Lang) -> WireDeath {
    let (code, values) = match seen.exit {
        Some(exit) => ("ended", exit.values()),
        None => ("mute", Vec::new()),
    };
    let finding = with_values(code, values);
    WireDeath {
        message: lang.texts().death(&finding),
        exit: match seen.exit {
            Some(Exit::Code(code)) => Some(code),
            _ => None,
        },
        signal: seen.exit.and_then(Exit::signal_name),
        words: escape_lines(&seen.words),
    }
}

/// A finding with numbers and words of its own.
fn with_values(code: &str, values: Vec<(&'static str, Value)>) -> WireFinding {
    let mut found = WireFinding {
        code: code.into(),
        ..WireFinding::default()
    };
    for (name, value) in values {
        match value {
            Value::Number(number) => {
                found.numbers.insert(name.into(), number);
            }
            Value::Word(word) => {
                found.words.insert(name.into(), word);
            }
        }
    }
    found
}

/// Escaped, but for the line feeds between lines: what a program printed is read as lines.
fn escape_lines(bytes: &[u8]) -> String {
    let lines = bytes.trim_ascii_end().split(|byte| *byte == b'\n');
    lines.map(escape).collect::<Vec<_>>().join("\n")
}

/// The finding as data: its slug and its values.
pub(crate) fn finding(found: &Finding) -> WireFinding {
    let code = |code: &str| WireFinding {
        code: code.into(),
        ..WireFinding::default()
    };
    match found {
        Finding::Mismatch => code("mismatch"),
        Finding::NoAnswer { waited_ms, blocked } => WireFinding {
            waited_ms: Some(*waited_ms),
            blocked: Some(*blocked),
            ..code("no-answer")
        },
        Finding::Incomplete { waited_ms, blocked } => WireFinding {
            waited_ms: Some(*waited_ms),
            blocked: Some(*blocked),
            ..code("incomplete")
        },
        Finding::NoNewline => code("no-newline"),
        Finding::ClosedEarly => code("closed-early"),
        Finding::ResetEarly => code("reset-early"),
        Finding::Extra => code("extra"),
        Finding::NotRead { waited_ms } => WireFinding {
            waited_ms: Some(*waited_ms),
            ..code("not-read")
        },
        Finding::NotClosed { waited_ms } => WireFinding {
            waited_ms: Some(*waited_ms),
            ..code("not-closed")
        },
        Finding::FromElsewhere { address } => with_values(
            "from-elsewhere",
            vec![("address", Value::Word(address.clone()))],
        ),
        Finding::Truncated { kept, of } => with_values(
            "truncated",
            vec![("kept", Value::Number(*kept)), ("of", Value::Number(*of))],
        ),
        Finding::Refused => code("refused"),
        Finding::ConnectTimedOut => code("connect-timed-out"),
        Finding::Flooded => code("flooded"),
        Finding::DependsOn { case } => WireFinding {
            case: Some(case.clone()),
            ..code("depends-on")
        },
        Finding::Died => code("died"),
        Finding::NeedsRun => code("needs-run"),
        Finding::ServesFewer => code("serves-fewer"),
        Finding::Ended => code("ended"),
        Finding::Starved => code("starved"),
        Finding::MemoryGrew { .. } => code("memory-grew"),
        Finding::NotSeen => code("not-seen"),
        Finding::SecondClientWaits => code("second-client-waits"),
        Finding::AnswersWithoutNewline => code("answers-without-newline"),
        Finding::RequestsNotByLine => code("requests-not-by-line"),
        Finding::Program(found) => with_values(found.code(), found.values()),
        Finding::Client(found) => with_values(found.code(), found.values()),
        Finding::Http(unreadable) => code(&format!("http-{}", unreadable.as_str())),
        Finding::Script { message } => WireFinding {
            message: Some(message.en.clone()),
            words: match message.fr == message.en {
                true => BTreeMap::new(),
                false => BTreeMap::from([("fr".to_owned(), message.fr.clone())]),
            },
            ..code("script")
        },
    }
}

pub(crate) fn note(seen: &Note, lang: Lang) -> WireNote {
    let (code, case) = match seen {
        Note::OneShotEnded => ("one-shot-ended", None),
        Note::ProcessNotSeen => ("process-not-seen", None),
        Note::CutsUnverified => ("cuts-unverified", None),
        Note::DiedAfter(case) => ("died-after", Some(case.clone())),
    };
    let message = lang.texts().note(code, case.as_deref());
    WireNote {
        code: code.into(),
        case,
        message,
    }
}

/// The framing as far as it shows: answers that end with nothing are right in a stream of bytes or
/// in datagrams, and where lines were asked for some case has said that the line feed is missing.
fn framing(grade: &Grade) -> Framing {
    let missing = grade
        .cases
        .iter()
        .filter_map(|case| case.diagnosis.as_ref())
        .any(|found| {
            found.cause == Cause::MissingNewline || found.finding == Finding::AnswersWithoutNewline
        });
    match &grade.style {
        Some(style) if style.answer_end == AnswerEnd::Nothing && !missing => Framing::Bytes,
        _ => Framing::Lines,
    }
}

fn style(seen: &Style, framing: Framing, lang: Lang) -> WireStyle {
    let text =
        |bytes: &[u8]| (!bytes.is_empty()).then(|| escape(&bytes[..bytes.len().min(STYLE_BYTES)]));
    let mut style = WireStyle {
        canonical: seen.is_canonical(framing)
            && (framing != Framing::Lines || seen.request_end == RequestEnd::Lf)
            && (seen.screen.as_ref()).is_none_or(|screen| {
                !screen.terminal && screen.prefix.as_ref().is_none_or(Vec::is_empty)
            }),
        greeting: text(&seen.greeting.example),
        prompt: text(&seen.prompt),
        answer_end: match seen.answer_end {
            AnswerEnd::Lf => "lf",
            AnswerEnd::CrLf => "cr-lf",
            AnswerEnd::Nul => "nul",
            AnswerEnd::Nothing => "nothing",
        }
        .into(),
        answer_lines: seen.answer_lines as u64,
        prefix: text(&seen.prefix).filter(|_| !seen.own_words),
        suffix: text(&seen.suffix).filter(|_| !seen.own_words),
        request_end: match seen.request_end {
            RequestEnd::Lf => "lf",
            RequestEnd::CrLf => "cr-lf",
            RequestEnd::Nothing => "nothing",
        }
        .into(),
        dialect: seen.dialect.map(|dialect| match dialect {
            Dialect::Ascii => "ascii".into(),
            Dialect::Unicode => "unicode".into(),
        }),
        serving: seen.serving.map(|serving| match serving {
            ServingSeen::OneShot => "one-shot".into(),
            ServingSeen::Iterative => "iterative".into(),
            ServingSeen::Parallel => "parallel".into(),
        }),
        terminal: seen.screen.as_ref().is_some_and(|screen| screen.terminal),
        shown_prefix: (seen.screen.as_ref())
            .and_then(|screen| screen.prefix.as_ref())
            .and_then(|prefix| text(prefix)),
        sentences: Vec::new(),
    };
    style.sentences = style_sentences(&style, framing, lang);
    style
}

fn manner(seen: &Manner, lang: Lang) -> WireManner {
    let texts = lang.texts();
    let request_end = match seen.request_end.as_deref() {
        Some(b"\n") => "lf",
        Some(b"\r\n" | b"\r") => "cr-lf",
        Some(b"") | None => "nothing",
        Some(_) => "nul",
    };
    let told = seen.request_end.as_ref();
    let told = told.map(|_| texts.manner(&format!("request-end-{request_end}")));
    let mut sentences = Vec::from_iter(told);
    if seen.shows_at_end {
        sentences.push(texts.manner("shows-at-end"));
    }
    if seen.terminal {
        sentences.push(texts.manner("terminal"));
    }
    WireManner {
        request_end: request_end.into(),
        shows_at_end: seen.shows_at_end,
        terminal: seen.terminal,
        sentences,
    }
}

fn style_sentences(style: &WireStyle, framing: Framing, lang: Lang) -> Vec<String> {
    let texts = lang.texts();
    let quote = |text: &String| format!("\"{text}\"");
    let mut sentences = Vec::new();
    if style.canonical {
        sentences.push(texts.style_canonical());
    }
    sentences.extend(
        style
            .greeting
            .iter()
            .map(|text| texts.style_greeting(&quote(text))),
    );
    sentences.extend(
        style
            .prompt
            .iter()
            .map(|text| texts.style_prompt(&quote(text))),
    );
    let by_line = framing == Framing::Lines;
    if by_line && style.answer_end != "lf" {
        sentences.push(texts.style(&format!("answer-end-{}", style.answer_end)));
    }
    if style.answer_lines > 1 {
        sentences.push(texts.style_answer_lines(style.answer_lines));
    }
    sentences.extend(
        style
            .prefix
            .iter()
            .map(|text| texts.style_prefix(&quote(text))),
    );
    sentences.extend(
        style
            .suffix
            .iter()
            .map(|text| texts.style_suffix(&quote(text))),
    );
    if by_line && style.request_end != "lf" {
        sentences.push(texts.style(&format!("request-end-{}", style.request_end)));
    }
    sentences
        .extend((style.shown_prefix.iter()).map(|text| texts.style_shown_prefix(&quote(text))));
    if style.terminal {
        sentences.push(texts.style("terminal"));
    }
    sentences.extend(
        style
            .dialect
            .iter()
            .map(|slug| texts.style(&format!("dialect-{slug}"))),
    );
    sentences.extend(
        style
            .serving
            .iter()
            .map(|slug| texts.style(&format!("serving-{slug}"))),
    );
    sentences
}

/// The slug of a law.
pub fn law(law: Law) -> &'static str {
    match law {
        Law::Protocol => "protocol",
        Law::Segmentation => "segmentation",
        Law::Survival => "survival",
        Law::Isolation => "isolation",
        Law::HalfClose => "half-close",
        Law::Encoding => "encoding",
        Law::Rest => "rest",
        Law::Datagrams => "datagrams",
        Law::Clients => "clients",
        Law::Program => "program",
        Law::Security => "security",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Server => "server",
        Role::Client => "client",
        Role::Program => "program",
    }
}

fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Shown => "shown",
        Visibility::Hidden => "hidden",
        Visibility::AfterDue => "after-due",
    }
}

fn summary(sum: Summary) -> WireSummary {
    WireSummary {
        pass: sum.pass,
        non_strict: sum.non_strict,
        fail: sum.fail,
        blocked: sum.blocked,
        skipped: sum.skipped,
        unimplemented: sum.unimplemented,
        inconclusive: sum.inconclusive,
    }
}

fn hex_unless_text(bytes: &[u8]) -> Option<String> {
    str::from_utf8(bytes).is_err().then(|| hex(bytes))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The slug of every note.
    pub(crate) fn notes() -> Vec<String> {
        let notes = [
            Note::OneShotEnded,
            Note::ProcessNotSeen,
            Note::CutsUnverified,
            Note::DiedAfter("a".into()),
        ];
        notes.iter().map(|seen| note(seen, Lang::En).code).collect()
    }
}

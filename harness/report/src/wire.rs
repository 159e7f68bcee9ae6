//! The document `sockspec.grade/1`: a grade as it is written to disk and read back.
//!
//! These structs mirror the grade for serde, so that internal types may change freely. The document
//! changes only by addition: a reader ignores fields that it does not know, and a field added later
//! has a default. Every format of this crate is a pure function of this document.
//!
//! Bytes of a program stand here escaped (see [`crate::escape`]): the text loses nothing, and
//! `hex` stands beside it where the bytes are not UTF-8.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The value of `schema`.
pub const SCHEMA: &str = "sockspec.grade/1";

/// One target graded against one spec.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WireGrade {
    /// [`SCHEMA`].
    pub schema: String,
    /// What wrote the document.
    pub tool: WireTool,
    /// The spec's id.
    pub exercise: String,
    /// The spec's title.
    #[serde(default)]
    pub title: String,
    /// `server`, `client` or `program`.
    pub role: String,
    /// Where the target is, as the user named it.
    pub target: String,
    /// The seed of everything drawn at random.
    pub seed: u64,
    /// Whether only canonical answers were accepted.
    pub strict: bool,
    /// The language of every sentence in the document: `fr` or `en`.
    pub lang: String,
    /// Start, RFC 3339.
    pub started: String,
    /// How long the grading took, milliseconds.
    pub duration_ms: u64,
    /// Points of all cases, hidden ones included.
    pub score: WireScore,
    /// Verdicts of all cases, hidden ones included.
    pub summary: WireSummary,
    /// How many cases were left out of `cases` because students must not see them.
    #[serde(default)]
    pub hidden: u32,
    /// How the target speaks; absent when it never answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<WireStyle>,
    /// How many exchanges survive a network that loses datagrams, one item a rate: for information.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loss: Vec<WireSurvival>,
    /// How a client speaks; absent for other roles, and when it never spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manner: Option<WireManner>,
    /// What a reader must know beside the cases.
    #[serde(default)]
    pub notes: Vec<WireNote>,
    /// The cases, in the order of the plan.
    pub cases: Vec<WireCase>,
}

/// What wrote a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireTool {
    /// `sockspec`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireScore {
    /// Points earned.
    pub points: u32,
    /// Points of all the cases that count.
    pub max: u32,
}

/// How many cases had each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the status of its name")]
pub struct WireSummary {
    pub pass: u32,
    pub non_strict: u32,
    pub fail: u32,
    pub blocked: u32,
    pub skipped: u32,
    pub unimplemented: u32,
    pub inconclusive: u32,
}

impl WireSummary {
    /// How many cases in all.
    pub fn total(&self) -> u32 {
        // A saved grade is the word of others: it may say any numbers.
        let counts = [
            self.pass,
            self.non_strict,
            self.fail,
            self.blocked,
            self.skipped,
            self.unimplemented,
            self.inconclusive,
        ];
        counts.into_iter().fold(0, u32::saturating_add)
    }
}

/// Exchanges over a network that loses datagrams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireSurvival {
    /// The share of the datagrams that is lost, percent.
    pub loss_percent: u32,
    /// How often a question was asked at most.
    pub attempts: u32,
    /// How many exchanges were tried.
    pub exchanges: u32,
    /// How many got their answer.
    pub survived: u32,
    /// How many would have got it from a server that answers each datagram.
    pub possible: u32,
}

/// How the target speaks. Bytes are escaped; absent fields are as the reference server does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireStyle {
    /// Whether answers look as the reference server's.
    pub canonical: bool,
    /// What comes before the first request; runs of digits are free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<String>,
    /// What comes after each answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// What ends an answer: `lf`, `cr-lf`, `nul` or `nothing`.
    pub answer_end: String,
    /// How many line ends one answer holds.
    pub answer_lines: u64,
    /// Constant bytes before the expected text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Constant bytes after the expected text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// What must end a request: `lf`, `cr-lf` or `nothing`.
    pub request_end: String,
    /// Which characters are mapped: `ascii` or `unicode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<String>,
    /// How many clients are served: `one-shot`, `iterative` or `parallel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serving: Option<String>,
    /// Whether it was given a terminal, because nothing showed on a pipe.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub terminal: bool,
    /// What stands before each line that it shows on its output; runs of digits are free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_prefix: Option<String>,
    /// The same in words, one sentence each.
    #[serde(default)]
    pub sentences: Vec<String>,
}

/// How a client speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireManner {
    /// What ends its requests: `lf`, `cr-lf`, `nul`, `nothing`, also where nothing is typed.
    pub request_end: String,
    /// Whether its answers show only when it ends.
    pub shows_at_end: bool,
    /// Whether it was given a terminal.
    pub terminal: bool,
    /// The same in words, one sentence each.
    #[serde(default)]
    pub sentences: Vec<String>,
}

/// A remark on the whole grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireNote {
    /// Stable slug.
    pub code: String,
    /// The case that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// In words.
    pub message: String,
}

/// One case graded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WireCase {
    /// `case` or `case@variant`.
    pub id: String,
    /// The case's version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// 1 to 5.
    pub level: u8,
    /// The law's slug.
    pub law: String,
    /// The clause of the sheet or RFC.
    #[serde(default)]
    pub clause: String,
    /// The spec's hint for whoever fails it; may be empty.
    #[serde(default)]
    pub hint: String,
    /// Points earned.
    pub points: u32,
    /// What it is worth.
    pub max: u32,
    /// `shown`, `hidden` or `after-due`.
    #[serde(default = "shown")]
    pub visibility: String,
    /// The verdict's slug.
    pub status: String,
    /// The verdict on the closing: `fin`, `reset` or `open`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<String>,
    /// Present when the verdict did not repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flaky: Option<WireFlaky>,
    /// How many dialogues the case played.
    #[serde(default = "once")]
    pub plays: u32,
    /// How long it took, milliseconds.
    pub duration_ms: u64,
    /// Why it failed, was blocked, or could not be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<WireDiagnosis>,
    /// What happened.
    #[serde(default)]
    pub transcript: Vec<WireEvent>,
}

fn shown() -> String {
    "shown".into()
}

fn once() -> u32 {
    1
}

/// A verdict that did not repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireFlaky {
    /// Times failed.
    pub failed: u32,
    /// Times played.
    pub played: u32,
}

/// Why a case failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireDiagnosis {
    /// The cause's slug, as `sockspec explain` takes it.
    pub cause: String,
    /// The cause as a sentence.
    #[serde(default)]
    pub title: String,
    /// What was seen, as data.
    pub finding: WireFinding,
    /// What was seen, as a sentence.
    pub message: String,
    /// What should have come, escaped. Of more than 4 KiB, the part around the first difference.
    pub expected: String,
    /// The same in hexadecimal, where it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_hex: Option<String>,
    /// How many bytes should have come.
    #[serde(default)]
    pub expected_bytes: u64,
    /// The expected answer in the dialogue notation, when it is not one exact text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What came, escaped. Of more than 4 KiB, the part around the first difference.
    pub actual: String,
    /// The same in hexadecimal, where it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_hex: Option<String>,
    /// How many bytes came.
    #[serde(default)]
    pub actual_bytes: u64,
    /// Offset (0-based) at which both `expected` and `actual` begin: 0 unless they were shortened.
    #[serde(default)]
    pub from: u64,
    /// Offset (0-based) of the first byte that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_difference: Option<u64>,
    /// What to do about the cause.
    pub hint: String,
    /// Shell lines that show the same by hand.
    pub reproduce: String,
    /// Which play of the case failed; may be empty.
    #[serde(default)]
    pub play: String,
    /// How the program that the harness started ended in this case, or after it, where it should not have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub death: Option<WireDeath>,
}

/// How a program ended that should have gone on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireDeath {
    /// In words.
    pub message: String,
    /// Its exit code; absent where a signal killed it, or where it still ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<i32>,
    /// The name of the signal that killed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
    /// The end of its stderr, or of its stdout where that is empty; escaped.
    #[serde(default)]
    pub words: String,
}

/// What was seen, as data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireFinding {
    /// Stable slug.
    pub code: String,
    /// How long the harness waited, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited_ms: Option<u64>,
    /// Whether the program was seen to be waiting for more input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked: Option<bool>,
    /// The case that this one depends on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What the spec's author wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Numbers that belong to it, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, u64>,
    /// Names and addresses that belong to it, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

/// One event of a transcript.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireEvent {
    /// Time since the play's start, microseconds.
    pub t_us: u64,
    /// Connection number (1-based); 0 for the program's own streams.
    pub connection: u8,
    /// `C`, `S`, `harness`, or the program's own `in`, `out` and `err`.
    pub actor: String,
    /// What happened: `open`, `refused`, `send`, `receive`, `print`, `type`, `exit`, `fin`, `reset`, `close`, `quiet`…
    pub event: String,
    /// The bytes, escaped. Of more than 4 KiB, their beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The same in hexadecimal, where the bytes are not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hex: Option<String>,
    /// How many bytes in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Of a shortened payload: how many bytes were left out after `text`. Of the event `left-out`:
    /// how many events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<u64>,
    /// Of a shortened payload: its end, escaped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tail: Option<String>,
    /// The address that a datagram came from, where it is not the one that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How it is known: of a send, what told that the target had read it (`kernel`,
    /// `acknowledged`); of quiet, why nothing more will come (`blocked`, `window`, `deadline`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_by: Option<String>,
    /// Of the end of a client: its exit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<i32>,
    /// Of the end of a client: the name of the signal that killed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
}

//! The result of a grading: what every report is a pure function of.

use std::time::Duration;

use sockspec_spec::model::{Law, Text, Visibility};

use crate::client::Manner;
use crate::diagnosis::Diagnosis;
use crate::style::Style;
use crate::transcript::Transcript;

/// One target graded against one spec.
#[derive(Clone, Debug)]
pub struct Grade {
    /// The spec's id.
    pub exercise: String,
    /// The spec's title.
    pub title: Text,
    /// What the harness graded.
    pub role: Role,
    /// Where the target is, as the user named it.
    pub target: String,
    /// The seed of everything drawn at random.
    pub seed: u64,
    /// Whether only canonical answers were accepted.
    pub strict: bool,
    /// Start, microseconds since the Unix epoch.
    pub started_us: i64,
    /// How long the grading took.
    pub duration: Duration,
    /// How the target speaks; `None` when it never answered.
    pub style: Option<Style>,
    /// How many exchanges survive a network that loses datagrams, one item a rate: for information.
    pub loss: Vec<Survival>,
    /// How a client speaks; `None` for other roles, and for a client that never spoke.
    pub manner: Option<Manner>,
    /// What a reader must know beside the cases (the program ended, cuts unverified…).
    pub notes: Vec<Note>,
    /// One result a case, in the order of the plan.
    pub cases: Vec<CaseResult>,
}

/// What was graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A server, by address or started.
    Server,
    /// A client.
    Client,
    /// A whole program.
    Program,
}

/// Exchanges over a network that loses datagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Survival {
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

/// A remark on the whole grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The program ended after its first client, as the sheet allows; what was left could not be
    /// judged by address. `--run` would do it.
    OneShotEnded,
    /// The target's process cannot be seen: silence was decided by windows, not by the kernel.
    ProcessNotSeen,
    /// The target is on another machine: the cuts of the segments are unverified.
    CutsUnverified,
    /// The target stopped accepting connections after the case with this id.
    DiedAfter(String),
}

/// One case graded.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// `case` or `case@variant`.
    pub id: String,
    /// The case's version.
    pub version: u32,
    /// Its title.
    pub title: Text,
    /// 1 to 5.
    pub level: u8,
    /// The law it stands for.
    pub law: Law,
    /// The clause of the sheet or RFC.
    pub clause: String,
    /// Its hint; may be empty.
    pub hint: Text,
    /// What it is worth.
    pub max: u32,
    /// Who sees it.
    pub visibility: Visibility,
    /// The verdict on the dialogue.
    pub status: Status,
    /// The verdict on the closing, where the case closed.
    pub closing: Option<Closing>,
    /// Set when the verdict did not repeat: (times failed, times played).
    pub flaky: Option<(u32, u32)>,
    /// How many dialogues the case played (rows, cuts…).
    pub plays: u32,
    /// How long it took.
    pub duration: Duration,
    /// Why it failed, was blocked, or could not be judged.
    pub diagnosis: Option<Diagnosis>,
    /// What happened: the failing play, or the last one.
    pub transcript: Transcript,
}

impl CaseResult {
    /// Points earned.
    pub fn points(&self) -> u32 {
        if self.status.earns() { self.max } else { 0 }
    }
}

/// The verdict on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// As the reference server does.
    Pass,
    /// Accepted, not canonical.
    NonStrict,
    /// Wrong.
    Fail,
    /// What it depends on failed.
    Blocked,
    /// It needs the harness to start the program.
    Skipped,
    /// The program says that it does not do this.
    Unimplemented,
    /// The harness or the network could not decide; no points are lost.
    Inconclusive,
}

impl Status {
    /// Whether the points are earned.
    pub fn earns(self) -> bool {
        matches!(self, Status::Pass | Status::NonStrict)
    }

    /// Whether the case counts in the total: what could not be judged costs nothing.
    pub fn counts(self) -> bool {
        !matches!(self, Status::Skipped | Status::Inconclusive)
    }

    /// The slug of `sockspec.grade/1`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Pass => "pass",
            Status::NonStrict => "non-strict",
            Status::Fail => "fail",
            Status::Blocked => "blocked",
            Status::Skipped => "skipped",
            Status::Unimplemented => "unimplemented",
            Status::Inconclusive => "inconclusive",
        }
    }
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The target sent a FIN.
    Fin,
    /// The target sent an RST.
    Reset,
    /// The target never closed, though the harness had.
    Open,
}

impl Closing {
    /// The slug of `sockspec.grade/1`.
    pub fn as_str(self) -> &'static str {
        match self {
            Closing::Fin => "fin",
            Closing::Reset => "reset",
            Closing::Open => "open",
        }
    }
}

/// How many cases had each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Passed.
    pub pass: u32,
    /// Accepted, not canonical.
    pub non_strict: u32,
    /// Failed.
    pub fail: u32,
    /// Blocked.
    pub blocked: u32,
    /// Skipped.
    pub skipped: u32,
    /// Unimplemented.
    pub unimplemented: u32,
    /// Inconclusive.
    pub inconclusive: u32,
}

impl Grade {
    /// Points earned.
    pub fn points(&self) -> u32 {
        self.cases.iter().map(CaseResult::points).sum()
    }

    /// Points of all the cases that count.
    pub fn max(&self) -> u32 {
        self.cases
            .iter()
            .filter(|case| case.status.counts())
            .map(|case| case.max)
            .sum()
    }

    /// The verdicts counted.
    pub fn summary(&self) -> Summary {
        let mut sum = Summary::default();
        for case in &self.cases {
            *match case.status {
                Status::Pass => &mut sum.pass,
                Status::NonStrict => &mut sum.non_strict,
                Status::Fail => &mut sum.fail,
                Status::Blocked => &mut sum.blocked,
                Status::Skipped => &mut sum.skipped,
                Status::Unimplemented => &mut sum.unimplemented,
                Status::Inconclusive => &mut sum.inconclusive,
            } += 1;
        }
        sum
    }

    /// Whether nothing went wrong in what was graded, and something was.
    pub fn passed(&self) -> bool {
        let sum = self.summary();
        sum.fail + sum.blocked + sum.unimplemented == 0 && sum.pass + sum.non_strict > 0
    }
}

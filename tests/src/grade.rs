//! The parts of the document `sockspec.grade/1` that tests look at.

use std::collections::BTreeSet;

use serde::Deserialize;

/// One target graded.
#[derive(Debug, Deserialize)]
pub struct Grade {
    /// The exercise's id.
    pub exercise: String,
    /// Points.
    pub score: Score,
    /// What was learned of a client before it was judged.
    pub manner: Option<Manner>,
    /// The cases, in the order of the plan.
    pub cases: Vec<Case>,
}

/// What was learned of a client.
#[derive(Debug, Deserialize)]
pub struct Manner {
    /// As it is told.
    pub sentences: Vec<String>,
}

/// Points.
#[derive(Debug, Deserialize)]
pub struct Score {
    /// Points earned.
    pub points: u32,
    /// Points of all the cases that count.
    pub max: u32,
}

/// One case graded.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// `case` or `case@variant`.
    pub id: String,
    /// The verdict's slug.
    pub status: String,
    /// Why it failed or was not judged.
    pub diagnosis: Option<Diagnosis>,
    /// What happened.
    #[serde(default)]
    pub transcript: Vec<Event>,
}

/// Why a case failed.
#[derive(Debug, Deserialize)]
pub struct Diagnosis {
    /// The cause's slug.
    pub cause: String,
    /// What was seen, as a sentence.
    pub message: String,
    /// How the program ended that should have gone on.
    pub death: Option<Death>,
    /// Shell lines that show the same by hand.
    pub reproduce: String,
}

/// How a program ended that should have gone on.
#[derive(Debug, Deserialize)]
pub struct Death {
    /// Its exit code.
    pub exit: Option<i32>,
    /// The signal that killed it.
    pub signal: Option<String>,
    /// What it said last.
    pub words: String,
}

/// One event of a transcript.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// Connection number (1-based).
    pub connection: u8,
    /// `C`, `S` or `harness`.
    pub actor: String,
    /// What happened.
    pub event: String,
    /// The bytes, escaped.
    pub text: Option<String>,
}

impl Grade {
    /// The ids of the cases with this verdict.
    pub fn with_status(&self, status: &str) -> BTreeSet<&str> {
        let cases = self.cases.iter().filter(|case| case.status == status);
        cases.map(|case| case.id.as_str()).collect()
    }

    /// `case status`, one line each, without the cases that passed.
    pub fn not_passed(&self) -> String {
        let cases = self.cases.iter().filter(|case| case.status != "pass");
        let lines = cases.map(|case| {
            let message = case.diagnosis.as_ref().map_or("", |why| &why.message);
            format!("{} {} {message}\n", case.id, case.status)
        });
        lines.collect()
    }

    /// The cause that the first failure of the report names.
    pub fn first_cause(&self) -> Option<&str> {
        let failed = self.cases.iter().find(|case| case.status == "fail")?;
        failed.diagnosis.as_ref().map(|why| why.cause.as_str())
    }

    /// The case of this id.
    ///
    /// # Panics
    /// There is none.
    pub fn case(&self, id: &str) -> &Case {
        let case = self.cases.iter().find(|case| case.id == id);
        case.unwrap_or_else(|| panic!("the grade has no case `{id}`"))
    }

    /// `(case, verdict)` of every case, in the order of the plan.
    pub fn verdicts(&self) -> Vec<(&str, &str)> {
        self.cases
            .iter()
            .map(|case| (case.id.as_str(), case.status.as_str()))
            .collect()
    }
}

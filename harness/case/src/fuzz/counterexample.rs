//! A case that fails, as a spec of its own and with its cause.

use std::collections::BTreeSet;

use sockspec_spec::Spec;
use sockspec_spec::cause::Cause;
use sockspec_spec::dialogue::{Act, Dialogue, Part, Pattern, PatternPiece, Segment};
use sockspec_spec::model::{Body, Case, Data, Derive, Text, Transport};

use super::{End, FuzzCase};
use crate::diagnose::{self, Evidence};
use crate::diagnosis::{Diagnosis, Finding};
use crate::grade::Status;
use crate::plan::PlannedCase;
use crate::player::Failure;
use crate::reproduce::Reach;
use crate::style::Style;
use crate::transcript::Transcript;

/// How a case went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Wrong<'a> {
    /// The case as it was played.
    pub planned: &'a PlannedCase,
    /// What was wrong; `None` where all was right and the target then served nobody any more.
    pub failure: Option<&'a Failure>,
    /// What happened.
    pub transcript: &'a Transcript,
    /// Whether the target serves nobody since.
    pub died: bool,
}

/// The diagnosis that the case allows: by the families that a grade would have found it with.
pub fn diagnosis(
    spec: &Spec,
    style: &Style,
    reach: &Reach,
    case: &FuzzCase,
    wrong: Wrong<'_>,
) -> Diagnosis {
    let Wrong {
        planned,
        failure,
        transcript,
        died,
    } = wrong;
    let first = match failure {
        Some(failure) => diagnose::first_look(planned, failure, "", transcript, reach),
        None => Diagnosis::not_judged(Finding::Died),
    };
    let variant = variant(spec, case);
    let mut result = diagnose::result(planned, Status::Fail, Some(first), transcript.clone());
    if !variant.is_empty() {
        result.id = format!("{}@{variant}", planned.id);
    }
    let id = result.id.clone();
    let mut results = [result];
    let deaths = died.then_some((id, None)).into_iter().collect();
    let evidence = Evidence {
        spec,
        style,
        deaths: &deaths,
        reach,
        // It answered while its style was learnt.
        answered: 1,
        late: None,
    };
    diagnose::conclude(&mut results, &evidence);
    let [result] = results;
    let concluded = result.diagnosis;
    let mut concluded = concluded.unwrap_or_else(|| Diagnosis::not_judged(Finding::Died));
    if died && says_no_text(case) {
        // Whether the bytes ended it or the way in which the client left, only another play could tell.
        concluded.cause = Cause::ServiceDies;
    }
    concluded
}

/// Whether a client leaves behind bytes that are no text.
fn says_no_text(case: &FuzzCase) -> bool {
    match &case.end {
        Some(End::Break { message, .. }) => std::str::from_utf8(message).is_err(),
        _ => false,
    }
}

/// The family of derived cases that asks for the same.
fn variant(spec: &Spec, case: &FuzzCase) -> &'static str {
    match &case.end {
        Some(End::Break { .. }) if spec.transport == Transport::Udp => "",
        Some(End::Break { .. }) => "abrupt-ends",
        Some(End::HalfClose) => "half-close",
        None if case.is_cut() => "every-cut",
        None if case.pipelined && spec.transport != Transport::Udp => "one-segment",
        None => "",
    }
}

/// A spec with the exercise's control and the case that fails, ready to be written to a file.
pub fn counterexample(
    spec: &Spec,
    case: Case,
    seed: u64,
    number: u64,
    cause: Option<Cause>,
) -> Spec {
    let control = spec.control_case().map(|control| Case {
        derive: Derive::default(),
        // The corpus is no part of what was found.
        ..control.clone()
    });
    let id = match control
        .as_ref()
        .is_some_and(|control| control.id == case.id)
    {
        true => format!("found-{}", case.id),
        false => case.id.clone(),
    };
    let found = Case {
        id,
        cause: cause.or(case.cause),
        ..case
    };
    let cases: Vec<Case> = control.into_iter().chain([found]).collect();
    let mut data = spec.data.clone();
    data.files
        .retain(|path, _| cases.iter().any(|case| names_file(case, path)));
    if data.files.is_empty() {
        data = Data::default();
    }
    let words = words(&cases, spec);
    let mut vocabulary = spec.vocabulary.clone();
    vocabulary.retain(|name, _| words.contains(name));
    Spec {
        id: format!("fuzz-{}-{seed}-{number}", spec.id),
        title: Text {
            fr: format!("{} : contre-exemple", spec.title.fr),
            en: format!("{}: counterexample", spec.title.en),
        },
        vocabulary,
        data,
        cases,
        ..spec.clone()
    }
}

/// Whether a case plays the bytes of a data file. A script and a column may name any.
fn names_file(case: &Case, wanted: &str) -> bool {
    let Body::Dialogue(dialogue) = &case.body else {
        return true;
    };
    let segments = dialogue.steps().flat_map(|step| match &step.act {
        Act::Line(segments) | Act::Bytes(segments) => &segments[..],
        _ => &[],
    });
    let mut parts = segments.flat_map(|Segment(parts)| parts);
    parts.any(|part| match part {
        Part::File(path) | Part::Size(path) => path == wanted || path.starts_with('$'),
        _ => false,
    })
}

/// The words that the cases use.
fn words(cases: &[Case], spec: &Spec) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for case in cases {
        match &case.body {
            Body::Dialogue(dialogue) => words.extend(names(dialogue)),
            Body::Script(script) => {
                let used = spec
                    .vocabulary
                    .keys()
                    .filter(|name| script.contains(&**name));
                words.extend(used.cloned());
            }
        }
    }
    words
}

fn names(dialogue: &Dialogue) -> impl Iterator<Item = String> {
    let pieces = dialogue.steps().flat_map(|step| match &step.act {
        Act::Pattern(Pattern(pieces)) => &pieces[..],
        _ => &[],
    });
    pieces.filter_map(|piece| match piece {
        PatternPiece::Name { name, .. } => Some(name.clone()),
        _ => None,
    })
}

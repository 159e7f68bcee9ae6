//! Cases that no spec lists because they follow from what was seen: the style, the serving, the memory.

use sockspec_spec::Spec;
use sockspec_spec::cause::Cause;
use sockspec_spec::dialogue::Actor;
use sockspec_spec::model::{Body, Framing, Law, Serving, Text, Transport, Visibility};

use crate::diagnosis::{Diagnosis, Finding};
use crate::grade::{CaseResult, Status};
use crate::learn::Lesson;
use crate::player::{Outcome, Verdict};
use crate::reproduce::{self, Reach};
use crate::style::{AnswerEnd, RequestEnd, ServingSeen};
use crate::transcript::Transcript;

/// The cases that the style itself decides, where answers are lines.
pub fn style_cases(spec: &Spec, lesson: &Lesson) -> Vec<CaseResult> {
    if spec.framing != Framing::Lines || !spec.styled || lesson.right == 0 {
        return Vec::new();
    }
    let style = &lesson.style;
    let (answers, answer_finding) = match style.answer_end {
        AnswerEnd::Lf => (Status::Pass, None),
        AnswerEnd::CrLf => (Status::NonStrict, None),
        AnswerEnd::Nul => (
            Status::Fail,
            Some((Cause::PadsWithNul, Finding::AnswersWithoutNewline)),
        ),
        AnswerEnd::Nothing => (
            Status::Fail,
            Some((Cause::MissingNewline, Finding::AnswersWithoutNewline)),
        ),
    };
    let (requests, request_finding) = match style.request_end {
        RequestEnd::Lf => (Status::Pass, None),
        RequestEnd::CrLf | RequestEnd::Nothing => (
            Status::Fail,
            Some((Cause::RequestsNotByLine, Finding::RequestsNotByLine)),
        ),
    };
    let mut cases = vec![built_in(
        "answers-end-with-newline",
        2,
        Law::Protocol,
        Text {
            fr: "chaque réponse finit par un saut de ligne".to_owned(),
            en: "each answer ends with a line feed".to_owned(),
        },
        answers,
        answer_finding,
    )];
    if asks_something(spec) {
        cases.push(built_in(
            "requests-end-with-newline",
            2,
            Law::Protocol,
            Text {
                fr: "une requête finie par un saut de ligne reçoit sa réponse".to_owned(),
                en: "a request ended by a line feed is answered".to_owned(),
            },
            requests,
            request_finding,
        ));
    }
    if !spec.data.files.is_empty() {
        let (status, finding) = match style.unannounced {
            false => (Status::Pass, None),
            true => (Status::Fail, Some((Cause::WrongSize, Finding::Extra))),
        };
        cases.push(built_in(
            "nothing-behind-bytes",
            2,
            Law::Protocol,
            Text {
                fr: "rien ne suit les octets annoncés".to_owned(),
                en: "nothing follows the bytes that were announced".to_owned(),
            },
            status,
            finding,
        ));
    }
    cases
}

/// Whether the control dialogue has a request in it: a server that only tells the time reads none.
fn asks_something(spec: &Spec) -> bool {
    match spec.control_case().map(|case| &case.body) {
        Some(Body::Dialogue(dialogue)) => dialogue
            .steps()
            .any(|step| matches!(step.actor, Actor::Client(_)) && step.is_message()),
        Some(Body::Script(_)) => true,
        None => false,
    }
}

/// Whether the target serves as many clients as the exercise asks; `None` where one is enough.
pub fn serving_case(
    spec: &Spec,
    seen: ServingSeen,
    answered: bool,
    refused: bool,
) -> Option<CaseResult> {
    if spec.serving == Serving::Iterative && spec.transport != Transport::Udp {
        let (status, finding) = match seen {
            ServingSeen::OneShot => (
                Status::Fail,
                Some((Cause::StopsAfterFirstRequest, Finding::Refused)),
            ),
            ServingSeen::Iterative | ServingSeen::Parallel => (Status::Pass, None),
        };
        return Some(built_in(
            "next-client",
            3,
            Law::Survival,
            Text {
                fr: "un deuxième client est servi après le premier".to_owned(),
                en: "a second client is served after the first".to_owned(),
            },
            status,
            finding,
        ));
    }
    if spec.serving != Serving::Parallel || !answered {
        return None;
    }
    let (status, finding) = match seen {
        ServingSeen::Parallel => (Status::Pass, None),
        ServingSeen::Iterative | ServingSeen::OneShot => {
            let cause = match refused {
                true => (Cause::SecondClientRefused, Finding::ClosedEarly),
                false => (Cause::OneClientAtATime, Finding::SecondClientWaits),
            };
            (Status::Fail, Some(cause))
        }
    };
    Some(built_in(
        "second-client",
        4,
        Law::Isolation,
        Text {
            fr: "un deuxième client est servi pendant que le premier est connecté".to_owned(),
            en: "a second client is served while the first is connected".to_owned(),
        },
        status,
        finding,
    ))
}

/// Whether the first datagram of all was answered; `missed` is how it went when it was not.
pub fn first_datagram(missed: Option<Transcript>, reach: &Reach) -> CaseResult {
    let (status, finding) = match &missed {
        None => (Status::Pass, None),
        Some(transcript) => {
            let silence = Finding::NoAnswer {
                waited_ms: transcript.events.last().map_or(0, |last| {
                    u64::try_from(last.at.as_millis()).unwrap_or(u64::MAX)
                }),
                blocked: true,
            };
            (Status::Fail, Some((Cause::SkipsFirstDatagram, silence)))
        }
    };
    let mut case = built_in(
        "first-datagram",
        1,
        Law::Datagrams,
        Text {
            fr: "le tout premier datagramme reçoit sa réponse".to_owned(),
            en: "the first datagram of all is answered".to_owned(),
        },
        status,
        finding,
    );
    if let (Some(diagnosis), Some(transcript)) = (&mut case.diagnosis, missed) {
        diagnosis.reproduce = reproduce::commands(&transcript, Framing::Datagram, reach);
        case.transcript = transcript;
    }
    case
}

/// Whether the exercise's lines must be bounded: requests are lines, and the client speaks first.
pub fn asks_for_bounded_lines(spec: &Spec) -> bool {
    spec.framing == Framing::Lines && spec.transport == Transport::Tcp && !spec.server_first
}

/// The result of the case about a line that never ends.
pub fn endless_line(status: Status, finding: Option<Finding>) -> CaseResult {
    let cause = match status {
        Status::Fail => Cause::UnboundedLine,
        _ => Cause::NotJudged,
    };
    built_in(
        "endless-line",
        3,
        Law::Survival,
        Text {
            fr: "une ligne qui ne finit jamais ne remplit pas la mémoire".to_owned(),
            en: "a line that never ends does not fill the memory".to_owned(),
        },
        status,
        finding.map(|finding| (cause, finding)),
    )
}

fn built_in(
    id: &str,
    level: u8,
    law: Law,
    title: Text,
    status: Status,
    finding: Option<(Cause, Finding)>,
) -> CaseResult {
    CaseResult {
        id: id.to_owned(),
        version: 1,
        title,
        level,
        law,
        clause: String::new(),
        hint: Text::default(),
        max: 1,
        visibility: Visibility::Shown,
        status,
        closing: None,
        flaky: None,
        plays: 1,
        duration: Default::default(),
        diagnosis: finding.map(|(cause, finding)| Diagnosis {
            cause,
            ..Diagnosis::not_judged(finding)
        }),
        transcript: Transcript::default(),
    }
}

/// A target that served one client only has answered the control dialogue while its style was learnt.
pub fn take_control_from_discovery(
    cases: &mut [CaseResult],
    control: &str,
    outcomes: &[Outcome],
    transcript: Option<&Transcript>,
) {
    let Some(case) = cases.iter_mut().find(|case| case.id == control) else {
        return;
    };
    let Some(transcript) = transcript else { return };
    if case.status != Status::Inconclusive {
        return;
    }
    let right = |outcome: &Outcome| matches!(outcome.verdict, Verdict::Pass | Verdict::NonStrict);
    let failure = outcomes.iter().find_map(|outcome| match &outcome.verdict {
        Verdict::Fail(failure) => Some(failure),
        _ => None,
    });
    case.plays = outcomes.len() as u32;
    case.transcript = transcript.clone();
    if outcomes.iter().all(right) {
        case.status = Status::Pass;
        case.diagnosis = None;
    } else if let Some(failure) = failure {
        case.status = Status::Fail;
        case.diagnosis = Some(Diagnosis {
            cause: Cause::WrongAnswer,
            expected: failure.expected.clone(),
            pattern: failure.pattern.clone(),
            actual: failure.actual.clone(),
            ..Diagnosis::not_judged(failure.finding.clone())
        });
    }
}

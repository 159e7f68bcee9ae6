//! Checks what the cases of a spec say of each other, and of the exercise.

use std::collections::BTreeMap;

use super::cases::{CaseDraft, Source};
use super::context::Context;
use super::exercise::{Draft, Setting};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Actor;
use crate::model::{Framing, Law, Needs, Serving, Transport};
use crate::suggest::nearest_or_all;

/// Reports every mistake of the kind.
pub(super) fn check(context: &Context<'_>, draft: &Draft) {
    if draft.cases.is_empty() {
        context.report(
            Diagnostic::new(&codes::NO_CASES, draft.header, "this spec has no cases")
                .help("add a `[[case]]`: at least the one that `control` names"),
        );
        return;
    }
    let by_id = by_id(context, &draft.cases);
    check_control(context, draft, &by_id);
    check_after(context, &draft.cases, &by_id);
    for case in &draft.cases {
        check_needs(context, case);
        check_law(context, case, draft.setting);
    }
}

type ById<'a> = BTreeMap<&'a str, usize>;

fn by_id<'a>(context: &Context<'_>, cases: &'a [CaseDraft]) -> ById<'a> {
    let mut by_id = ById::new();
    for (index, case) in cases.iter().enumerate() {
        if case.id.text.is_empty() {
            continue;
        }
        match by_id.get(case.id.text.as_str()) {
            Some(first) => context.report(
                Diagnostic::new(
                    &codes::DUPLICATE_ID,
                    case.id.span,
                    format!("a second case has the id `{}`", case.id.text),
                )
                .other(cases[*first].id.span, "the first one")
                .help("an id is unique in its file: choose another"),
            ),
            None => {
                by_id.insert(&case.id.text, index);
            }
        }
    }
    by_id
}

fn check_control(context: &Context<'_>, draft: &Draft, by_id: &ById<'_>) {
    let control = &draft.control;
    if control.text.is_empty() {
        return;
    }
    let Some(index) = by_id.get(control.text.as_str()) else {
        let ids: Vec<&str> = by_id.keys().copied().collect();
        context.report(
            Diagnostic::new(
                &codes::UNKNOWN_CONTROL,
                control.span,
                format!("no case has the id `{}`", control.text),
            )
            .help(nearest_or_all(&control.text, &ids)),
        );
        return;
    };
    let case = &draft.cases[*index];
    let obstacle = if case.case().level != 1 {
        format!(
            "it has level {}, and a control has level 1",
            case.case().level
        )
    } else if case.case().needs == Needs::Run && !is_on_streams(case) {
        "it needs a program that the harness starts".to_owned()
    } else if !case.after.is_empty() {
        "it depends on other cases".to_owned()
    } else {
        return;
    };
    context.report(
        Diagnostic::new(
            &codes::BAD_CONTROL,
            control.span,
            format!("`{}` cannot serve as control: {obstacle}", control.text),
        )
        .other(case.id.span, "this case")
        .help("name a case that any working server passes"),
    );
}

/// Whether a program shows that it works on its own streams: then nothing less can serve as control.
fn is_on_streams(case: &CaseDraft) -> bool {
    let Source::Dialogue { dialogue, .. } = &case.source else {
        return false;
    };
    let mut steps = dialogue.steps();
    steps.any(|step| matches!(step.actor, Actor::Program(_)))
}

fn check_after(context: &Context<'_>, cases: &[CaseDraft], by_id: &ById<'_>) {
    let ids: Vec<&str> = by_id.keys().copied().collect();
    for case in cases {
        for needed in &case.after {
            if !by_id.contains_key(needed.text.as_str()) {
                context.report(
                    Diagnostic::new(
                        &codes::UNKNOWN_CASE,
                        needed.span,
                        format!("no case has the id `{}`", needed.text),
                    )
                    .help(nearest_or_all(&needed.text, &ids)),
                );
            }
        }
    }
    let mut state = vec![Visit::New; cases.len()];
    for start in 0..cases.len() {
        find_cycles(context, cases, by_id, &mut state, start);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}

/// Walks `after` from one case, without recursion; each cycle is reported where it closes.
fn find_cycles(
    context: &Context<'_>,
    cases: &[CaseDraft],
    by_id: &ById<'_>,
    state: &mut [Visit],
    start: usize,
) {
    if state[start] != Visit::New {
        return;
    }
    state[start] = Visit::Open;
    let mut path = vec![(start, 0)];
    while let Some((case, next)) = path.last_mut() {
        let current = *case;
        let Some(needed) = cases[current].after.get(*next) else {
            state[current] = Visit::Done;
            path.pop();
            continue;
        };
        *next += 1;
        let Some(&target) = by_id.get(needed.text.as_str()) else {
            continue;
        };
        match state[target] {
            Visit::Done => {}
            Visit::New => {
                state[target] = Visit::Open;
                path.push((target, 0));
            }
            Visit::Open => {
                let from = path.iter().position(|(case, _)| *case == target);
                let circle = circle(cases, &path[from.unwrap_or(0)..]);
                let mut found = Diagnostic::new(
                    &codes::AFTER_ITSELF,
                    needed.span,
                    "these cases wait for each other",
                )
                .label(circle);
                if target != current {
                    found = found.other(cases[target].id.span, "this case waits in turn");
                }
                context.report(found.help("remove one `after`, so that one of them is first"));
            }
        }
    }
}

/// `a after b after a`; a long way round is cut.
fn circle(cases: &[CaseDraft], path: &[(usize, usize)]) -> String {
    const MOST: usize = 8;
    let id = |(case, _): &(usize, usize)| cases[*case].id.text.as_str();
    let mut ids: Vec<&str> = path.iter().take(MOST).map(id).collect();
    if path.len() > MOST {
        ids.push("…");
    }
    ids.extend(path.first().map(id));
    ids.join(" after ")
}

fn check_needs(context: &Context<'_>, draft: &CaseDraft) {
    let case = draft.case();
    if case.needs == Needs::Run {
        return;
    }
    if let Source::Dialogue { text, dialogue, .. } = &draft.source
        && let Some(step) = dialogue
            .steps()
            .find(|step| matches!(step.actor, Actor::Program(_)))
    {
        context.report(
            Diagnostic::new(
                &codes::STREAMS_NEED_RUN,
                text.place(step.span),
                "the harness has the streams only of a program that it started",
            )
            .other(draft.id.span, "this case needs an address only")
            .help("add `needs = \"run\"` to the case"),
        );
        return;
    }
    let reason = if !case.servers.is_empty() {
        "the harness starts the servers of this case".to_owned()
    } else if case.level == 5 {
        "level 5 is about the program itself".to_owned()
    } else if matches!(case.law, Law::Program | Law::Rest) {
        format!("the law `{}` is about the program itself", case.law)
    } else {
        return;
    };
    context.report(
        Diagnostic::new(
            &codes::NEEDS_RUN,
            draft.id.span,
            format!("{reason}, and this case needs an address only"),
        )
        .help("add `needs = \"run\"` to the case"),
    );
}

fn check_law(context: &Context<'_>, draft: &CaseDraft, setting: Setting) {
    let law = draft.case().law;
    let reason = match law {
        Law::Segmentation if !matches!(setting.framing, Framing::Lines | Framing::Bytes) => {
            format!("the framing is `{}`", setting.framing)
        }
        Law::Datagrams if setting.transport != Transport::Udp => {
            format!("the transport is `{}`", setting.transport)
        }
        Law::HalfClose if setting.transport == Transport::Udp => {
            "the transport is `udp`".to_owned()
        }
        Law::Isolation
            if setting.serving != Serving::Parallel
                && setting.transport != Transport::Udp
                && draft.case().serving != Some(Serving::Parallel) =>
        {
            format!("the serving is `{}`", setting.serving)
        }
        _ => return,
    };
    context.report(
        Diagnostic::new(
            &codes::LAW_DOES_NOT_APPLY,
            draft.id.span,
            format!("the law `{law}` is not asked of this exercise: {reason}"),
        )
        .help("choose the law that this case really checks"),
    );
}

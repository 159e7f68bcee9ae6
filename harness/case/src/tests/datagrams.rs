//! Plays over bad networks, against servers that are functions: exactly what the mask says comes of it.

use std::sync::Arc;

use proptest::prelude::*;
use sockspec_spec::Spec;

use super::{OPTIONS, ground};
use crate::derive;
use crate::fixture::{Respond, Target, datagrams, drive};
use crate::judge::judge;
use crate::loss::{self, ATTEMPTS, Fate, Mask, Network};
use crate::plan::{self, PlannedCase};
use crate::play::{Play, Steps};
use crate::player::{Outcome, Verdict};
use crate::style::Style;

fn echo() -> Arc<Spec> {
    Arc::new(datagrams(
        "C> un\nS> un\nC> deux\nS> deux\nC> trois\nS> trois",
    ))
}

fn base(spec: &Arc<Spec>) -> PlannedCase {
    let style = Arc::new(Style::canonical(spec.framing));
    plan::base(spec, spec.control_case().unwrap(), &style, &OPTIONS)
}

fn variants(spec: &Arc<Spec>, base: &PlannedCase) -> Vec<PlannedCase> {
    derive::variants(&ground(spec, base, &[Outcome::default()]))
}

/// Which variants a server fails that answers a datagram with what this makes of all that it got.
fn failed(answer: Respond<'_>) -> Vec<String> {
    let spec = echo();
    let target = Target {
        greeting: "",
        answer,
    };
    let fails = |play: &Play| {
        let (outcome, transcript) = drive(play, &target);
        assert_eq!(judge(play, &transcript), outcome, "{}", play.label);
        matches!(outcome.verdict, Verdict::Fail(_))
    };
    let variants = variants(&spec, &base(&spec));
    let failed = variants.iter().filter(|one| one.plays.iter().any(fails));
    failed.map(|one| one.id.clone()).collect()
}

#[test]
fn every_family_of_datagrams_is_derived() {
    let spec = echo();
    let ids: Vec<String> = variants(&spec, &base(&spec))
        .iter()
        .map(|one| format!("{} ({})", one.id, one.plays.len()))
        .collect();
    insta::assert_snapshot!(ids.join("\n"), @r"
    words@loss (76)
    words@doubled (1)
    words@reordered (1)
    words@bursts (12)
    words@many-clients (1)
    words@abandoned (1)
    words@unread (1)
    ");
}

#[test]
fn a_server_without_memory_passes_all_and_others_do_not() {
    assert_eq!(failed(&|_, bytes| bytes.to_vec()), [""; 0]);
    let ignores_repeats = failed(&|last, bytes| {
        let is_repeat = last == bytes;
        *last = bytes.to_vec();
        if is_repeat {
            Vec::new()
        } else {
            bytes.to_vec()
        }
    });
    for variant in ["loss", "doubled", "bursts"] {
        let id = format!("words@{variant}");
        assert!(ignores_repeats.contains(&id), "{ignores_repeats:?}");
    }
}

#[test]
fn what_is_not_plain_is_left_alone() {
    for dialogue in [
        "C> un\nS~ {word:w}\nC> deux\nS~ {w}",
        "C> un\nS> un\nS! silence",
        "C1> un\nS1> un\nC2> un\nS2> un",
        "C> {repeat:2000:a}\nS~ {any}",
    ] {
        let spec = Arc::new(datagrams(dialogue));
        let base = base(&spec);
        let found = variants(&spec, &base);
        assert!(found.is_empty(), "{dialogue}: {}", found[0].id);
    }
}

proptest! {
    #[test]
    fn what_survives_is_what_the_mask_says(
        to_server in prop::collection::vec(any::<bool>(), 0..10),
        to_client in prop::collection::vec(any::<bool>(), 0..10),
    ) {
        let fates = |lost: Vec<bool>| -> Vec<Fate> {
            lost.iter().map(|lost| if *lost { Fate::Drop } else { Fate::Pass }).collect()
        };
        let mask = Mask::new(fates(to_server), fates(to_client));
        let spec = echo();
        let base = base(&spec);
        let network = Network { mask: mask.clone(), attempts: ATTEMPTS, ..Network::default() };
        let play = Play { network: Some(Arc::new(network)), ..base.plays[0].clone() };
        let Steps::Fixed(steps) = &play.steps else { unreachable!() };
        let expected = loss::exchanges(&mask, steps.len() / 2, ATTEMPTS);
        let right = |_: &mut Vec<u8>, bytes: &[u8]| bytes.to_vec();
        let (outcome, transcript) = drive(&play, &Target { greeting: "", answer: &right });
        prop_assert_eq!(&outcome.verdict, &Verdict::Pass);
        let survived = expected.iter().filter(|one| one.survives).count();
        prop_assert_eq!(outcome.answers.len(), survived);
        prop_assert_eq!(outcome.given_up as usize, expected.len() - survived);
        prop_assert_eq!(judge(&play, &transcript), outcome);
    }
}

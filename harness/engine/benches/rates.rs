//! How many cases a second: planned and judged without sockets, and played in segments.
//!
//! `cargo bench -p sockspec-engine --bench rates`; the item throughput is what is counted. On two
//! cores, 2,000 cases a second with one cut and 300 of 88 one-byte segments are the least that is
//! accepted.
#![expect(clippy::unwrap_used, reason = "a failure ends the benchmark")]

#[expect(dead_code, reason = "each benchmark uses its part")]
mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sockspec_case::derive::{self, Ground};
use sockspec_case::loss::{self, ATTEMPTS, Network};
use sockspec_case::play::{Cut, Step};
use sockspec_case::player::{Outcome, Verdict};
use sockspec_case::seed;
use sockspec_case::style::Style;
use sockspec_case::{judge, plan};
use sockspec_engine::Target;

use common::{engine, expect, pass, send};

/// A request of 88 bytes, line end included, and its answer.
const LINE: &str =
    "the quick brown fox jumps over the lazy dog, and over 1234567890 more of them, they say\n";

fn main() {
    divan::main();
}

/// Plays one dialogue with each of `cuts` against the reference line server.
fn cut(bencher: Bencher<'_, '_>, cuts: &[Cut]) {
    assert_eq!(LINE.len(), 88);
    let spec = common::spec(include_str!("../../../specs/upper-tcp.toml"));
    let answer = LINE.trim_end().to_ascii_uppercase();
    let steps = [send(LINE.as_bytes()), expect(answer.as_bytes())];
    let plays: Vec<_> = cuts
        .iter()
        .map(|cut| common::play(&spec, steps.to_vec(), cut.clone()))
        .collect();
    let runtime = common::runtime();
    let mut engine = engine(Target::Tcp(common::reference("upper-tcp")));
    bencher
        .counter(ItemsCount::new(plays.len()))
        .bench_local(|| {
            runtime.block_on(async {
                for play in &plays {
                    pass(&mut engine, play).await;
                }
            });
        });
}

/// Every single cut of 88 bytes.
#[divan::bench]
fn one_cut(bencher: Bencher<'_, '_>) {
    let cuts: Vec<Cut> = (1..88).map(|at| Cut::At(BTreeSet::from([at]))).collect();
    cut(bencher, &cuts);
}

#[divan::bench]
fn twelve_segments(bencher: Bencher<'_, '_>) {
    cut(bencher, &[Cut::At((1..12).map(|at| at * 7).collect())]);
}

#[divan::bench]
fn one_byte_segments(bencher: Bencher<'_, '_>) {
    cut(bencher, &[Cut::EveryByte]);
}

/// Datagrams asked and answered from one socket.
#[divan::bench]
fn udp_exchanges(bencher: Bencher<'_, '_>) {
    const COUNT: usize = 1_000;
    let spec = common::spec(include_str!("../../../specs/echo-udp.toml"));
    let pair: [Step; 2] = [send(b"hello"), expect(b"hello")];
    let play = common::play(&spec, common::repeated(&pair, COUNT), Cut::Whole);
    let runtime = common::runtime();
    let mut engine = engine(Target::Udp(common::reference("echo-udp")));
    bencher
        .counter(ItemsCount::new(COUNT))
        .bench_local(|| runtime.block_on(pass(&mut engine, &play)));
}

/// The same where three in ten datagrams are lost, and asked again.
#[divan::bench]
fn udp_exchanges_with_loss(bencher: Bencher<'_, '_>) {
    const COUNT: usize = 1_000;
    let spec = common::spec(include_str!("../../../specs/echo-udp.toml"));
    let pair: [Step; 2] = [send(b"hello"), expect(b"hello")];
    let mut random = seed::rng(1, "bench");
    let model = loss::Model::Bernoulli { loss: 30 };
    let network = Network {
        mask: loss::drawn(model, COUNT, ATTEMPTS, &mut random),
        attempts: ATTEMPTS,
        ..Network::default()
    };
    let mut play = common::play(&spec, common::repeated(&pair, COUNT), Cut::Whole);
    play.network = Some(Arc::new(network));
    let runtime = common::runtime();
    let mut engine = engine(Target::Udp(common::reference("echo-udp")));
    bencher
        .counter(ItemsCount::new(COUNT))
        .bench_local(|| runtime.block_on(pass(&mut engine, &play)));
}

/// No socket: what the harness's own thinking costs.
mod pure {
    use super::*;

    /// Cases judged from a recorded transcript, one exchange each.
    #[divan::bench]
    fn judge_short(bencher: Bencher<'_, '_>) {
        judged(bencher, 1, 1);
    }

    /// Exchanges judged, in one long case.
    #[divan::bench]
    fn judge_exchanges(bencher: Bencher<'_, '_>) {
        judged(bencher, 1_000, 1_000);
    }

    fn judged(bencher: Bencher<'_, '_>, exchanges: usize, items: usize) {
        let spec = common::spec(common::KV);
        let play = common::matched_exchanges(&spec, exchanges);
        let mut engine = engine(Target::Tcp(common::reference("kv")));
        let played = common::runtime().block_on(pass(&mut engine, &play));
        bencher.counter(ItemsCount::new(items)).bench_local(|| {
            let outcome = judge::judge(&play, black_box(&played.transcript));
            assert_eq!(outcome.verdict, Verdict::Pass);
            outcome
        });
    }

    /// Whole specs read, in TOML.
    #[divan::bench]
    fn load_kv(bencher: Bencher<'_, '_>) {
        bencher
            .counter(ItemsCount::new(1usize))
            .bench_local(|| common::spec(black_box(common::KV)));
    }

    /// Plays planned: each case of the key-value server, and every variant of it.
    #[divan::bench]
    fn plan_kv(bencher: Bencher<'_, '_>) {
        let spec = common::spec(common::KV);
        let style = Arc::new(Style::canonical(spec.framing));
        let options = common::options();
        let planned = || {
            let mut plays = 0;
            for case in &spec.cases {
                let base = plan::base(&spec, case, &style, &options);
                let outcomes = vec![Outcome::default(); base.plays.len()];
                let sentinel = [send(b"fa\n"), expect(b"OK sill")];
                let variants = derive::variants(&Ground {
                    spec: &spec,
                    case,
                    base: &base,
                    outcomes: &outcomes,
                    transcript: None,
                    sentinel: &sentinel,
                    lifeline: &sentinel,
                    neighbour: &sentinel,
                    options: &options,
                });
                plays += base.plays.len();
                plays += variants.iter().map(|case| case.plays.len()).sum::<usize>();
            }
            plays
        };
        bencher
            .counter(ItemsCount::new(planned()))
            .bench_local(|| black_box(planned()));
    }
}

//! How much slower the engine is than the least client there is.
//!
//! `cargo bench -p sockspec-engine --bench ratios`. Both clients do the same against the same server,
//! in turns, in one process: what else the machine does then slows both alike, and the ratio of the
//! medians says what the engine costs. That taking in turns is why divan does not drive it.
//!
//! The bare client blocks in `write` and `read`, judges with one comparison and writes nothing down.
#![expect(clippy::unwrap_used, reason = "a failure ends the benchmark")]
#![expect(clippy::print_stdout, reason = "the table is what is asked for")]

mod common;

use std::io::Read;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use common::{ANSWER, QUESTION, ask, connect, engine, pass};
use sockspec_case::play::Play;
use sockspec_engine::{Engine, Target};
use tokio::runtime::Runtime;

const ROUNDS: usize = 11;
const EXCHANGES: usize = 20_000;
const DIALOGUES: usize = 10_000;

fn main() {
    // Without `--bench`, cargo only asks whether the benchmark runs at all.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let (rounds, scale) = if measuring { (ROUNDS, 1) } else { (1, 100) };
    let (exchanges, dialogues) = (EXCHANGES / scale, DIALOGUES / scale);

    let spec = common::spec(common::KV);
    let runtime = common::runtime();
    let text = common::exchanges(&spec, exchanges);
    let pattern = common::matched_exchanges(&spec, exchanges);
    let short = common::short_dialogue(&spec);

    println!(
        "{:<46} {:>9} {:>9}  ratio",
        "µs each, median", "bare", "engine"
    );
    for (server, address) in [
        ("blocking", common::blocking()),
        ("reference", common::reference("kv")),
    ] {
        let mut engine = engine(Target::Tcp(address));
        let mut measure = |what: &str, count: usize, play: &Play, plays: usize, bare: fn(_, _)| {
            let mut times = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                times.0.push(timed(|| bare(address, count)));
                times
                    .1
                    .push(timed(|| play_all(&runtime, &mut engine, play, plays)));
            }
            let each = |times: &mut Vec<Duration>| median(times).as_secs_f64() * 1e6 / count as f64;
            let (bare, engine) = (each(&mut times.0), each(&mut times.1));
            let what = format!("{what}, {server} server");
            println!("{what:<46} {bare:>9.2} {engine:>9.2}  {:.2}", engine / bare);
        };
        measure("exchanges", exchanges, &text, 1, bare_exchanges);
        measure("exchanges, pattern", exchanges, &pattern, 1, bare_exchanges);
        measure(
            "short_dialogues",
            dialogues,
            &short,
            dialogues,
            bare_dialogues,
        );
    }
}

fn play_all(runtime: &Runtime, engine: &mut Engine, play: &Play, plays: usize) {
    runtime.block_on(async {
        for _ in 0..plays {
            pass(engine, play).await;
        }
    });
}

fn bare_exchanges(address: SocketAddr, count: usize) {
    let mut stream = connect(address);
    for _ in 0..count {
        ask(&mut stream, QUESTION, ANSWER);
    }
}

fn bare_dialogues(address: SocketAddr, count: usize) {
    for _ in 0..count {
        let mut stream = connect(address);
        ask(&mut stream, QUESTION, ANSWER);
        ask(&mut stream, b"FIN\n", b"BYE\n");
        assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

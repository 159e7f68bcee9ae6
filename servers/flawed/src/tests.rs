//! Every flaw shows, and nothing else is wrong.
//!
//! Each exercise has a few scripts. Played against the server without any mistake they give the
//! same as against the reference server; against a flawed one, at least one of them gives
//! something else, or the server dies.

mod play;
mod scripts;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use play::{Observation, Step, play};
use proptest::prelude::*;
use scripts::{Script, scripts};
use sockspec_kit::{Address, ServeError, ServeOptions};

use crate::catalogue::mistakes;
use crate::life::{Fate, Life};
use crate::mistake::Mistake;
use crate::{Flaw, catalogue, flaws, serve, start};

fn options(arguments: &str) -> ServeOptions {
    let arguments = arguments.split_whitespace().map(str::to_owned).collect();
    // For servers at a path: one that no other test has.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("sockspec-flawed-{}-{number}", std::process::id());
    ServeOptions {
        arguments,
        path: Some(std::env::temp_dir().join(name)),
        ..ServeOptions::default()
    }
}

fn flawed(exercise: &str, mistake: Option<Mistake>, arguments: &str) -> (Address, Receiver<Fate>) {
    let (address, fate, _) = mortal(exercise, mistake, arguments);
    (address, fate)
}

/// The same, with the life that ends it.
fn mortal(
    exercise: &str,
    mistake: Option<Mistake>,
    arguments: &str,
) -> (Address, Receiver<Fate>, Life) {
    let (sender, fate) = mpsc::channel();
    let life = Life::new(sender);
    let started = start::start(exercise, mistake, &options(arguments), life.clone()).unwrap();
    let address = started.address.clone();
    // Its threads run until the tests end, and so must its path be there: see `leave`.
    std::mem::forget(started);
    (address, fate, life)
}

/// Servers that have been tried: none of them works on, be it in circles, beside those that are.
#[derive(Default)]
struct Tried(Vec<Life>);

impl Drop for Tried {
    fn drop(&mut self) {
        self.0.iter().for_each(Life::end);
    }
}

/// Removes the path at which a server of a test listens, when nobody will connect any more.
fn leave(server: &Address) {
    if let Address::Path(path) = server {
        std::fs::remove_file(path).unwrap();
    }
}

/// The reference server, in a thread that runs until the tests end.
fn reference(exercise: &'static str, arguments: &str) -> Address {
    let options = options(arguments);
    let (sender, address) = mpsc::channel();
    thread::spawn(move || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().unwrap().block_on(async {
            let server = sockspec_reference::Server::bind(exercise, &options).unwrap();
            sender.send(server.address()).unwrap();
            server.run().await;
        });
    });
    address.recv().unwrap()
}

/// Far beyond what a right server needs.
const PATIENCE: Duration = Duration::from_secs(20);

/// After which a flawed server is said not to answer.
const IMPATIENCE: Duration = Duration::from_millis(300);

fn run(script: &Script, server: Address, limit: Duration) -> Observation {
    let seen = play(&server, script.is_udp, &script.steps, limit);
    leave(&server);
    seen
}

/// What these print is seen only where they are started, or their answers are long in coming: the table of
/// the end-to-end tests tries them.
const END_TO_END: [&str; 6] = [
    "line-printer",
    "chat-turns",
    "chat-duplex",
    "web",
    "kv-peer",
    "bar",
];

/// The two tests that start many servers are not run beside each other: both look at what comes in time.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn without_a_mistake_the_server_is_right() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let all = catalogue::exercises().iter();
    for &exercise in all.filter(|one| !END_TO_END.contains(one)) {
        for script in scripts(exercise) {
            let (server, fate) = flawed(exercise, None, script.arguments);
            let arguments = match exercise {
                "upper-tcp" | "upper-udp" => "--dialect unicode",
                _ => script.arguments,
            };
            let expected = run(&script, reference(exercise, arguments), PATIENCE);
            assert_eq!(
                run(&script, server, PATIENCE),
                expected,
                "{exercise}: {}",
                script.name
            );
            assert!(fate.try_recv().is_err(), "{exercise}: {}", script.name);
        }
    }
}

#[test]
fn each_flaw_shows() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let hidden: Vec<_> = thread::scope(|scope| {
        let all = catalogue::exercises().iter();
        let exercises = all
            .filter(|one| !END_TO_END.contains(one))
            .map(|&exercise| {
                scope.spawn(move || {
                    let scripts: Vec<_> = scripts(exercise)
                        .into_iter()
                        .map(|script| {
                            let (right, _) = flawed(exercise, None, script.arguments);
                            let expected = run(&script, right, PATIENCE);
                            (script, expected)
                        })
                        .collect();
                    hidden_flaws(exercise, &scripts)
                })
            });
        let exercises: Vec<_> = exercises.collect();
        exercises
            .into_iter()
            .flat_map(|hidden| hidden.join().unwrap())
            .collect()
    });
    assert_eq!(hidden, []);
}

/// The flaws of an exercise that none of its scripts shows; there should be none.
fn hidden_flaws(
    exercise: &'static str,
    scripts: &[(Script, Observation)],
) -> Vec<(&'static str, Mistake)> {
    thread::scope(|scope| {
        let flaws: Vec<_> = mistakes(exercise)
            .unwrap()
            .iter()
            // The one takes as long as answers may be late: see the clock's own test. The other is seen
            // only beside a client that never reads.
            .filter(|&&mistake| !matches!(mistake, Mistake::FrozenTime | Mistake::OneLockForAll))
            // Seen only of a peer that keeps silent, or among several servers.
            .filter(|&&mistake| {
                !matches!(
                    mistake,
                    Mistake::WaitsForPeer
                        | Mistake::LocksWhileAsking
                        | Mistake::CycleKills
                        | Mistake::KeepsHopCount
                        | Mistake::LeavesItselfOut
                        | Mistake::IgnoresPath
                )
            })
            .map(|&mistake| {
                (
                    mistake,
                    scope.spawn(move || shows(exercise, mistake, scripts)),
                )
            })
            .collect();
        let hidden = flaws
            .into_iter()
            .filter_map(|(mistake, shows)| (!shows.join().unwrap()).then_some((exercise, mistake)));
        hidden.collect()
    })
}

fn shows(exercise: &str, mistake: Mistake, scripts: &[(Script, Observation)]) -> bool {
    let mut fates = Vec::<Receiver<Fate>>::new();
    let mut tried = Tried::default();
    for (script, expected) in scripts {
        if fates.iter().any(|fate| fate.try_recv().is_ok()) {
            return true;
        }
        let (server, fate, life) = mortal(exercise, Some(mistake), script.arguments);
        tried.0.push(life);
        if run(script, server, IMPATIENCE) != *expected {
            return true;
        }
        fates.push(fate);
    }
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        for fate in &fates {
            if fate.recv_timeout(Duration::from_millis(5)).is_ok() {
                return true;
            }
        }
    }
    false
}

#[test]
fn flaws_are_unique_and_enough() {
    let names: HashSet<_> = flaws()
        .iter()
        .map(|flaw| (flaw.exercise, flaw.name))
        .collect();
    assert_eq!(names.len(), flaws().len());
    for exercise in sockspec_reference::exercises() {
        let count = flaws()
            .iter()
            .filter(|flaw| flaw.exercise == *exercise)
            .count();
        assert!(count >= 5, "{exercise} has {count} flaws");
    }
    assert_eq!(
        catalogue::exercises().len(),
        sockspec_reference::exercises().len()
    );
}

#[test]
fn names_are_kebab_case_and_summaries_are_sentences() {
    for Flaw {
        name,
        summary,
        cause,
        ..
    } in flaws()
    {
        for id in [name, cause] {
            let is_kebab = |character| matches!(character, 'a'..='z' | '0'..='9' | '-');
            assert!(id.chars().all(is_kebab), "{id}");
        }
        assert!(
            summary.ends_with('.') && summary.len() > 20,
            "{name}: {summary}"
        );
    }
}

#[test]
fn each_flaw_can_be_served() {
    for Flaw { exercise, name, .. } in flaws() {
        let mistake = mistakes(exercise)
            .unwrap()
            .iter()
            .find(|mistake| mistake.name() == *name);
        // What only its own streams show is tried where programs are started.
        let scripts = scripts(exercise);
        let Some(script) = scripts.first() else {
            continue;
        };
        let arguments = script.arguments;
        let (server, fate) = flawed(exercise, mistake.copied(), arguments);
        assert_ne!(
            server.internet().map(|at| at.port()),
            Some(0),
            "{exercise}, {name}"
        );
        leave(&server);
        assert!(fate.try_recv().is_err(), "{exercise}, {name}");
    }
}

#[test]
fn unknown_names_are_told_with_the_known_ones() {
    let error = serve("kvv", "missing-newline", options("")).unwrap_err();
    assert!(
        matches!(error, ServeError::UnknownExercise { .. }),
        "{error}"
    );
    let error = serve("kv", "nonsense", options("")).unwrap_err();
    assert!(error.to_string().contains("missing-newline"), "{error}");
    let error = serve("kv", "missing-newline", options("--secret 4")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown option `--secret`; there are `--data`"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn without_a_mistake_any_text_is_answered_as_by_the_reference(
        pieces in prop::collection::vec(
            prop_oneof![
                Just(b"UPPER ".to_vec()),
                Just(b"LOWER ".to_vec()),
                Just(b"\n".to_vec()),
                Just(b"\r\n".to_vec()),
                "[a-zA-Zéß€😀\u{301}]{0,4}".prop_map(String::into_bytes),
                prop::collection::vec(any::<u8>(), 0..4),
            ],
            0..12,
        ),
    ) {
        let sent = pieces.concat();
        for (exercise, arguments) in
            [("echo-tcp", ""), ("upper-tcp", "--dialect unicode"), ("text-commands", "")]
        {
            let steps = [Step::Send(0, sent.clone()), Step::Fin(0), Step::End(0)];
            let expected = play(&reference(exercise, arguments), false, &steps, PATIENCE);
            let (server, _) = flawed(exercise, None, "");
            prop_assert_eq!(play(&server, false, &steps, PATIENCE), expected, "{}", exercise);
        }
    }
}

//! The proof that the suite can fail: each flawed server is caught, and each case catches some flaw.
//!
//! What each flaw fails is kept in `flaws/EXERCISE.toml`, reviewed tables. `SOCKSPEC_BLESS=1` writes
//! them anew (efforts and reasons are kept); then the diff is to be read, line by line.
//! `SOCKSPEC_EXERCISES=kv,bar` keeps to these exercises.
//!
//! A flaw may fail more cases than its row names: where one `recv` ends is the kernel's choice, and
//! a row names only what fails whatever that choice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use sockspec_flawed::Flaw;
use sockspec_tests::Grade;

use crate::flaw_table::{Row, Table, Unproved, VARIES};
use crate::{ROOT, SOCKSPEC};

/// Servers graded at once: more would measure the machine instead of the servers.
const AT_ONCE: usize = 4;
/// In bless mode each flaw is graded so often; what fails every time is its row.
const BLESSINGS: usize = 3;
/// Asks for the reference's own words, and its own protocol between servers.
const STRICT: &str = "--strict";
/// How often a flawed server is graded, at most, until it fails what its row says.
const CHANCES: usize = 3;
/// A grading that takes longer is named when the test ends.
const SLOW: Duration = Duration::from_secs(8);

/// What came of one flaw.
#[derive(Debug)]
struct Found {
    cause: String,
    fails: BTreeSet<String>,
    took: Duration,
}

/// Whether an exercise shows on a program's own streams only, or among several of its servers, so that the
/// harness must start the program.
pub fn needs_start(exercise: &str) -> bool {
    let path = format!("{ROOT}/specs/{exercise}.toml");
    let text = std::fs::read_to_string(path).expect("the spec is there");
    let spec: toml::Table = text.parse().expect("the spec is right");
    let cases = spec["case"].as_array().expect("it has cases");
    let control = cases.iter().find(|case| case["id"] == spec["control"]);
    control.is_some_and(|case| case.get("needs").is_some())
        || cases.iter().any(|case| case.get("servers").is_some())
}

/// Whether an exercise has cases that are asked with `--strict` only: of servers that the harness plays in part.
fn asks_more_strictly(exercise: &str) -> bool {
    let path = format!("{ROOT}/specs/{exercise}.toml");
    let text = std::fs::read_to_string(path).expect("the spec is there");
    text.contains("asked = ")
}

/// Grades the server of an exercise on the wire and on its streams.
fn graded(exercise: &str, flaw: Option<&str>, options: &[&str]) -> Grade {
    if needs_start(exercise) {
        // How it conducts itself is proved in `program_flaws`.
        let options = [&["--level", "4"], options].concat();
        return SOCKSPEC
            .grade_run(exercise, &SOCKSPEC.serving(exercise, flaw), &options)
            .grade;
    }
    let server = SOCKSPEC.serve(exercise, flaw, &[]);
    SOCKSPEC.grade(exercise, server.address(), options).grade
}

fn grade(flaw: &Flaw, effort: &str, strict: bool) -> Found {
    let start = Instant::now();
    let mut options = vec!["--effort", effort];
    options.extend(strict.then_some(STRICT));
    let grade = graded(flaw.exercise, Some(flaw.name), &options);
    let took = start.elapsed();
    let fails = grade
        .with_status("fail")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let cause = grade.first_cause().unwrap_or("none").to_owned();
    Found { cause, fails, took }
}

/// What fails every time, and the cause named first.
fn grade_often(flaw: &Flaw, effort: &str, strict: bool, times: usize) -> Found {
    let mut found = grade(flaw, effort, strict);
    for _ in 1..times {
        let again = grade(flaw, effort, strict);
        if again.cause != found.cause {
            found.cause = VARIES.to_owned();
        }
        found.fails.retain(|id| again.fails.contains(id));
        found.took = found.took.max(again.took);
    }
    found
}

/// Applies `work` to all items, a few at a time; results come in the order of the items.
pub fn in_pool<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((at, item)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    items.get(at).map(|item| (at, item))
                } {
                    let result = work(item);
                    done.lock().expect("no thread panicked").push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no thread panicked");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The exercises that are tried: all, or those named in `SOCKSPEC_EXERCISES`.
fn exercises() -> Vec<&'static str> {
    let chosen = std::env::var("SOCKSPEC_EXERCISES").ok();
    let all = sockspec_reference::exercises().iter().copied();
    match chosen {
        None => all.collect(),
        Some(chosen) => {
            let chosen: BTreeSet<&str> = chosen.split(',').collect();
            all.filter(|exercise| chosen.contains(exercise)).collect()
        }
    }
}

/// The flaws of the exercises that are tried.
fn flaws() -> Vec<Flaw> {
    let exercises = exercises();
    let flaws = sockspec_flawed::flaws().iter();
    flaws
        .filter(|flaw| exercises.contains(&flaw.exercise))
        .copied()
        .collect()
}

/// Every case of every exercise, scripted and derived, as the references are graded by them.
fn all_cases() -> BTreeSet<(String, String)> {
    let options: [&[&str]; 2] = [&[], &[STRICT]];
    let gradings: Vec<(&str, &[&str])> = (exercises().into_iter())
        .flat_map(|exercise| options.map(|options| (exercise, options)))
        .filter(|(exercise, options)| options.is_empty() || asks_more_strictly(exercise))
        .collect();
    let grades: Vec<Grade> = in_pool(&gradings, |(exercise, options)| {
        graded(exercise, None, options)
    });
    let pairs = grades.iter().flat_map(|grade| {
        grade
            .cases
            .iter()
            .map(|case| (grade.exercise.clone(), case.id.clone()))
    });
    pairs.collect()
}

#[test]
fn every_flaw_is_caught_and_every_case_catches() {
    let blessing = std::env::var_os("SOCKSPEC_BLESS").is_some();
    let table = Table::read(&exercises());
    let flaws = flaws();
    let found = in_pool(&flaws, |flaw| {
        let row = table.row(flaw.exercise, flaw.name);
        let effort = row.map_or("quick", |row| &row.effort);
        let strict = row.is_some_and(|row| row.strict);
        if blessing {
            return grade_often(flaw, effort, strict, BLESSINGS);
        }
        let mut found = grade(flaw, effort, strict);
        // Where a flawed server's `recv` ends, and when it dies, is the kernel's choice: it gets more chances to
        // be wrong, never to be right.
        for _ in 1..CHANCES {
            let is_as_told =
                row.is_none_or(|row| row.fails.is_subset(&found.fails) && row.names(&found.cause));
            if is_as_told {
                break;
            }
            let again = grade(flaw, effort, strict);
            if row.is_some_and(|row| !row.names(&found.cause)) {
                found.cause = again.cause;
            }
            found.fails.extend(again.fails);
        }
        found
    });
    let slow: Vec<String> = flaws
        .iter()
        .zip(&found)
        .filter(|(_, found)| found.took > SLOW)
        .map(|(flaw, found)| format!("{} {}: {:.1?}", flaw.exercise, flaw.name, found.took))
        .collect();
    if !slow.is_empty() {
        println!("slow:\n{}", slow.join("\n"));
    }

    if blessing {
        bless(&table, &flaws, &found);
        return;
    }
    let mut wrong = Vec::new();
    for (flaw, found) in flaws.iter().zip(&found) {
        let name = format!("{} {}", flaw.exercise, flaw.name);
        if found.fails.is_empty() {
            wrong.push(format!("{name}: nothing fails it"));
        }
        let Some(row) = table.row(flaw.exercise, flaw.name) else {
            wrong.push(format!("{name}: it has no row"));
            continue;
        };
        let missed: Vec<&String> = row.fails.difference(&found.fails).collect();
        if !missed.is_empty() {
            wrong.push(format!("{name}: no longer failed by {missed:?}"));
        }
        if !row.names(&found.cause) {
            let blessed = &row.cause;
            wrong.push(format!(
                "{name}: the cause named first is {}, not {blessed}",
                found.cause
            ));
        }
        if row.cause != flaw.cause && row.wanted.as_deref() != Some(flaw.cause) {
            wrong.push(format!(
                "{name}: the row must say `wanted = \"{}\"`",
                flaw.cause
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} findings:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_case_is_proved_or_excused() {
    if std::env::var_os("SOCKSPEC_BLESS").is_some() {
        // The table is being written.
        return;
    }
    let table = Table::read(&exercises());
    let unproved: BTreeSet<(String, String)> = table
        .unproved
        .iter()
        .flat_map(|one| {
            one.cases
                .iter()
                .map(|case| (one.exercise.clone(), case.clone()))
        })
        .collect();
    let proved: BTreeSet<(String, String)> = table
        .flaws
        .iter()
        .flat_map(|row| {
            row.fails
                .iter()
                .map(|case| (row.exercise.clone(), case.clone()))
        })
        .collect();
    let cases = all_cases();
    let of =
        |set: &BTreeSet<(String, String)>, other: &BTreeSet<(String, String)>| -> Vec<String> {
            set.difference(other)
                .map(|(exercise, case)| format!("{exercise} {case}"))
                .collect()
        };
    let said: BTreeSet<_> = unproved.union(&proved).cloned().collect();
    assert_eq!(
        of(&cases, &said),
        Vec::<String>::new(),
        "cases that no flaw fails"
    );
    assert_eq!(
        of(&said, &cases),
        Vec::<String>::new(),
        "cases of the table that are none"
    );
    let both: Vec<_> = unproved.intersection(&proved).collect();
    assert!(
        both.is_empty(),
        "proved, and excused all the same: {both:?}"
    );
    for one in &table.unproved {
        assert!(
            !one.reason.is_empty(),
            "{} {:?} has no reason",
            one.exercise,
            one.cases
        );
    }
}

#[test]
fn the_table_names_flaws_that_are() {
    for row in &Table::read(&exercises()).flaws {
        let mut known = sockspec_flawed::flaws().iter();
        let is = known.any(|flaw| flaw.exercise == row.exercise && flaw.name == row.name);
        assert!(is, "no flaw of {} is called {}", row.exercise, row.name);
    }
}

/// Writes the table anew from what was found.
fn bless(old: &Table, flaws: &[Flaw], found: &[Found]) {
    let rows: Vec<Row> = flaws
        .iter()
        .zip(found)
        .map(|(flaw, found)| Row {
            exercise: flaw.exercise.to_owned(),
            name: flaw.name.to_owned(),
            effort: old
                .row(flaw.exercise, flaw.name)
                .map_or_else(|| "quick".to_owned(), |row| row.effort.clone()),
            strict: old
                .row(flaw.exercise, flaw.name)
                .is_some_and(|row| row.strict),
            cause: found.cause.clone(),
            wanted: (found.cause != flaw.cause).then(|| flaw.cause.to_owned()),
            fails: found.fails.clone(),
        })
        .collect();
    let proved: BTreeSet<(&str, &str)> = rows
        .iter()
        .flat_map(|row| {
            row.fails
                .iter()
                .map(|case| (row.exercise.as_str(), case.as_str()))
        })
        .collect();
    // By exercise and reason, so that what has one reason stands together.
    let mut groups: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (exercise, case) in all_cases() {
        if !proved.contains(&(exercise.as_str(), case.as_str())) {
            let reason = old.reason(&exercise, &case).to_owned();
            groups.entry((exercise, reason)).or_default().insert(case);
        }
    }
    let unproved = groups
        .into_iter()
        .map(|((exercise, reason), cases)| Unproved {
            exercise,
            cases,
            reason,
        })
        .collect();
    let table = Table {
        flaws: rows,
        unproved,
    };
    table.write(&exercises());
}

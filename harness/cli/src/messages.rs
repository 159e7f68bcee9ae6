//! The command's own messages, in French and English: whole sentences, by Fluent.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use sockspec_case::transcript::ConnectError;
use sockspec_engine::TargetError;
use sockspec_report::Lang;
use unic_langid::{LanguageIdentifier, langid};

use crate::args::LangArg;

pub mod search;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks are for bidirectional text; in a terminal they only disturb.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const FRENCH: LanguageIdentifier = langid!("fr");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The language asked for, else the locale's.
pub fn language(asked: Option<LangArg>) -> Lang {
    match asked {
        Some(LangArg::Fr) => Lang::Fr,
        Some(LangArg::En) => Lang::En,
        None => Lang::from_locale(&sys_locale::get_locale().unwrap_or_default()),
    }
}

fn say(lang: Lang, id: &str, values: &[(&'static str, &str)]) -> String {
    let language = match lang {
        Lang::Fr => &FRENCH,
        Lang::En => &ENGLISH,
    };
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(clean(value))))
        .collect();
    LOCALES.lookup_with_args(language, id, &values)
}

/// What a user typed is shown, never obeyed: control characters become visible.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .take(500)
        .collect()
}

/// Nothing can be reached at the address.
pub fn unreachable(lang: Lang, address: &str, exercise: &str, error: ConnectError) -> String {
    let id = match error {
        ConnectError::Refused => "nothing-listens",
        ConnectError::TimedOut => "connect-timed-out",
        ConnectError::Unreachable | ConnectError::Other => "host-unreachable",
    };
    say(lang, id, &[("address", address), ("exercise", exercise)])
}

/// An address that cannot be used.
pub fn bad_address(lang: Lang, error: &TargetError) -> String {
    match error {
        TargetError::NoPort { address, example } => say(
            lang,
            "address-no-port",
            &[("address", address), ("example", &example.to_string())],
        ),
        TargetError::NoHost { address, example } => say(
            lang,
            "address-no-host",
            &[("address", address), ("example", &example.to_string())],
        ),
        TargetError::BadPort { address, port } => say(
            lang,
            "address-bad-port",
            &[("address", address), ("port", port)],
        ),
        TargetError::Unresolved {
            address,
            host,
            reason,
        } => say(
            lang,
            "address-unresolved",
            &[("address", address), ("host", host), ("reason", reason)],
        ),
        TargetError::LongPath { path } => say(lang, "address-long-path", &[("path", path)]),
        other => other.to_string(),
    }
}

/// No exercise of that name.
pub fn unknown_exercise<'a>(
    lang: Lang,
    exercise: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let nearest = nearest(exercise, ids.clone());
    match nearest {
        Some(nearest) => say(
            lang,
            "unknown-exercise-near",
            &[("exercise", exercise), ("nearest", nearest)],
        ),
        None => {
            let all: Vec<&str> = ids.collect();
            say(
                lang,
                "unknown-exercise",
                &[("exercise", exercise), ("all", &all.join(", "))],
            )
        }
    }
}

/// The name nearest to what was typed, if one is near.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::jaro_winkler(typed, name), name))
        .filter(|(likeness, _)| *likeness > 0.65)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $id:literal ($($value:ident),*);)*) => {
        $($(#[$doc])* pub fn $name(lang: Lang, $($value: &str),*) -> String {
            say(lang, $id, &[$((stringify!($value), $value)),*])
        })*
    };
}

messages! {
    /// The machine refused something.
    machine = "machine" (reason);
    /// A file cannot be read.
    unreadable = "unreadable" (file, reason);
    /// A file cannot be written.
    unwritable = "unwritable" (file, reason);
    /// A file is no saved grade.
    not_a_grade = "not-a-grade" (file);
    /// What is no regular file.
    no_file = "no-file" (file);
    /// A saved grade whose numbers contradict each other.
    wrong_sums = "wrong-sums" (file);
    /// A document of another kind or version.
    other_version = "other-version" (file, found);
    /// What is no address of a page.
    bad_link = "bad-link" (template);
    /// Where nobody can listen.
    no_listening = "no-listening" (address, reason);
    /// A recording has begun.
    recording = "recording" (address, server);
    /// A recording holds nothing.
    nothing_heard = "nothing-heard" (server);
    /// A recording does not hold everything.
    recording_cut = "recording-cut" ();
    /// A case without a snapshot.
    no_snapshot = "no-snapshot" (case);
    /// What is no scale of grades.
    bad_scale = "bad-scale" (given);
    /// A format that is none.
    unknown_format = "unknown-format" (format, all);
    /// A cause or code that is none.
    unknown_code = "unknown-code" (code, nearest);
    /// No case is left to grade.
    nothing_selected = "nothing-selected" (exercise);
    /// A spec file is right.
    spec_right = "spec-right" (file, cases);
    /// A number out of its range.
    bad_number = "bad-number" (option, range);
    /// A command could not be executed.
    not_executed = "not-executed" (command, reason);
    /// The command does not say where the server listens.
    no_place = "no-place" (option, placeholder);
    /// The exercise has no cases for clients.
    no_clients = "no-clients" (exercise);
    /// A quotation mark is not closed.
    unclosed = "unclosed" (option);
    /// A command has no word.
    no_command = "no-command" (option);
    /// A folder is none.
    no_folder = "no-folder" (folder);
    /// A port that is none.
    bad_port = "bad-port" (port);
    /// An option without its port.
    no_port = "no-port" (exercise);
    /// A placeholder for what the exercise does not have.
    no_value = "no-value" (placeholder, exercise);
    /// A limit that is none.
    bad_limit = "bad-limit" (item);
    /// The embedded server is graded.
    grading_embedded = "grading-embedded" (exercise, address);
    /// Nothing in a spec shows whether a program lives.
    fuzz_nothing_to_say = "fuzz-nothing-to-say" (exercise);
    /// The control dialogue is not answered rightly.
    fuzz_not_answered = "fuzz-not-answered" (exercise, address);
    /// The program served one client only.
    fuzz_ended = "fuzz-ended" (address);
    /// A program that is installed.
    doctor_tool = "doctor-tool" (tool, path);
    /// A program that is not.
    doctor_no_tool = "doctor-no-tool" (tool);
    /// A locale in UTF-8.
    doctor_locale = "doctor-locale" (locale);
    /// Another locale.
    doctor_no_utf8 = "doctor-no-utf8" (locale);
    /// How many dialogues a deep grade took, and how fast they went.
    dialogues_played = "dialogues-played" (count, seconds, rate);
}

/// A sentence with values that are texts or numbers.
fn say_values<const N: usize>(
    lang: Lang,
    id: &str,
    values: [(&'static str, FluentValue<'_>); N],
) -> String {
    let language = match lang {
        Lang::Fr => &FRENCH,
        Lang::En => &ENGLISH,
    };
    let values = values.map(|(name, value)| (Cow::Borrowed(name), value));
    LOCALES.lookup_with_args(language, id, &HashMap::from(values))
}

/// What it means for grades that an ability is there, or that the system refuses it.
pub fn doctor(lang: Lang, ability: &str, refused: Option<&str>) -> String {
    match refused {
        None => say(lang, &format!("doctor-{ability}"), &[]),
        Some(reason) => say(lang, &format!("doctor-no-{ability}"), &[("reason", reason)]),
    }
}

/// `ok`, `limited` or `missing`.
pub fn doctor_state(lang: Lang, state: &str) -> String {
    say(lang, &format!("doctor-state-{state}"), &[])
}

/// Whether grading `works` or `fails` here.
pub fn doctor_verdict(lang: Lang, verdict: &str) -> String {
    say(lang, &format!("doctor-grading-{verdict}"), &[])
}

/// So many dialogues were written to a folder.
pub fn snapshots_written(lang: Lang, count: usize, folder: &str) -> String {
    let folder = FluentValue::from(clean(folder));
    let values = [("folder", folder), ("count", FluentValue::from(count))];
    say_values(lang, "snapshots-written", values)
}

/// So many of all dialogues differ.
pub fn snapshots_differ(lang: Lang, count: usize, all: usize) -> String {
    let values = [
        ("count", FluentValue::from(count)),
        ("all", FluentValue::from(all)),
    ];
    say_values(lang, "snapshots-differ", values)
}

/// A spec file has mistakes.
pub fn spec_mistakes(lang: Lang, file: &str, count: usize) -> String {
    let file = FluentValue::from(clean(file));
    let values = [("file", file), ("count", FluentValue::from(count))];
    say_values(lang, "spec-mistakes", values)
}

#[cfg(test)]
mod tests {
    use sockspec_engine::doctor::Ability;

    use super::*;

    #[test]
    fn the_doctor_has_a_sentence_for_everything_in_both_languages() {
        for lang in Lang::ALL {
            for ability in Ability::ALL {
                for refused in [None, Some("REFUSED")] {
                    let said = doctor(lang, ability.as_str(), refused);
                    assert!(said.ends_with('.') && !said.contains("doctor"), "{said}");
                    assert_eq!(said.contains("REFUSED"), refused.is_some(), "{said}");
                }
            }
        }
        for ability in Ability::ALL {
            let [fr, en] = [Lang::Fr, Lang::En].map(|lang| doctor(lang, ability.as_str(), None));
            assert_ne!(fr, en);
        }
    }
}

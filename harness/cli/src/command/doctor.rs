//! `sockspec doctor`: what this machine allows, and what that means for a grade.

use sockspec_engine::doctor::{Ability, program};
use sockspec_report::Lang;

use crate::exit::Exit;
use crate::{messages, printer};

/// What students' programs are written in and tried with.
const TOOLS: [&str; 7] = ["python3", "gcc", "java", "node", "go", "nc", "socat"];

/// Tries everything, and says what it means.
pub fn run(lang: Lang) -> Exit {
    let mut works = true;
    let mut text = String::new();
    for ability in Ability::ALL {
        let (state, sentence) = match ability.attempt() {
            Ok(()) => ("ok", messages::doctor(lang, ability.as_str(), None)),
            Err(error) => {
                works &= !ability.is_essential();
                let state = match ability.is_essential() {
                    true => "missing",
                    false => "limited",
                };
                let reason = error.to_string();
                (
                    state,
                    messages::doctor(lang, ability.as_str(), Some(&reason)),
                )
            }
        };
        text.push_str(&row(lang, state, &sentence));
    }
    text.push_str(&locale(lang));
    for tool in TOOLS {
        text.push_str(&match program(tool) {
            Some(path) => {
                let path = path.display().to_string();
                row(lang, "ok", &messages::doctor_tool(lang, tool, &path))
            }
            None => row(lang, "limited", &messages::doctor_no_tool(lang, tool)),
        });
    }
    let verdict = if works { "works" } else { "fails" };
    text.push_str(&format!("{}\n", messages::doctor_verdict(lang, verdict)));
    printer::data(text.as_bytes());
    if works {
        Exit::Passed
    } else {
        Exit::Unreachable
    }
}

/// The encoding in which programs print, as the environment asks for it.
fn locale(lang: Lang) -> String {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let name = set
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_else(|| "C".to_owned());
    let plain = name.to_lowercase().replace('-', "");
    if plain.contains("utf8") {
        row(lang, "ok", &messages::doctor_locale(lang, &name))
    } else {
        row(lang, "limited", &messages::doctor_no_utf8(lang, &name))
    }
}

fn row(lang: Lang, state: &str, sentence: &str) -> String {
    format!("{:<8} {sentence}\n", messages::doctor_state(lang, state))
}

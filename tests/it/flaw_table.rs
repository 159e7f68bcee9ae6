//! The table of what each flaw fails: `flaws/EXERCISE.toml`, read and written.
//!
//! Variants of one case are written together: `fin@{crlf, bytewise}`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The whole table.
#[derive(Debug, Default, Deserialize)]
pub struct Table {
    /// One row a flaw.
    #[serde(default, rename = "flaw")]
    pub flaws: Vec<Row>,
    /// Cases that no flaw fails.
    #[serde(default)]
    pub unproved: Vec<Unproved>,
}

/// What one flaw fails.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// The exercise's id.
    pub exercise: String,
    /// The flaw's name.
    pub name: String,
    /// The effort it is graded with; `normal` where `quick` tries too few cuts to catch it.
    #[serde(default = "quick")]
    pub effort: String,
    /// Whether it is graded with `--strict`: it shows in the reference's own protocol only.
    #[serde(default)]
    pub strict: bool,
    /// The cause that the report names first.
    pub cause: String,
    /// The cause that it should name, where it is another.
    pub wanted: Option<String>,
    /// The cases that must fail.
    #[serde(deserialize_with = "ids")]
    pub fails: BTreeSet<String>,
}

/// Stands for the cause where it is not the same every time.
pub const VARIES: &str = "varies";

impl Row {
    /// Whether the report may name this cause first.
    pub fn names(&self, cause: &str) -> bool {
        self.cause == cause || self.cause == VARIES
    }
}

/// Cases that no flaw fails, and why they are kept.
#[derive(Debug, Deserialize)]
pub struct Unproved {
    /// The exercise's id.
    pub exercise: String,
    /// The cases.
    #[serde(deserialize_with = "ids")]
    pub cases: BTreeSet<String>,
    /// Why they are kept.
    pub reason: String,
}

fn quick() -> String {
    "quick".to_owned()
}

/// Reads ids; `base@{one, other}` stands for two.
fn ids<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<String>, D::Error> {
    let mut ids = BTreeSet::new();
    for text in Vec::<String>::deserialize(deserializer)? {
        match text
            .strip_suffix('}')
            .and_then(|text| text.split_once("@{"))
        {
            Some((base, variants)) => {
                ids.extend(
                    variants
                        .split(", ")
                        .map(|variant| format!("{base}@{variant}")),
                );
            }
            None => {
                ids.insert(text);
            }
        }
    }
    Ok(ids)
}

/// Writes ids, the variants of a case together.
fn write_ids(ids: &BTreeSet<String>) -> String {
    let mut families: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut written = Vec::new();
    for id in ids {
        match id.split_once('@') {
            Some((base, variant)) => families.entry(base).or_default().push(variant),
            None => written.push(id.clone()),
        }
    }
    for (base, variants) in families {
        match &variants[..] {
            [one] => written.push(format!("{base}@{one}")),
            more => written.push(format!("{base}@{{{}}}", more.join(", "))),
        }
    }
    written.sort();
    let mut text = String::from("[");
    for id in &written {
        let _ = write!(text, "\n    \"{id}\",");
    }
    text.push_str(if written.is_empty() { "]" } else { "\n]" });
    text
}

/// The rows of one exercise; the exercise is the file's name.
fn path(exercise: &str) -> PathBuf {
    Path::new(Table::FOLDER).join(format!("{exercise}.toml"))
}

impl Table {
    /// Where the tables are.
    pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/it/flaws");

    /// Reads the tables of these exercises; there is none before it was first blessed.
    pub fn read(exercises: &[&str]) -> Self {
        let mut table = Table::default();
        for exercise in exercises {
            if let Ok(text) = fs::read_to_string(path(exercise)) {
                let one: Table = toml::from_str(&text)
                    .unwrap_or_else(|error| panic!("the table of {exercise}: {error}"));
                table.flaws.extend(one.flaws);
                table.unproved.extend(one.unproved);
            }
        }
        table
    }

    /// The row of a flaw.
    pub fn row(&self, exercise: &str, name: &str) -> Option<&Row> {
        self.flaws
            .iter()
            .find(|row| row.exercise == exercise && row.name == name)
    }

    /// Why a case is kept that no flaw fails; empty when nobody has said.
    pub fn reason(&self, exercise: &str, case: &str) -> &str {
        let mut all = self.unproved.iter();
        let one = all.find(|one| one.exercise == exercise && one.cases.contains(case));
        one.map_or("", |one| &one.reason)
    }

    /// Writes the tables of these exercises.
    pub fn write(&self, exercises: &[&str]) {
        for exercise in exercises {
            fs::write(path(exercise), self.text(exercise)).expect("the table is written");
        }
    }

    /// The table of one exercise as text.
    fn text(&self, exercise: &str) -> String {
        let mut text = format!(
            "# What each flawed server of {exercise} fails: the proof that the suite catches mistakes.\n\
             # Written by `SOCKSPEC_BLESS=1 cargo test -p sockspec-tests flawed_fail`, and reviewed.\n\
             # `wanted` stands where the report names another cause first than it should; `varies` is no cause,\n\
             # but says that it is not the same every time.\n",
        );
        for row in self.flaws.iter().filter(|row| row.exercise == exercise) {
            let _ = write!(
                text,
                "\n[[flaw]]\nexercise = \"{}\"\nname = \"{}\"\n",
                row.exercise, row.name
            );
            if row.effort != "quick" {
                let _ = writeln!(text, "effort = \"{}\"", row.effort);
            }
            if row.strict {
                let _ = writeln!(text, "strict = true");
            }
            let _ = writeln!(text, "cause = \"{}\"", row.cause);
            if let Some(wanted) = &row.wanted {
                let _ = writeln!(text, "wanted = \"{wanted}\"");
            }
            let _ = writeln!(text, "fails = {}", write_ids(&row.fails));
        }
        let unproved: Vec<_> = (self.unproved.iter())
            .filter(|one| one.exercise == exercise)
            .collect();
        if !unproved.is_empty() {
            text.push_str("\n# Cases that no flaw fails, each with the reason why it is kept.\n");
        }
        for one in unproved {
            let cases = write_ids(&one.cases);
            let _ = write!(
                text,
                "\n[[unproved]]\nexercise = \"{}\"\ncases = {cases}\nreason = \"{}\"\n",
                one.exercise, one.reason
            );
        }
        text
    }
}

//! The exercises: embedded in the binary, or read from disk.

use std::path::Path;
use std::sync::Arc;

use sockspec_report::Lang;
use sockspec_spec::Spec;
use sockspec_spec::diagnostic;

use crate::exit::Exit;
use crate::{messages, printer};

macro_rules! embedded {
    ($($id:literal),* $(,)?) => {
        /// The specs that the binary carries: (id, file name, text), in the order of the course.
        const EMBEDDED: &[(&str, &str, &str)] = &[$((
            $id,
            concat!("specs/", $id, ".toml"),
            include_str!(concat!("../../../specs/", $id, ".toml")),
        ),)*];
    };
}

embedded!(
    "echo-tcp",
    "echo-udp",
    "upper-tcp",
    "upper-udp",
    "text-commands",
    "mystery-number",
    "kv",
    "daytime-tcp",
    "daytime-udp",
    "time-tcp",
    "time-udp",
    "discard-tcp",
    "discard-udp",
);

/// Spec files are small; what is larger is no spec.
const MAX_BYTES: u64 = 1 << 20;

/// The ids of the embedded exercises.
pub fn ids() -> impl Iterator<Item = &'static str> + Clone {
    EMBEDDED.iter().map(|(id, ..)| *id)
}

/// Finds an exercise by id or path, and loads it.
///
/// # Errors
/// The exit code; what is wrong has been said.
pub fn find(exercise: &str, lang: Lang) -> Result<Arc<Spec>, Exit> {
    if let Some((_, file, text)) = EMBEDDED.iter().find(|(id, ..)| *id == exercise) {
        return load(file, text, lang);
    }
    let is_path = exercise.contains('/') || exercise.ends_with(".toml");
    if !is_path {
        printer::error(&messages::unknown_exercise(lang, exercise, ids()));
        return Err(Exit::Usage);
    }
    let text = read(Path::new(exercise), lang)?;
    load(exercise, &text, lang)
}

/// Reads a spec file.
///
/// # Errors
/// The exit code; what is wrong has been said.
pub fn read(path: &Path, lang: Lang) -> Result<String, Exit> {
    let name = path.display().to_string();
    let too_large = std::fs::metadata(path).is_ok_and(|meta| meta.len() > MAX_BYTES);
    let text = match too_large {
        true => Err("1 MiB".to_owned()),
        false => std::fs::read_to_string(path).map_err(|error| error.to_string()),
    };
    text.map_err(|reason| {
        printer::error(&messages::unreadable(lang, &name, &reason));
        Exit::Usage
    })
}

/// Loads a spec, and shows its mistakes.
///
/// # Errors
/// The exit code; every mistake has been shown.
pub fn load(name: &str, text: &str, lang: Lang) -> Result<Arc<Spec>, Exit> {
    let (spec, diagnostics) = sockspec_spec::load(name, text);
    if !diagnostics.is_empty() {
        let colour = printer::colour_on_stderr();
        printer::message(diagnostic::render(&diagnostics, text, name, colour).trim_end());
    }
    match spec {
        Some(spec) if !diagnostics.iter().any(diagnostic::Diagnostic::is_error) => {
            Ok(Arc::new(spec))
        }
        _ => {
            printer::error(&messages::spec_mistakes(lang, name, diagnostics.len()));
            Err(Exit::Usage)
        }
    }
}

//! The exercises: embedded in the binary, or read from disk.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
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
    "kv-peer",
    "files",
    "web",
    "daytime-tcp",
    "daytime-udp",
    "time-tcp",
    "time-udp",
    "discard-tcp",
    "discard-udp",
    "chargen-tcp",
    "chargen-udp",
    "unix-successor",
    "line-printer",
    "bar",
    "ephemeral-ports",
    "menu",
    "chat-turns",
    "chat-duplex",
);

/// Spec files are small; what is larger is no spec.
const MAX_BYTES: u64 = 1 << 20;

/// Data files are kept in memory; what is larger is no test of a student's program.
const MAX_DATA_BYTES: u64 = 16 << 20;

/// The ids of the embedded exercises.
pub fn ids() -> impl Iterator<Item = &'static str> + Clone {
    EMBEDDED.iter().map(|(id, ..)| *id)
}

/// Finds an exercise by id or path, and loads it.
///
/// # Errors
/// The exit code; what is wrong has been said.
pub fn find(exercise: &str, lang: Lang) -> Result<Arc<Spec>, Exit> {
    match embedded(exercise) {
        Some((file, text)) => load_with(file, text, lang, &embedded_file),
        None => load(exercise, &text(exercise, lang)?, lang),
    }
}

fn embedded(id: &str) -> Option<(&'static str, &'static str)> {
    let found = EMBEDDED.iter().find(|(known, ..)| *known == id);
    found.map(|(_, file, text)| (*file, *text))
}

/// The spec file of an exercise, by id or path.
///
/// # Errors
/// The exit code; what is wrong has been said.
pub fn text(exercise: &str, lang: Lang) -> Result<Cow<'static, str>, Exit> {
    if let Some((_, text)) = embedded(exercise) {
        return Ok(Cow::Borrowed(text));
    }
    let is_path = exercise.contains('/') || exercise.ends_with(".toml");
    if !is_path {
        printer::error(&messages::unknown_exercise(lang, exercise, ids()));
        return Err(Exit::Usage);
    }
    read(Path::new(exercise), lang).map(Cow::Owned)
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

/// A data file of the embedded specs, by its path beside them.
fn embedded_file(path: &str) -> Result<Arc<[u8]>, String> {
    let name = path.strip_prefix("data/");
    let mut files = sockspec_reference::SITE_FILES.iter();
    let found = files.find(|(file, _)| Some(*file) == name);
    let found = found.map(|(_, bytes)| Arc::from(*bytes));
    found.ok_or_else(|| "the program does not hold it".to_owned())
}

/// A data file beside a spec on disk.
fn file_beside(spec: &str, path: &str) -> Result<Arc<[u8]>, String> {
    let path = Path::new(spec).with_file_name(path);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_DATA_BYTES).read_to_end(&mut bytes));
    match read {
        Ok(length) if (length as u64) < MAX_DATA_BYTES => Ok(bytes.into()),
        Ok(_) => Err("it has more than 16 MiB".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Loads a spec whose data files are beside it on disk, and shows its mistakes.
///
/// # Errors
/// The exit code; every mistake has been shown.
pub fn load(name: &str, text: &str, lang: Lang) -> Result<Arc<Spec>, Exit> {
    load_with(name, text, lang, &|path| file_beside(name, path))
}

fn load_with(
    name: &str,
    text: &str,
    lang: Lang,
    files: sockspec_spec::ReadFile<'_>,
) -> Result<Arc<Spec>, Exit> {
    let (spec, diagnostics) = sockspec_spec::load_with(name, text, files);
    if !diagnostics.is_empty() {
        let colour = printer::colour_on_stderr();
        printer::message(diagnostic::render(&diagnostics, text, name, colour).trim_end());
    }
    match spec {
        Some(spec) if !diagnostics.iter().any(diagnostic::Diagnostic::is_error) => {
            Ok(Arc::new(spec))
        }
        _ => {
            let errors = diagnostics.iter().filter(|one| one.is_error()).count();
            printer::error(&messages::spec_mistakes(lang, name, errors));
            Err(Exit::Usage)
        }
    }
}

//! Where a grade goes: one rendering for the terminal, or the formats asked for.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use sockspec_report::{Detail, Format, Lang, Options, Scale};

use crate::args::Reader;
use crate::exit::Exit;
use crate::{messages, printer};

/// A format and where it goes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The file; `None` for stdout.
    pub file: Option<PathBuf>,
}

/// Reads `FORMAT[=FILE]` items; none means the terminal report.
///
/// # Errors
/// A format that is none; it has been said.
pub fn parse(items: &[String], lang: Lang) -> Result<Vec<Output>, Exit> {
    if items.is_empty() {
        return Ok(vec![Output {
            format: Format::Terminal,
            file: None,
        }]);
    }
    items
        .iter()
        .map(|item| {
            let (name, file) = self::item(item);
            match name.parse::<Format>() {
                Ok(format) => Ok(Output { format, file }),
                Err(_) => {
                    let all: Vec<&str> = Format::ALL.iter().map(|one| one.as_str()).collect();
                    printer::error(&messages::unknown_format(lang, name, &all.join(", ")));
                    Err(Exit::Usage)
                }
            }
        })
        .collect()
}

/// A format's name, and the file it goes to.
pub fn item(text: &str) -> (&str, Option<PathBuf>) {
    match text.split_once('=') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    }
}

/// The scale of `--scale`.
///
/// # Errors
/// A scale that is none; it has been said.
pub fn scale(given: Option<&str>, lang: Lang) -> Result<Option<Scale>, Exit> {
    let read = |text: &str| {
        text.parse::<Scale>().map_err(|_| {
            printer::error(&messages::bad_scale(lang, text));
            Exit::Usage
        })
    };
    given.map(read).transpose()
}

/// For whom this terminal and the files are written.
///
/// # Errors
/// A scale that is none; it has been said.
pub fn options(reader: &Reader, detail: Detail, lang: Lang) -> Result<Options, Exit> {
    let scale = scale(reader.scale.as_deref(), lang)?;
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    let colour = std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    Ok(Options {
        lang,
        colour,
        width: width.clamp(40, 120),
        detail,
        spec_path: None,
        past_due: reader.past_due,
        teacher: reader.teacher,
        subject: reader.student.clone(),
        scale,
    })
}

/// Writes one rendering.
///
/// # Errors
/// The file cannot be written; it has been said.
pub fn write(output: &Output, bytes: &[u8], lang: Lang) -> Result<(), Exit> {
    put(output.file.as_deref(), bytes, lang)
}

/// Writes to a file, or on stdout.
///
/// # Errors
/// The file cannot be written; it has been said.
pub fn put(file: Option<&Path>, bytes: &[u8], lang: Lang) -> Result<(), Exit> {
    match file {
        Some(file) => write_file(file, bytes, lang),
        None => {
            printer::data(bytes);
            Ok(())
        }
    }
}

/// Writes a file whole or not at all: to a temporary name, then renamed. Folders that are not there are made.
///
/// # Errors
/// The file cannot be written; it has been said.
pub fn write_file(file: &Path, bytes: &[u8], lang: Lang) -> Result<(), Exit> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = file.with_file_name(name);
    let folder = file.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = folder
        .and_then(|()| std::fs::write(&temporary, bytes))
        .and_then(|()| std::fs::rename(&temporary, file));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&temporary);
        printer::error(&messages::unwritable(
            lang,
            &file.display().to_string(),
            &error.to_string(),
        ));
        Exit::Unreachable
    })
}

/// The level of detail that the flags ask for.
pub fn detail(quiet: bool, verbose: bool) -> Detail {
    match (quiet, verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    }
}

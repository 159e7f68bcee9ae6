//! What `--run` and its companions ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sockspec_engine::Limits;
use sockspec_engine::grading::Run;
use sockspec_engine::program::{
    CommandError, CommandLine, Folder, Launch, Placeholder, Surroundings, Values, environment,
};
use sockspec_report::Lang;
use sockspec_spec::Spec;
use sockspec_spec::model::Transport;

use crate::args;
use crate::exit::Exit;
use crate::{messages, printer};

/// The limits that `--time-scale` and `--limit` set.
///
/// # Errors
/// One of them cannot be understood; it has been said.
pub fn limits(args: &args::Grade, lang: Lang) -> Result<Limits, Exit> {
    let mut limits = scaled(args.time_scale, lang)?;
    for item in &args.limit {
        let seconds = |text: &str| {
            let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0)?;
            Duration::try_from_secs_f64(seconds).ok()
        };
        let found = item
            .split_once('=')
            .and_then(|(what, text)| Some((what, seconds(text)?)));
        let limit = match found {
            Some(("build", time)) => (&mut limits.build, time),
            Some(("start", time)) => (&mut limits.start, time),
            Some(("total", time)) => (&mut limits.total, time),
            _ => {
                printer::error(&messages::bad_limit(lang, item));
                return Err(Exit::Usage);
            }
        };
        *limit.0 = limit.1;
    }
    Ok(limits)
}

/// The usual limits, every time multiplied.
///
/// # Errors
/// The factor cannot be used; it has been said.
pub fn scaled(factor: f64, lang: Lang) -> Result<Limits, Exit> {
    if !(factor > 0.0 && factor <= 1000.0) {
        printer::error(&messages::bad_number(lang, "--time-scale", "0.01 … 1000"));
        return Err(Exit::Usage);
    }
    Ok(Limits::default().scaled(factor))
}

/// Says why the command of an option cannot be used.
pub fn refused(option: &str, error: &CommandError, lang: Lang) -> Exit {
    printer::error(&match error {
        CommandError::NoPlace { placeholder } => messages::no_place(lang, option, placeholder),
        CommandError::Unclosed => messages::unclosed(lang, option),
        _ => messages::no_command(lang, option),
    });
    Exit::Usage
}

/// The folder of `--cwd`.
///
/// # Errors
/// It is none; it has been said.
pub fn folder(args: &args::Grade, lang: Lang) -> Result<Option<PathBuf>, Exit> {
    match args.cwd.as_ref().filter(|folder| !folder.is_dir()) {
        None => Ok(args.cwd.clone()),
        Some(folder) => {
            printer::error(&messages::no_folder(lang, &folder.display().to_string()));
            Err(Exit::Usage)
        }
    }
}

/// The program that `--run` starts.
///
/// # Errors
/// The command or what belongs to it cannot be used; it has been said.
pub fn started(
    args: &args::Grade,
    command: &str,
    spec: &Spec,
    limits: &Limits,
    lang: Lang,
) -> Result<Run, Exit> {
    let refused = |option: &str, error: CommandError| refused(option, &error, lang);
    let command = match spec.transport {
        Transport::Unix => CommandLine::of_server(command, Placeholder::Path),
        Transport::Tcp | Transport::Udp => CommandLine::of_server(command, Placeholder::Port),
        Transport::None => CommandLine::parse(command),
    };
    let command = command.map_err(|error| refused("--run", error))?;
    let build = match &args.build {
        Some(build) => Some(CommandLine::parse(build).map_err(|error| refused("--build", error))?),
        None => None,
    };
    let directory = folder(args, lang)?;
    let (folder, values) = on_disk(&command, spec, lang)?;
    let launch = Launch {
        command,
        transport: spec.transport,
        surroundings: Surroundings {
            directory,
            environment: environment::kept(&args.env),
        },
        values,
        start: limits.start,
        grace: limits.grace,
    };
    Ok(Run {
        launch: Arc::new(launch),
        build,
        shown_port: spec.port,
        folder: folder.map(Arc::new),
    })
}

/// Writes out what the command asks for on disk, a tree of files or a file of data, in a folder that goes with
/// the grade.
fn on_disk(
    command: &CommandLine,
    spec: &Spec,
    lang: Lang,
) -> Result<(Option<Folder>, Values), Exit> {
    let wants_root = command.mentions(Placeholder::Root);
    let wants_data = command.mentions(Placeholder::Data);
    for (placeholder, wanted, there) in [
        (Placeholder::Root, wants_root, !spec.data.files.is_empty()),
        (Placeholder::Data, wants_data, spec.data_file.is_some()),
    ] {
        if wanted && !there {
            printer::error(&messages::no_value(lang, placeholder.as_str(), &spec.id));
            return Err(Exit::Usage);
        }
    }
    if !wants_root && !wants_data {
        return Ok((None, Values::default()));
    }
    let written = Folder::new().and_then(|folder| {
        let mut values = Values::default();
        if wants_root {
            values.root = write_tree(&folder, spec)?.display().to_string();
        }
        if let (true, Some(text)) = (wants_data, &spec.data_file) {
            let path = folder.path().join("data.txt");
            std::fs::write(&path, text)?;
            values.data = path.display().to_string();
        }
        Ok((Some(folder), values))
    });
    written.map_err(|error| {
        printer::error(&messages::machine(lang, &error.to_string()));
        Exit::Unreachable
    })
}

/// Writes the data of a spec to a folder of its name; around ours, what must never be served.
fn write_tree(folder: &Folder, spec: &Spec) -> std::io::Result<PathBuf> {
    let name = Path::new(&spec.data.folder).file_name();
    let root = folder.path().join(name.unwrap_or_default());
    if sockspec_reference::SITE_FOLDER == root.file_name().unwrap_or_default() {
        sockspec_reference::write_site(folder.path())?;
    }
    for (path, bytes) in &spec.data.files {
        let path = root.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(root)
}

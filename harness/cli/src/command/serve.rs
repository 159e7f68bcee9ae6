//! `sockspec serve` and `sockspec connect`: the reference and flawed programs.

use std::path::Path;

use sockspec_reference::{ServeError, ServeOptions};
use sockspec_report::Lang;

use crate::args;
use crate::exit::Exit;
use crate::{messages, printer, specs};

/// Serves until SIGINT or SIGTERM.
pub async fn run(args: args::Serve, lang: Lang) -> Exit {
    if let Some(folder) = &args.write_site {
        return write_site(folder, lang);
    }
    let port = match args.port {
        Some(port) => port,
        None => match usual_port(&args.exercise, lang) {
            Ok(port) => port,
            Err(exit) => return exit,
        },
    };
    let options = ServeOptions {
        host: args.host,
        port,
        path: args.path,
        arguments: args.options,
    };
    let served = match &args.flaw {
        None => sockspec_reference::serve(&args.exercise, options).await,
        Some(flaw) => {
            let (exercise, flaw) = (args.exercise.clone(), flaw.clone());
            let flawed = move || sockspec_flawed::serve(&exercise, &flaw, options);
            match tokio::task::spawn_blocking(flawed).await {
                Ok(served) => served,
                Err(error) => {
                    printer::error(&messages::machine(lang, &error.to_string()));
                    return Exit::Unreachable;
                }
            }
        }
    };
    match served {
        Ok(()) => Exit::Passed,
        Err(ServeError::UnknownExercise { exercise, known }) => {
            printer::error(&messages::unknown_exercise(
                lang,
                &exercise,
                known.iter().copied(),
            ));
            Exit::Usage
        }
        Err(error @ (ServeError::UnknownFlaw { .. } | ServeError::Usage { .. })) => {
            printer::error(&error.to_string());
            Exit::Usage
        }
        Err(error) => {
            let source = std::error::Error::source(&error).map(|source| format!(": {source}"));
            printer::error(&format!("{error}{}", source.unwrap_or_default()));
            Exit::Unreachable
        }
    }
}

/// Writes the tree of files where students can serve it, and says what its root is.
fn write_site(folder: &Path, lang: Lang) -> Exit {
    match sockspec_reference::write_site(folder) {
        Ok(root) => {
            printer::data(format!("{}\n", root.display()).as_bytes());
            Exit::Passed
        }
        Err(error) => {
            let name = folder.display().to_string();
            printer::error(&messages::unwritable(lang, &name, &error.to_string()));
            Exit::Unreachable
        }
    }
}

fn usual_port(exercise: &str, lang: Lang) -> Result<u16, Exit> {
    if !specs::ids().any(|id| id == exercise) {
        printer::error(&messages::unknown_exercise(lang, exercise, specs::ids()));
        return Err(Exit::Usage);
    }
    specs::find(exercise, lang).map(|spec| spec.port)
}

/// Runs the reference client on this terminal.
pub async fn connect(args: args::Connect, lang: Lang) -> Exit {
    match sockspec_reference::connect(&args.exercise, &args.address).await {
        Ok(()) => Exit::Passed,
        Err(sockspec_reference::ConnectError::UnknownExercise { exercise, known }) => {
            printer::error(&messages::unknown_exercise(
                lang,
                &exercise,
                known.iter().copied(),
            ));
            Exit::Usage
        }
        Err(error) => {
            let source = std::error::Error::source(&error).map(|source| format!(": {source}"));
            printer::error(&format!("{error}{}", source.unwrap_or_default()));
            if error.exit_code() == 2 {
                Exit::Usage
            } else {
                Exit::Failed
            }
        }
    }
}

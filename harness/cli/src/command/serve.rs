//! `sockspec serve` and `sockspec connect`: the reference and flawed programs.

use std::path::Path;

use sockspec_flawed::Manners;
use sockspec_reference::{ServeError, ServeOptions};
use sockspec_report::Lang;

use crate::args;
use crate::command::menu;
use crate::exit::Exit;
use crate::{messages, printer, specs};

/// Serves until SIGINT or SIGTERM.
pub async fn run(args: args::Serve, lang: Lang) -> Exit {
    if let Some(folder) = &args.write_site {
        return write_site(folder, lang);
    }
    if sockspec_reference::programs().contains(&args.exercise.as_str()) {
        return program(args, lang).await;
    }
    let manners = sockspec_flawed::manners(args.flaw.as_deref());
    match serve(args, manners, lang).await {
        Ok(()) => Exit::Passed,
        Err(Refused { exit, message }) => {
            if manners.speaks && !message.is_empty() {
                printer::error(&message);
            }
            if manners.fails { exit } else { Exit::Passed }
        }
    }
}

/// Runs what is a whole program, and no server.
async fn program(args: args::Serve, lang: Lang) -> Exit {
    let args::Serve { exercise, flaw, .. } = args;
    let Some(flaw) = flaw else {
        return match exercise.as_str() {
            "menu" => menu::run(lang).await,
            _ => match sockspec_reference::ephemeral_ports().await {
                Ok(()) => Exit::Passed,
                Err(error) => {
                    printer::error(&messages::machine(lang, &error.to_string()));
                    Exit::Unreachable
                }
            },
        };
    };
    let (id, name) = (exercise.clone(), flaw.clone());
    let run = move || sockspec_flawed::run_standalone(&id, &name);
    match tokio::task::spawn_blocking(run).await.ok().flatten() {
        Some(0) => Exit::Passed,
        Some(_) => Exit::Failed,
        None => {
            let flaws = sockspec_flawed::standalone_flaws();
            let known = flaws
                .filter(|one| one.exercise == exercise)
                .map(|one| one.name);
            let known = known.collect();
            let error = ServeError::UnknownFlaw {
                exercise,
                flaw,
                known,
            };
            printer::error(&error.to_string());
            Exit::Usage
        }
    }
}

/// Why a server does not serve, or no longer.
struct Refused {
    exit: Exit,
    message: String,
}

async fn serve(args: args::Serve, manners: Manners, lang: Lang) -> Result<(), Refused> {
    let port = port(&args, manners, lang)?;
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
            let served = tokio::task::spawn_blocking(flawed).await;
            served.map_err(|error| Refused {
                exit: Exit::Unreachable,
                message: messages::machine(lang, &error.to_string()),
            })?
        }
    };
    served.map_err(|error| {
        let (exit, message) = match &error {
            ServeError::UnknownExercise { exercise, known } => {
                let known = known.iter().copied();
                (
                    Exit::Usage,
                    messages::unknown_exercise(lang, exercise, known),
                )
            }
            ServeError::UnknownFlaw { .. } | ServeError::Usage { .. } => {
                (Exit::Usage, error.to_string())
            }
            _ => {
                let source = std::error::Error::source(&error).map(|source| format!(": {source}"));
                (
                    Exit::Unreachable,
                    format!("{error}{}", source.unwrap_or_default()),
                )
            }
        };
        Refused { exit, message }
    })
}

/// The port to listen on: the one that was asked for, else the exercise's.
fn port(args: &args::Serve, manners: Manners, lang: Lang) -> Result<u16, Refused> {
    let usage = |message| Refused {
        exit: Exit::Usage,
        message,
    };
    match args.port.as_deref() {
        Some(text) if !manners.checks_port => Ok(sockspec_flawed::port_like_atoi(text)),
        Some("") => Err(usage(messages::no_port(lang, &args.exercise))),
        Some(text) => (text.parse()).map_err(|_| usage(messages::bad_port(lang, text))),
        None if !specs::ids().any(|id| id == args.exercise) => Err(usage(
            messages::unknown_exercise(lang, &args.exercise, specs::ids()),
        )),
        // What is wrong with a spec of ours has been said.
        None => specs::find(&args.exercise, lang)
            .map(|spec| spec.port)
            .map_err(|exit| Refused {
                exit,
                message: String::new(),
            }),
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

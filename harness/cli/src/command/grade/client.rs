//! What `--client` asks for: the harness plays the server, and grades a client.

use std::ffi::OsString;
use std::sync::Arc;

use sockspec_case::client::plan::Times;
use sockspec_engine::client::{self, ClientGradeError, ClientRequest};
use sockspec_engine::grading::{Progress, Selection};
use sockspec_engine::program::{CommandLine, Placeholder, Surroundings, environment};
use sockspec_report::Options;
use sockspec_spec::Spec;

use super::{plan_options, progress_bar, run, verdict, write};
use crate::args;
use crate::command::output::Output;
use crate::exit::Exit;
use crate::{interrupt, messages, printer};

/// Grades the client that `command` starts.
///
/// # Errors
/// It cannot be graded; why has been said.
pub async fn grade(
    args: &args::Grade,
    command: &str,
    spec: &Arc<Spec>,
    selection: Selection,
    outputs: &[Output],
    report: &Options,
) -> Result<Exit, Exit> {
    let lang = report.lang;
    let limits = run::limits(args, lang)?;
    let command = CommandLine::of_server(command, Placeholder::place(spec.transport))
        .map_err(|error| run::refused("--client", &error, lang))?;
    let build = match &args.build {
        Some(build) => {
            Some(CommandLine::parse(build).map_err(|error| run::refused("--build", &error, lang))?)
        }
        None => None,
    };
    let request = ClientRequest {
        spec: Arc::clone(spec),
        command,
        build,
        build_limit: limits.build,
        surroundings: Surroundings {
            directory: run::folder(args, lang)?,
            environment: with_utf8(environment::kept(&args.env)),
        },
        options: plan_options(args),
        selection,
        times: Times::default().scaled(args.time_scale),
        terminal: args.pty,
    };
    let bar = progress_bar();
    let mut observer = |progress: Progress<'_>| match progress {
        Progress::Started(id) => bar.set_message(id.to_owned()),
        Progress::Finished(_) => bar.inc(1),
        Progress::Discovered(..) => {}
    };
    let graded = tokio::select! {
        graded = client::grade(&request, &mut observer) => graded,
        signal = interrupt::received() => return Err(Exit::Interrupted(signal)),
    };
    bar.finish_and_clear();
    let grade = graded.map_err(|error| {
        printer::error(&match &error {
            ClientGradeError::NotExecuted { command, reason } => {
                messages::not_executed(lang, command, reason)
            }
            ClientGradeError::NoClients { exercise } => messages::no_clients(lang, exercise),
            other => messages::machine(lang, &other.to_string()),
        });
        match error {
            ClientGradeError::NoClients { .. } => Exit::Usage,
            _ => Exit::Unreachable,
        }
    })?;
    write(&grade, outputs, report)?;
    Ok(verdict(&grade, args.min_score))
}

/// The environment with a locale in which a run-time prints accents: what a client shows is compared with what it
/// was sent.
fn with_utf8(mut environment: Vec<(OsString, OsString)>) -> Vec<(OsString, OsString)> {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| {
        let found = environment
            .iter()
            .find(|(one, _)| one.to_str() == Some(name));
        found.map(|(_, value)| value.to_string_lossy().to_lowercase())
    });
    let is_utf8 = |locale: String| locale.replace('-', "").contains("utf8");
    if !locale.is_some_and(is_utf8) {
        environment.retain(|(name, _)| name != "LC_ALL");
        environment.push(("LC_ALL".into(), "C.UTF-8".into()));
    }
    environment
}

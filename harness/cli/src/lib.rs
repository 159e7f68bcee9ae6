//! The `sockspec` command: puts the parts together.
//!
//! Flow: [`args`] (what was typed) → a [`command`] → output on stdout, messages on stderr, an
//! [`exit`] code. The command is a library so that the tests' copy of the binary runs the same code.

mod args;
mod command;
mod exit;
mod interrupt;
mod messages;
mod printer;
mod specs;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use exit::Exit;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let wrong = error.use_stderr();
            // A closed pipe is the reader's choice.
            let _ = error.print();
            return if wrong {
                Exit::Usage.into()
            } else {
                Exit::Passed.into()
            };
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let lang = messages::language(args.lang);
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            printer::error(&messages::machine(lang, &error.to_string()));
            return Exit::Unreachable.into();
        }
    };
    let exit = runtime.block_on(async {
        match args.command {
            Command::Grade(grade) => command::grade::run(grade, lang).await,
            Command::Fuzz(fuzz) => command::fuzz::run(fuzz, lang).await,
            Command::List(list) => command::list::run(&list, lang),
            Command::Serve(serve) => command::serve::run(serve, lang).await,
            Command::Connect(connect) => command::serve::connect(connect, lang).await,
            Command::Check(check) => command::check::run(&check, lang),
            Command::Explain(explain) => command::explain::run(&explain, lang),
            Command::Menu => command::menu::run(lang).await,
            Command::Doctor => command::doctor::run(lang),
            Command::Completions(completions) => command::manual::completions(&completions),
            Command::Man => command::manual::page(lang),
            Command::Handout(handout) => command::handout::run(&handout, lang),
            Command::Record(record) => command::record::run(record, lang).await,
            Command::Snapshot(snapshot) => command::snapshot::run(snapshot, lang).await,
            Command::Report(report) => command::report::run(&report, lang),
            Command::Class(class) => command::class::run(&class, lang),
        }
    });
    // A flawed server leaves threads behind on purpose: they end with the process.
    runtime.shutdown_background();
    if let Exit::Interrupted(signal) = exit {
        interrupt::pass_on(signal);
    }
    exit.into()
}

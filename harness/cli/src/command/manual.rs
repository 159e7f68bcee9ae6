//! `sockspec completions` and `sockspec man`: what shells and `man` need to know, from the same
//! description that the command line is read with.

use clap::CommandFactory;
use sockspec_report::Lang;

use crate::args::{Args, Completions};
use crate::exit::Exit;
use crate::{messages, printer};

const NAME: &str = "sockspec";

/// Writes the completions for one shell.
pub fn completions(args: &Completions) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), NAME, &mut script);
    printer::data(&script);
    Exit::Passed
}

/// Writes one page: the command, then each of its commands.
pub fn page(lang: Lang) -> Exit {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    let mut written = clap_mangen::Man::new(command.clone()).render(&mut page);
    for one in command.get_subcommands() {
        let man = clap_mangen::Man::new(one.clone());
        written = written.and_then(|()| {
            page.extend(format!(".SH \"{NAME} {}\"\n", one.get_name()).bytes());
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)
        });
    }
    match written {
        Ok(()) => {
            printer::data(&page);
            Exit::Passed
        }
        Err(error) => {
            printer::error(&messages::machine(lang, &error.to_string()));
            Exit::Unreachable
        }
    }
}

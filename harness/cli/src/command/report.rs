//! `sockspec report`: a saved grade, rendered again.

use sockspec_report::{Format, Lang, json, render_wire};

use crate::args;
use crate::command::output;
use crate::exit::Exit;
use crate::{messages, printer};

/// Renders a saved grade.
pub fn run(args: &args::Report, lang: Lang) -> Exit {
    match report(args, lang) {
        Ok(()) => Exit::Passed,
        Err(exit) => exit,
    }
}

fn report(args: &args::Report, lang: Lang) -> Result<(), Exit> {
    let outputs = output::parse(&args.format, lang)?;
    let detail = output::detail(args.quiet, args.verbose);
    let options = output::options(&args.reader, detail, lang)?;
    let name = args.grade.display().to_string();
    let text = std::fs::read_to_string(&args.grade).map_err(|error| {
        printer::error(&messages::unreadable(lang, &name, &error.to_string()));
        Exit::Usage
    })?;
    let grade = json::read(&text).map_err(|error| {
        printer::error(&messages::not_a_grade(lang, &name, &error.to_string()));
        Exit::Usage
    })?;
    for one in &outputs {
        let plain = sockspec_report::Options {
            colour: options.colour && one.file.is_none() && one.format == Format::Terminal,
            ..options.clone()
        };
        output::write(one, &render_wire(one.format, grade.clone(), &plain), lang)?;
    }
    Ok(())
}

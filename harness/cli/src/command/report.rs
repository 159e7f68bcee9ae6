//! `sockspec report`: a saved grade, rendered again.

use sockspec_report::{Format, Lang, render_wire};

use crate::args;
use crate::command::{output, saved};
use crate::exit::Exit;
use crate::printer;

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
    let grade = saved::read(&args.grade, lang).map_err(|reason| {
        printer::error(&reason);
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

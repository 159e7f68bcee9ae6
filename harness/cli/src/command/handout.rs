//! `sockspec handout`: the sheet of an exercise for students, on stdout.

use sockspec_report::Lang;
use sockspec_report::handout::{self, Form, Naming};

use crate::args::{self, HandoutFormat};
use crate::exit::Exit;
use crate::{printer, specs};

/// Writes the sheet.
pub fn run(args: &args::Handout, lang: Lang) -> Exit {
    let spec = match specs::find(&args.exercise, lang) {
        Ok(spec) => spec,
        Err(exit) => return exit,
    };
    let naming = Naming {
        exercise: args.exercise.clone(),
        reference: specs::ids().any(|id| id == args.exercise),
    };
    let form = match args.format {
        HandoutFormat::Markdown => Form::Markdown,
        HandoutFormat::Html => Form::Html,
    };
    printer::data(handout::write(&spec, &naming, lang, form).as_bytes());
    Exit::Passed
}

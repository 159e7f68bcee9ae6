//! `sockspec check`: every mistake of every file.

use sockspec_report::Lang;

use crate::args;
use crate::exit::Exit;
use crate::{messages, printer, specs};

/// Checks the files; the exit code says whether all are right.
pub fn run(args: &args::Check, lang: Lang) -> Exit {
    let mut exit = Exit::Passed;
    for path in &args.specs {
        let name = path.display().to_string();
        let loaded = specs::read(path, lang).and_then(|text| specs::load(&name, &text, lang));
        match loaded {
            Ok(spec) => {
                printer::message(&messages::spec_right(
                    lang,
                    &name,
                    &spec.cases.len().to_string(),
                ));
            }
            Err(wrong) => exit = wrong,
        }
    }
    exit
}

//! `sockspec explain`: the page of a cause, or of a mistake in a spec.

use sockspec_case::diagnosis::Cause;
use sockspec_report::Lang;
use sockspec_spec::codes;

use crate::args;
use crate::exit::Exit;
use crate::{messages, printer};

/// Prints one page, or the list of all.
pub fn run(args: &args::Explain, lang: Lang) -> Exit {
    let Some(code) = &args.code else {
        let mut text = String::new();
        for cause in Cause::ALL {
            let title = lang.texts().cause_title(*cause);
            text.push_str(&format!("{:30}  {title}\n", cause.as_str()));
        }
        for code in codes::all() {
            text.push_str(&format!("{:30}  {}\n", code.id, lang.of(&code.title())));
        }
        printer::data(text.as_bytes());
        return Exit::Passed;
    };
    if let Some(cause) = Cause::ALL
        .iter()
        .find(|cause| cause.as_str() == code.to_lowercase())
    {
        printer::data(sockspec_report::explain::page(*cause, lang).as_bytes());
        return Exit::Passed;
    }
    if let Some(code) = codes::find(&code.to_uppercase()) {
        let text = format!(
            "{} — {}\n\n{}\n",
            code.id,
            lang.of(&code.title()),
            lang.of(&code.long())
        );
        printer::data(text.as_bytes());
        return Exit::Passed;
    }
    let names = Cause::ALL.iter().map(|cause| cause.as_str());
    let nearest = messages::nearest(code, names).unwrap_or("one-recv-one-message");
    printer::error(&messages::unknown_code(lang, code, nearest));
    Exit::Usage
}

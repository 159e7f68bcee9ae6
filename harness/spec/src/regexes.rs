//! Regexes: compiled as the matcher does, with the place of a mistake.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Span;

/// Why a regex cannot be compiled.
pub(crate) struct RegexMistake {
    /// Where, as bytes of the regex's source.
    pub(crate) span: Span,
    message: String,
}

impl RegexMistake {
    /// The mistake as a diagnostic at `place`, which is `span` carried into the text.
    pub(crate) fn into_diagnostic(self, place: Span) -> Diagnostic {
        Diagnostic::new(&codes::BAD_REGEX, place, "this regex cannot be compiled")
            .label(self.message)
    }
}

/// The largest compiled regex, in bytes: far more than a line of a protocol asks for.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// Compiles a regex as the matcher does.
pub(crate) fn check_regex(source: &str) -> Result<regex::bytes::Regex, RegexMistake> {
    if let Err(error) = regex_syntax::ParserBuilder::new()
        .utf8(false)
        .nest_limit(100)
        .build()
        .parse(source)
    {
        let (span, message) = match &error {
            regex_syntax::Error::Parse(error) => (error.span(), error.kind().to_string()),
            regex_syntax::Error::Translate(error) => (error.span(), error.kind().to_string()),
            _ => return Err(whole(source, error.to_string())),
        };
        return Err(RegexMistake {
            span: Span {
                start: span.start.offset,
                end: span.end.offset,
            },
            message,
        });
    }
    regex::bytes::RegexBuilder::new(source)
        .size_limit(MAX_REGEX_BYTES)
        .nest_limit(100)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => {
                whole(source, "it is too big once compiled".to_owned())
            }
            error => whole(source, error.to_string()),
        })
}

fn whole(source: &str, message: String) -> RegexMistake {
    RegexMistake {
        span: Span {
            start: 0,
            end: source.len(),
        },
        message,
    }
}

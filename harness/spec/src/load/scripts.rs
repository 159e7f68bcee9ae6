//! Checks that a script compiles.

use super::context::{Context, Located};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Span;

/// Words by which a script expects something: without any of them it cannot fail.
const EXPECTATIONS: &[&str] = &["expect", "assert", "fail", "require", "throw"];

/// Reports what is wrong with a script.
pub(super) fn check(context: &Context<'_>, script: &Located) {
    let compiles = compile(context, script);
    if compiles && !EXPECTATIONS.iter().any(|word| script.text.contains(word)) {
        context.report(
            Diagnostic::new(
                &codes::SCRIPT_CANNOT_FAIL,
                context.first_line(script.span),
                "this script expects nothing",
            )
            .help("call `expect(…)` for what must come"),
        );
    }
}

/// Reports why a script, or the functions of scripts, cannot be compiled. Whether they can.
pub(super) fn compile(context: &Context<'_>, script: &Located) -> bool {
    let mut engine = rhai::Engine::new_raw();
    // The same depths in every build, shallow enough for the smallest stack of a thread.
    engine.set_max_expr_depths(32, 32);
    engine.set_optimization_level(rhai::OptimizationLevel::None);
    if let Err(error) = engine.compile(&script.text) {
        let position = error.position();
        let at = offset(&script.text, position.line(), position.position());
        let rest = &script.text[at..];
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len())
            .max(rest.chars().next().map_or(0, char::len_utf8));
        let span = Span {
            start: at,
            end: at + length,
        };
        context.report(
            Diagnostic::new(
                &codes::BAD_SCRIPT,
                script.place(span),
                "this script cannot be compiled",
            )
            .label(error.err_type().to_string()),
        );
        return false;
    }
    true
}

/// The byte at a line and a position in it, both 1-based and counted in characters.
fn offset(text: &str, line: Option<usize>, position: Option<usize>) -> usize {
    let Some(line) = line else {
        return text.len();
    };
    let start = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let rest = &text[start..];
    let column = position.unwrap_or(1).saturating_sub(1);
    let within = rest
        .char_indices()
        .nth(column)
        .map_or(rest.len(), |(at, _)| at);
    start + within
}

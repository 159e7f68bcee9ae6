//! Where words leave the program: data on stdout, messages on stderr. A closed pipe is no error.

use std::io::Write;

/// Writes data on stdout.
pub fn data(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes);
    let _ = out.flush();
}

/// Writes a message on stderr.
pub fn message(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{text}");
}

/// Writes an error on stderr.
pub fn error(text: &str) {
    message(&format!("sockspec: {text}"));
}

/// Whether messages may be coloured: stderr is a terminal and NO_COLOR does not forbid it.
pub fn colour_on_stderr() -> bool {
    use std::io::IsTerminal;
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}

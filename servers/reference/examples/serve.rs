//! Starts a reference server by hand: `cargo run --example serve -- kv --port 2056`.
//!
//! What follows `--` is an exercise, optionally `--port N`, then the exercise's own options.

use std::process::ExitCode;

use sockspec_reference::{ServeOptions, serve};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let exercise = if arguments.is_empty() {
        String::new()
    } else {
        arguments.remove(0)
    };
    let mut options = ServeOptions::default();
    if arguments
        .first()
        .is_some_and(|argument| argument == "--port")
    {
        options.port = arguments
            .get(1)
            .and_then(|port| port.parse().ok())
            .unwrap_or(0);
        arguments.drain(..arguments.len().min(2));
    }
    options.arguments = arguments;
    match serve(&exercise, options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let cause = std::error::Error::source(&error);
            let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
            report(&format!("{error}{cause}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "an example's messages go to stderr")]
fn report(message: &str) {
    eprintln!("{message}");
}

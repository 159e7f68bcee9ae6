//! What the caller of a server may set.

use std::path::PathBuf;

/// Where a server listens, and the options of its exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeOptions {
    /// Name or address of the interface; `127.0.0.1` by default, so that nothing outside the
    /// machine reaches a server that was started for a trial.
    pub host: String,
    /// Port to listen on; 0, the default, lets the system choose a free one.
    pub port: u16,
    /// Path of the socket, for the exercises over `AF_UNIX`.
    pub path: Option<PathBuf>,
    /// Options of the exercise, such as `--secret 42`, as they stood on the command line.
    pub arguments: Vec<String>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 0,
            path: None,
            arguments: Vec::new(),
        }
    }
}

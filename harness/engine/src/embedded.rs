//! The embedded reference server: graded when no address is given, so that a newcomer sees a real
//! grade at once.
//!
//! It runs as a process of its own, as any target does: the harness sees it from outside.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sockspec_spec::model::Transport;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::program::Spot;

/// How long the server has to say where it listens. It says so at once; a busy machine may not.
const START: Duration = Duration::from_secs(10);
/// How long it has to end after SIGTERM before it is killed.
const STOP: Duration = Duration::from_secs(2);

/// A server that this process started and will end.
#[derive(Debug)]
pub struct Embedded {
    child: Child,
    address: String,
    /// The folder of its path, where it has one.
    _spot: Option<Spot>,
}

/// The embedded server did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// The program could not be started.
    #[error("the embedded server could not be started")]
    Start(#[source] std::io::Error),
    /// It did not say where it listens.
    #[error("the embedded server did not say where it listens")]
    Silent,
}

impl Embedded {
    /// Starts `program serve EXERCISE` at a place where nobody listens; it must print `listening on
    /// ADDRESS` as its first line.
    ///
    /// # Errors
    /// The program could not be started, or did not say where it listens.
    pub async fn start(
        program: &Path,
        exercise: &str,
        transport: Transport,
    ) -> Result<Self, EmbeddedError> {
        let mut command = Command::new(program);
        command.args(["serve", exercise]);
        let spot = match transport {
            Transport::None => None,
            Transport::Tcp | Transport::Udp => {
                command.args(["--port", "0"]);
                None
            }
            Transport::Unix => {
                let spot = Spot::free(transport).map_err(EmbeddedError::Start)?;
                command.args(["--path", &spot.told().path]);
                Some(spot)
            }
        };
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(EmbeddedError::Start)?;
        let stdout = child.stdout.take().ok_or(EmbeddedError::Silent)?;
        let mut lines = BufReader::new(stdout).lines();
        let line = timeout(START, lines.next_line()).await;
        let address = match line {
            Ok(Ok(Some(line))) => line.strip_prefix("listening on ").map(str::to_owned),
            _ => None,
        };
        let address = address.ok_or(EmbeddedError::Silent)?;
        Ok(Embedded {
            child,
            address,
            _spot: spot,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends the server: SIGTERM, and SIGKILL if that is not enough.
    pub async fn stop(mut self) {
        if let Some(pid) = self.child.id().and_then(|id| i32::try_from(id).ok())
            && let Some(pid) = rustix::process::Pid::from_raw(pid)
        {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        if timeout(STOP, self.child.wait()).await.is_err() {
            let _ = self.child.kill().await;
        }
    }
}

//! Starts a program as a shell in a terminal of its own would: whatever the harness itself was started with
//! does not reach it.
//!
//! Between `fork` and `exec` the child gets a session of its own, default signal dispositions and an empty
//! mask (who is started in the background ignores SIGINT, and children inherit that), and no descriptor
//! beyond its three streams. It leaves no core file, and does not outlive a harness that is killed.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use sockspec_case::program::Exit;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::capture::Capture;
use super::keyboard::{Input, Keyboard};
use super::tree::{self, Tree};

/// What a program is started with, beside its words.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Its working directory; `None` for the harness's own.
    pub directory: Option<PathBuf>,
    /// All its variables.
    pub environment: Vec<(OsString, OsString)>,
}

/// A program that was started.
#[derive(Debug)]
pub struct Running {
    child: Child,
    exit: Option<Exit>,
    /// Its processes.
    pub tree: Tree,
    /// What it prints.
    pub capture: Capture,
    /// Its standard input. Held open: many programs end when theirs does.
    pub keyboard: Keyboard,
}

impl Running {
    /// Starts `words`.
    ///
    /// # Errors
    /// What the system said; most often that there is no such program.
    pub fn start(words: &[String], surroundings: &Surroundings) -> io::Result<Self> {
        Self::start_with(words, surroundings, Input::Pipe)
    }

    /// Starts `words` with this for a standard input; a terminal is its standard output, too.
    ///
    /// # Errors
    /// What the system said; most often that there is no such program.
    pub fn start_with(
        words: &[String],
        surroundings: &Surroundings,
        input: Input,
    ) -> io::Result<Self> {
        let Some((program, arguments)) = words.split_first() else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(surroundings.environment.iter().cloned())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let (typing, mut screen) = match input {
            Input::Pipe => {
                let (theirs, ours) = io::pipe()?;
                command.stdin(theirs).stdout(Stdio::piped());
                (Keyboard::pipe(ours), None)
            }
            Input::Terminal => {
                let terminal = super::terminal::Terminal::open()?;
                command.stdin(terminal.theirs.try_clone()?);
                command.stdout(terminal.theirs);
                let screen = terminal.ours.try_clone()?;
                (Keyboard::terminal(terminal.ours), Some(screen))
            }
        };
        if let Some(directory) = &surroundings.directory {
            command.current_dir(directory);
        }
        let mark = tree::new_mark();
        command.env(tree::MARK, &mark);
        let harness = std::process::id();
        // SAFETY: `prepare` makes system calls only, all of which may be made between `fork` and `exec`.
        unsafe { command.pre_exec(move || prepare(harness, input)) };
        let (mut child, tree) = Tree::plant(&mark, || command.spawn())?;
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        // Read by threads of their own: see there.
        // Our copies of what is the child's must not keep its streams open.
        drop(command);
        let out = match screen.take() {
            Some(screen) => screen,
            None => {
                let out = child.stdout.take().ok_or_else(broken)?;
                File::from(out.into_owned_fd()?)
            }
        };
        let err = child.stderr.take().ok_or_else(broken)?.into_owned_fd()?;
        Ok(Running {
            keyboard: typing,
            child,
            exit: None,
            tree,
            capture: Capture::of(out, File::from(err))?,
        })
    }

    /// How it ended, if it has.
    pub fn exit(&mut self) -> Option<Exit> {
        if self.exit.is_none() {
            self.exit = self.child.try_wait().ok().flatten().map(exit_of);
            if self.exit.is_some() {
                self.tree.felled();
            }
        }
        self.exit
    }

    /// Waits for its end, at most so long.
    pub async fn wait(&mut self, limit: Duration) -> Option<Exit> {
        if self.exit().is_none()
            && let Ok(Ok(status)) = timeout(limit, self.child.wait()).await
        {
            self.exit = Some(exit_of(status));
            self.tree.felled();
        }
        self.exit
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, signal) => Exit::Signal(signal.unwrap_or(0)),
    }
}

/// The last signal number on Linux; those that there are not, or that cannot be set, are refused.
const LAST_SIGNAL: i32 = 64;

/// What the child does before it becomes the program.
fn prepare(harness: u32, input: Input) -> io::Result<()> {
    rustix::process::setsid()?;
    if input == Input::Terminal {
        // SAFETY: the standard input of a child is open.
        let stdin = unsafe { std::os::fd::BorrowedFd::borrow_raw(libc::STDIN_FILENO) };
        rustix::process::ioctl_tiocsctty(stdin)?;
    }
    // SAFETY: no pointer outlives its call; all are signal-safe system calls.
    unsafe {
        for signal in 1..=LAST_SIGNAL {
            libc::signal(signal, libc::SIG_DFL);
        }
        let mut none: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut none);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut());
    }
    let no_core = rustix::process::Rlimit {
        current: Some(0),
        maximum: rustix::process::getrlimit(rustix::process::Resource::Core).maximum,
    };
    rustix::process::setrlimit(rustix::process::Resource::Core, no_core)?;
    #[cfg(target_os = "linux")]
    {
        // All descriptors but the three streams are closed by `exec`. Old kernels cannot: then what the
        // harness inherited without this mark is inherited further.
        // SAFETY: takes no pointer.
        unsafe {
            libc::syscall(
                libc::SYS_close_range,
                3,
                libc::c_uint::MAX,
                libc::CLOSE_RANGE_CLOEXEC,
            )
        };
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        // The harness may have ended before it could be asked for.
        let parent = rustix::process::getppid().map(|pid| pid.as_raw_nonzero().get());
        if parent != i32::try_from(harness).ok() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
    }
    Ok(())
}

//! The netlink socket: sends a question, takes the answer.
//!
//! The kernel works out the answer inside `send`, so it is already there when `send` returns and nothing here waits.

use std::io;
use std::mem;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::{Mutex, PoisonError};

use super::wire::{self, Answer, Question, RawSocket};

/// Larger than any answer to a question for one socket, about 400 bytes.
const ANSWER_LIMIT_BYTES: usize = 4096;

#[derive(Debug)]
pub(super) struct Netlink {
    socket: OwnedFd,
    /// Number of the last question; held while a question waits for its answer.
    sequence: Mutex<u32>,
}

impl Netlink {
    pub(super) fn open() -> io::Result<Self> {
        // SAFETY: takes no pointer.
        let descriptor = unsafe {
            libc::socket(
                libc::AF_NETLINK,
                libc::SOCK_DGRAM | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK,
                libc::NETLINK_SOCK_DIAG,
            )
        };
        if descriptor < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor was opened just now and nobody else knows it.
        let socket = unsafe { OwnedFd::from_raw_fd(descriptor) };

        // SAFETY: `sockaddr_nl` is plain integers, for which zero is a value.
        let mut kernel: libc::sockaddr_nl = unsafe { mem::zeroed() };
        kernel.nl_family = libc::AF_NETLINK as libc::sa_family_t;
        // SAFETY: pointer and length describe `kernel`, which outlives the call.
        let connected = unsafe {
            libc::connect(
                socket.as_raw_fd(),
                (&raw const kernel).cast(),
                size_of_val(&kernel) as libc::socklen_t,
            )
        };
        if connected < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(Self {
            socket,
            sequence: Mutex::new(0),
        })
    }

    /// The socket asked for, or `None` when there is none.
    pub(super) fn ask(&self, question: &Question) -> io::Result<Option<RawSocket>> {
        let mut sequence = self.sequence.lock().unwrap_or_else(PoisonError::into_inner);
        *sequence = sequence.wrapping_add(1);
        self.send(&question.encode(*sequence))?;
        let mut buffer = [0; ANSWER_LIMIT_BYTES];
        loop {
            // Answers to questions that were given up earlier are skipped; an empty queue ends the loop.
            let length = self.receive(&mut buffer)?;
            match wire::decode(&buffer[..length], *sequence) {
                Answer::Socket(socket) => return Ok(Some(socket)),
                Answer::NotFound => return Ok(None),
                Answer::Refused(error) => return Err(error),
                Answer::Unrelated => {}
            }
        }
    }

    fn send(&self, message: &[u8]) -> io::Result<()> {
        retry(|| {
            // SAFETY: pointer and length describe `message`, which outlives the call.
            unsafe {
                libc::send(
                    self.socket.as_raw_fd(),
                    message.as_ptr().cast(),
                    message.len(),
                    0,
                )
            }
        })?;
        Ok(())
    }

    fn receive(&self, buffer: &mut [u8]) -> io::Result<usize> {
        retry(|| {
            // SAFETY: pointer and length describe `buffer`, which outlives the call.
            unsafe {
                libc::recv(
                    self.socket.as_raw_fd(),
                    buffer.as_mut_ptr().cast(),
                    buffer.len(),
                    libc::MSG_DONTWAIT,
                )
            }
        })
    }
}

/// Repeats a system call that a signal interrupted.
fn retry(mut call: impl FnMut() -> isize) -> io::Result<usize> {
    loop {
        if let Ok(length) = usize::try_from(call()) {
            return Ok(length);
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

//! What our own descriptor tells of bytes that the other side has not taken yet.
//!
//! - `AF_UNIX`: the count falls to zero exactly when the peer has *read* everything, a complete read barrier.
//! - TCP: the count falls to zero when the peer's kernel has *acknowledged* everything, which it may do before the
//!   application reads (the first 16 segments) or up to 40 ms after (delayed ACK). For targets on other machines, where
//!   nothing better can be asked, combine it with a bounded pause and call the cut unverified.
//!
//! Source: `unix(7)`, `tcp(7)`: `SIOCOUTQ`.

use std::io;
use std::os::fd::AsFd;

use crate::process::Process;

/// Memory in bytes of what was written to a `AF_UNIX` socket and not yet read; more than the payload, 0 when all is read.
///
/// # Errors
/// What `ioctl(2)` said; `Unsupported` on systems other than Linux.
pub fn unix_outq(socket: impl AsFd) -> io::Result<u32> {
    pending(socket)
}

/// Bytes written to a TCP socket and not yet acknowledged, sent or not.
///
/// # Errors
/// What `ioctl(2)` said; `Unsupported` on systems other than Linux.
pub fn unacked(socket: impl AsFd) -> io::Result<u32> {
    pending(socket)
}

/// Whether the other side's kernel has acknowledged all that was written to a TCP socket.
///
/// # Errors
/// As [`unacked`].
pub fn acked(socket: impl AsFd) -> io::Result<bool> {
    Ok(pending(socket)? == 0)
}

/// The process that listens at the other end of a connected `AF_UNIX` socket; `None` where it cannot be seen, or is no
/// longer there.
#[cfg(target_os = "linux")]
pub fn unix_peer(socket: impl AsFd) -> Option<Process> {
    use std::os::fd::AsRawFd;

    let mut peer = libc::ucred {
        pid: 0,
        uid: 0,
        gid: 0,
    };
    let mut length = size_of_val(&peer) as libc::socklen_t;
    // SAFETY: SO_PEERCRED writes at most `length` bytes through the pointer, and `peer` is that long.
    let result = unsafe {
        libc::getsockopt(
            socket.as_fd().as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_PEERCRED,
            (&raw mut peer).cast(),
            &raw mut length,
        )
    };
    // A process of another namespace has the number 0 here.
    let pid = u32::try_from(peer.pid).ok().filter(|pid| *pid != 0)?;
    (result == 0).then_some(Process { pid })
}

/// Not known on this system.
#[cfg(not(target_os = "linux"))]
pub fn unix_peer(_socket: impl AsFd) -> Option<Process> {
    None
}

#[cfg(target_os = "linux")]
fn pending(socket: impl AsFd) -> io::Result<u32> {
    use std::os::fd::AsRawFd;

    let mut bytes: libc::c_int = 0;
    // SAFETY: SIOCOUTQ (which has the number of TIOCOUTQ) writes one int through the pointer, and `bytes` is one.
    let result = unsafe {
        libc::ioctl(
            socket.as_fd().as_raw_fd(),
            libc::TIOCOUTQ as _,
            &raw mut bytes,
        )
    };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(u32::try_from(bytes).unwrap_or(0))
}

#[cfg(not(target_os = "linux"))]
fn pending(_socket: impl AsFd) -> io::Result<u32> {
    Err(io::ErrorKind::Unsupported.into())
}

//! Looks into another process: a few bytes of its memory, an option of one of its sockets, its processor time.
//!
//! Needs the rights of a debugger (same user, and an ancestor where Yama says so; or root), as `/proc/…/syscall` does.

use std::io;
use std::mem;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

/// Which time limit of a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Receive,
    Send,
}

/// Two 64-bit words at `address` in the memory of `pid`: a `timespec` or a `timeval`.
pub(crate) fn two_words(pid: u32, address: u64) -> io::Result<[u64; 2]> {
    let mut words = [0_u64; 2];
    let local = libc::iovec {
        iov_base: words.as_mut_ptr().cast(),
        iov_len: size_of_val(&words),
    };
    let remote = libc::iovec {
        iov_base: address as *mut libc::c_void,
        iov_len: size_of_val(&words),
    };
    // SAFETY: `local` describes `words`, which outlives the call; the kernel checks the remote address.
    let read = unsafe {
        libc::process_vm_readv(
            pid as libc::pid_t,
            &raw const local,
            1,
            &raw const remote,
            1,
            0,
        )
    };
    match usize::try_from(read) {
        Ok(length) if length == size_of_val(&words) => Ok(words),
        Ok(_) => Err(io::ErrorKind::UnexpectedEof.into()),
        Err(_) => Err(io::Error::last_os_error()),
    }
}

/// A descriptor of ours for what is behind `descriptor` of `pid`; the process does not notice.
pub(crate) fn borrow(pid: u32, descriptor: u64) -> io::Result<OwnedFd> {
    let process = open_process(pid)?;
    // SAFETY: takes no pointer.
    owned(unsafe {
        libc::syscall(
            libc::SYS_pidfd_getfd,
            process.as_raw_fd(),
            descriptor as RawFd,
            0,
        )
    })
}

/// Whether the socket behind `descriptor` of `pid` has `SO_RCVTIMEO` or `SO_SNDTIMEO` set.
///
/// Borrows the descriptor for a moment; the process does not notice.
pub(crate) fn has_time_limit(pid: u32, descriptor: u64, limit: Limit) -> io::Result<bool> {
    let borrowed = borrow(pid, descriptor)?;
    let option = match limit {
        Limit::Receive => libc::SO_RCVTIMEO,
        Limit::Send => libc::SO_SNDTIMEO,
    };
    // SAFETY: `timeval` is plain integers, for which zero is a value.
    let mut value: libc::timeval = unsafe { mem::zeroed() };
    let mut length = size_of_val(&value) as libc::socklen_t;
    // SAFETY: pointer and length describe `value`, which outlives the call.
    let result = unsafe {
        libc::getsockopt(
            borrowed.as_raw_fd(),
            libc::SOL_SOCKET,
            option,
            (&raw mut value).cast(),
            &raw mut length,
        )
    };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(value.tv_sec != 0 || value.tv_usec != 0)
}

/// Time on a processor of all threads of `pid`, dead ones included.
pub(crate) fn cpu_time(pid: u32) -> io::Result<Duration> {
    let mut clock: libc::clockid_t = 0;
    // SAFETY: `clock` outlives the call.
    let error = unsafe { libc::clock_getcpuclockid(pid as libc::pid_t, &raw mut clock) };
    if error != 0 {
        return Err(io::Error::from_raw_os_error(error));
    }
    now(clock)
}

/// What a clock says.
pub(crate) fn now(clock: i32) -> io::Result<Duration> {
    // SAFETY: `timespec` is plain integers, for which zero is a value.
    let mut time: libc::timespec = unsafe { mem::zeroed() };
    // SAFETY: `time` outlives the call.
    if unsafe { libc::clock_gettime(clock, &raw mut time) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    ))
}

/// A moment not after the given one, which is in clock ticks since the machine started.
pub(crate) fn moment_of(ticks: u64) -> Option<Instant> {
    // SAFETY: takes no pointer.
    let per_second = u64::try_from(unsafe { libc::sysconf(libc::_SC_CLK_TCK) }).ok()?;
    let micros = ticks.checked_mul(1_000_000)?.checked_div(per_second)?;
    let uptime = now(libc::CLOCK_BOOTTIME).ok()?;
    Instant::now().checked_sub(uptime.checked_sub(Duration::from_micros(micros))?)
}

fn open_process(pid: u32) -> io::Result<OwnedFd> {
    // SAFETY: takes no pointer.
    owned(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) })
}

fn owned(result: libc::c_long) -> io::Result<OwnedFd> {
    let Ok(descriptor @ 0..) = RawFd::try_from(result) else {
        return Err(io::Error::last_os_error());
    };
    // SAFETY: the kernel made the descriptor just now and nobody else knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(descriptor) })
}

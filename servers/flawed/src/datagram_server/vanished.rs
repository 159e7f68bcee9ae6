//! A socket that reports clients that are gone, as every UDP socket of Windows does.

use std::net::UdpSocket;

/// From now on a call of this socket fails (ECONNREFUSED) when an earlier answer found nobody.
#[cfg(target_os = "linux")]
pub(super) fn ask_to_be_told(socket: &UdpSocket) {
    use std::os::fd::AsRawFd;

    let on: libc::c_int = 1;
    // SAFETY: the descriptor is open as long as `socket` lives, and the kernel reads one `c_int` at
    // the address of `on`, which is one.
    unsafe {
        libc::setsockopt(
            socket.as_raw_fd(),
            libc::IPPROTO_IP,
            libc::IP_RECVERR,
            (&raw const on).cast(),
            size_of::<libc::c_int>() as libc::socklen_t,
        );
    }
}

/// Elsewhere only a connected socket is told.
#[cfg(not(target_os = "linux"))]
pub(super) fn ask_to_be_told(_: &UdpSocket) {}

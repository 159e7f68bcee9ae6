//! A system call in which a thread sleeps, and what that sleep waits for. Pure, except for the table of numbers.
//!
//! A call that is not in the table is [`Wait::Unfamiliar`]: nothing is concluded from it.

/// A line of `/proc/…/syscall` of a thread that sleeps inside a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) number: i64,
    pub(crate) arguments: [u64; 6],
}

/// What ends the sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Only somebody else: another thread, a signal, a child, a peer.
    Event,
    /// Data or a connection on this descriptor; `SO_RCVTIMEO` may end it too.
    Input(u64),
    /// Room on this descriptor; `SO_SNDTIMEO` may end it too.
    Output(u64),
    /// An event or this timeout.
    Timed(Timeout),
    /// Not known.
    Unfamiliar,
}

/// How the end of a timed sleep is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timeout {
    /// Milliseconds from the start of the call.
    Milliseconds(u64),
    /// A `timespec` at this address, from the start of the call.
    Relative(u64),
    /// A `timeval` at this address, from the start of the call.
    RelativeTimeval(u64),
    /// A `timespec` at this address, on this clock.
    Absolute { address: u64, clock: i32 },
    /// Cannot be read.
    Unreadable,
}

impl Call {
    /// `None` for a thread that runs, or sleeps outside a system call.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split_ascii_whitespace();
        let number = fields.next()?.parse().ok().filter(|number| *number >= 0)?;
        let mut arguments = [0; 6];
        for argument in &mut arguments {
            *argument = u64::from_str_radix(fields.next()?.strip_prefix("0x")?, 16).ok()?;
        }
        Some(Self { number, arguments })
    }

    /// Whether this is `poll`, the call and not its relatives: then arguments are array, length, milliseconds.
    pub(crate) fn is_poll(&self) -> bool {
        table::name(self.number) == Some(Name::Poll)
    }

    /// Whether this is a `futex` wait.
    pub(crate) fn is_futex(&self) -> bool {
        table::name(self.number) == Some(Name::Futex)
    }

    /// Whether this is a plain `FUTEX_WAIT`, the only kind whose timeout is relative.
    pub(crate) fn is_plain_futex_wait(&self) -> bool {
        self.is_futex() && self.arguments[1] & FUTEX_COMMAND == FUTEX_WAIT
    }

    pub(crate) fn wait(&self) -> Wait {
        let [first, second, third, fourth, fifth, _] = self.arguments;
        let timed_by = |pointer: u64| match pointer {
            0 => Wait::Event,
            address => Wait::Timed(Timeout::Relative(address)),
        };
        // A C `int`: the upper half of the register means nothing.
        let milliseconds = |value: u64| match u64::try_from(value as u32 as i32) {
            Ok(limit) => Wait::Timed(Timeout::Milliseconds(limit)),
            Err(_) => Wait::Event,
        };
        match table::name(self.number) {
            Some(Name::Event) => Wait::Event,
            Some(Name::Input) => Wait::Input(first),
            Some(Name::Output) => Wait::Output(first),
            Some(Name::Poll) => milliseconds(third),
            Some(Name::EpollWait) => milliseconds(fourth),
            Some(Name::Ppoll | Name::SigTimedWait) => timed_by(third),
            Some(Name::EpollPwait2) => timed_by(fourth),
            Some(Name::Pselect) => timed_by(fifth),
            Some(Name::Select) => match fifth {
                0 => Wait::Event,
                address => Wait::Timed(Timeout::RelativeTimeval(address)),
            },
            Some(Name::Nanosleep) => Wait::Timed(Timeout::Relative(first)),
            Some(Name::ClockNanosleep) if second & TIMER_ABSTIME == 0 => {
                Wait::Timed(Timeout::Relative(third))
            }
            Some(Name::ClockNanosleep) => Wait::Timed(Timeout::Absolute {
                address: third,
                clock: first as i32,
            }),
            Some(Name::Futex) => futex(second, fourth),
            Some(Name::Unreadable) => Wait::Timed(Timeout::Unreadable),
            None => Wait::Unfamiliar,
        }
    }
}

const TIMER_ABSTIME: u64 = 1;
const FUTEX_COMMAND: u64 = 0x7f;
const FUTEX_WAIT: u64 = 0;
const FUTEX_CLOCK_REALTIME: u64 = 256;
const CLOCK_REALTIME: i32 = 0;
const CLOCK_MONOTONIC: i32 = 1;

/// `futex(2)`: `FUTEX_WAIT` takes a duration, the other waits a point in time.
fn futex(operation: u64, address: u64) -> Wait {
    const LOCK_PI: u64 = 6;
    const WAIT_BITSET: u64 = 9;
    const WAIT_REQUEUE_PI: u64 = 11;
    const LOCK_PI2: u64 = 13;
    let realtime = operation & FUTEX_CLOCK_REALTIME != 0;
    let clock = if realtime {
        CLOCK_REALTIME
    } else {
        CLOCK_MONOTONIC
    };
    let timeout = match operation & FUTEX_COMMAND {
        FUTEX_WAIT => Timeout::Relative(address),
        WAIT_BITSET | WAIT_REQUEUE_PI | LOCK_PI2 => Timeout::Absolute { address, clock },
        LOCK_PI => Timeout::Absolute {
            address,
            clock: CLOCK_REALTIME,
        },
        _ => return Wait::Unfamiliar,
    };
    if address == 0 {
        Wait::Event
    } else {
        Wait::Timed(timeout)
    }
}

/// Calls that wait in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Event,
    Input,
    Output,
    Poll,
    Ppoll,
    Select,
    Pselect,
    EpollWait,
    EpollPwait2,
    SigTimedWait,
    Nanosleep,
    ClockNanosleep,
    Futex,
    Unreadable,
}

#[cfg(target_os = "linux")]
mod table {
    use super::Name;

    pub(super) fn name(number: i64) -> Option<Name> {
        #[cfg(target_arch = "x86_64")]
        match number {
            libc::SYS_poll => return Some(Name::Poll),
            libc::SYS_select => return Some(Name::Select),
            libc::SYS_epoll_wait => return Some(Name::EpollWait),
            libc::SYS_pause => return Some(Name::Event),
            _ => {}
        }
        Some(match number {
            libc::SYS_read | libc::SYS_readv => Name::Input,
            libc::SYS_recvfrom | libc::SYS_recvmsg => Name::Input,
            libc::SYS_accept | libc::SYS_accept4 => Name::Input,
            libc::SYS_write | libc::SYS_writev => Name::Output,
            libc::SYS_sendto | libc::SYS_sendmsg | libc::SYS_sendfile => Name::Output,
            libc::SYS_wait4 | libc::SYS_waitid | libc::SYS_rt_sigsuspend => Name::Event,
            libc::SYS_ppoll => Name::Ppoll,
            libc::SYS_pselect6 => Name::Pselect,
            libc::SYS_epoll_pwait => Name::EpollWait,
            libc::SYS_epoll_pwait2 => Name::EpollPwait2,
            libc::SYS_rt_sigtimedwait => Name::SigTimedWait,
            libc::SYS_nanosleep => Name::Nanosleep,
            libc::SYS_clock_nanosleep => Name::ClockNanosleep,
            libc::SYS_futex => Name::Futex,
            // May hide a timeout in a ring, or continues a timed call after a stop.
            libc::SYS_io_uring_enter | libc::SYS_restart_syscall => Name::Unreadable,
            libc::SYS_recvmmsg | libc::SYS_io_getevents => Name::Unreadable,
            _ => return None,
        })
    }
}

#[cfg(not(target_os = "linux"))]
mod table {
    use super::Name;

    pub(super) fn name(_number: i64) -> Option<Name> {
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn wait(number: i64, arguments: [u64; 6]) -> Wait {
        Call { number, arguments }.wait()
    }

    #[test]
    fn a_thread_that_runs_is_in_no_call() {
        assert_eq!(Call::parse("running\n"), None);
        assert_eq!(Call::parse("-1 0x7ffc 0x7f0d\n"), None);
        assert_eq!(Call::parse("230 0x0 zz\n"), None);
    }

    #[test]
    fn minus_one_millisecond_is_no_timeout_in_any_width() {
        for minus_one in [u64::MAX, 0xffff_ffff] {
            let arguments = [4, 0, 1024, minus_one, 0, 8];
            assert_eq!(wait(libc::SYS_epoll_pwait, arguments), Wait::Event);
        }
        let timed = wait(libc::SYS_epoll_pwait, [4, 0, 1024, 0, 0, 8]);
        assert_eq!(timed, Wait::Timed(Timeout::Milliseconds(0)));
    }

    #[test]
    fn only_the_plain_futex_wait_is_relative() {
        let private = 128;
        let plain = wait(libc::SYS_futex, [1, private, 0, 9, 0, 0]);
        assert_eq!(plain, Wait::Timed(Timeout::Relative(9)));
        let bitset = wait(libc::SYS_futex, [1, private | 9, 0, 9, 0, 0]);
        assert!(matches!(
            bitset,
            Wait::Timed(Timeout::Absolute { clock: 1, .. })
        ));
        let forever = wait(libc::SYS_futex, [1, private | 9, 0, 0, 0, 0]);
        assert_eq!(forever, Wait::Event);
    }

    #[test]
    fn a_call_of_another_kind_is_unfamiliar() {
        assert_eq!(wait(libc::SYS_fsync, [3; 6]), Wait::Unfamiliar);
        assert_eq!(wait(libc::SYS_connect, [3; 6]), Wait::Unfamiliar);
    }
}

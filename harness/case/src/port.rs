//! Ports that a program says the system gave it.

use sockspec_spec::dialogue::Protocol;

/// How many numbers of what was shown are looked at: no line about two sockets holds more.
const NUMBERS: usize = 64;

/// What the kernel says of one port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortSeen {
    /// The port.
    pub port: u16,
    /// Whether a socket of the program is bound to it.
    pub bound: bool,
    /// Whether it is one of those that the system gives to who asks for any.
    pub given: bool,
}

impl PortSeen {
    /// Whether it may be the port of a socket that was bound to port 0, and still is bound.
    fn is_right(&self) -> bool {
        self.bound && self.given
    }
}

/// What is wrong with the port that a program shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortFault {
    /// No socket is bound to it.
    Free(Protocol, u16),
    /// No socket is bound to it, but one is to the port whose two bytes stand the other way round.
    Swapped(Protocol, u16, u16),
    /// The system gives no such port: it was chosen, or it is none.
    NotGiven(Protocol, u16),
    /// No line about the protocol holds a number that may be a port.
    None(Protocol),
}

/// The lines of what was shown that name a protocol, in capitals or not.
pub fn lines_about(protocol: Protocol, shown: &[u8]) -> Vec<&[u8]> {
    let name = protocol.keyword().as_bytes();
    let names =
        |line: &&[u8]| (line.windows(name.len())).any(|word| word.eq_ignore_ascii_case(name));
    shown.split(|byte| *byte == b'\n').filter(names).collect()
}

/// The numbers in some lines that may be ports, each once, in their order.
pub fn numbers<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Vec<u16> {
    let mut numbers = Vec::new();
    for run in lines.flat_map(|line| line.split(|byte| !byte.is_ascii_digit())) {
        let number = str::from_utf8(run).ok().and_then(|run| run.parse().ok());
        if let Some(number) = number.filter(|number| !numbers.contains(number)) {
            numbers.push(number);
        }
        if numbers.len() == NUMBERS {
            break;
        }
    }
    numbers
}

/// The ports to ask the kernel about: the numbers, and what they would be with their two bytes swapped.
pub fn to_ask(numbers: &[u16]) -> Vec<u16> {
    let swapped = numbers.iter().map(|number| number.swap_bytes());
    numbers.iter().copied().chain(swapped).collect()
}

/// Whether one of the numbers is the port that the system gave to a socket of the program; of one that has ended
/// only the number can be judged.
///
/// # Errors
/// What is wrong with the number that is most like a port.
pub fn judge(
    protocol: Protocol,
    numbers: &[u16],
    seen: &[PortSeen],
    ended: bool,
) -> Result<(), PortFault> {
    let seen_of = |number: &u16| seen.iter().find(|one| one.port == *number);
    let shown = || numbers.iter().filter_map(seen_of);
    if shown().any(|one| one.is_right() || (ended && one.given)) {
        return Ok(());
    }
    let swapped = shown().find_map(|one| {
        let other = seen_of(&one.port.swap_bytes())?;
        (!one.bound && other.is_right()).then_some((one.port, other.port))
    });
    if let Some((port, other)) = swapped {
        return Err(PortFault::Swapped(protocol, port, other));
    }
    if let Some(free) = shown().find(|one| one.given) {
        return Err(PortFault::Free(protocol, free.port));
    }
    let largest = shown().map(|one| one.port).max();
    Err(largest.map_or(PortFault::None(protocol), |port| {
        PortFault::NotGiven(protocol, port)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UDP: Protocol = Protocol::Udp;

    fn seen(port: u16, bound: bool) -> PortSeen {
        let given = (32768..=60999).contains(&port);
        PortSeen { port, bound, given }
    }

    #[test]
    fn numbers_of_a_line_are_found_whatever_stands_around_them() {
        let shown = b"1. ports\nUDP/IPv4 ('0.0.0.0', 40001) fd=3\nport udp : 40002, 40001, 99999\n40003 tcp";
        let lines = lines_about(UDP, shown);
        assert_eq!(numbers(lines.into_iter()), [4, 0, 40001, 3, 40002]);
        let lines = lines_about(Protocol::Tcp, shown);
        assert_eq!(numbers(lines.into_iter()), [40003]);
    }

    #[test]
    fn a_bound_port_that_the_system_gives_is_right() {
        let all = [seen(3, false), seen(40001, true)];
        assert_eq!(judge(UDP, &[3, 40001], &all, false), Ok(()));
    }

    #[test]
    fn of_an_ended_program_the_number_alone_is_judged() {
        let all = [seen(40001, false), seen(25, false)];
        assert_eq!(judge(UDP, &[40001], &all, true), Ok(()));
        let wrong = judge(UDP, &[25], &all, true);
        assert_eq!(wrong, Err(PortFault::NotGiven(UDP, 25)));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let free = judge(UDP, &[40001], &[seen(40001, false)], false);
        assert_eq!(free, Err(PortFault::Free(UDP, 40001)));
        let (shown, other) = (40001_u16.swap_bytes(), 40001);
        let all = [seen(shown, false), seen(other, true)];
        let swapped = judge(UDP, &[shown], &all, false);
        assert_eq!(swapped, Err(PortFault::Swapped(UDP, shown, other)));
        let zero = judge(UDP, &[0], &[seen(0, false)], false);
        assert_eq!(zero, Err(PortFault::NotGiven(UDP, 0)));
        let chosen = judge(UDP, &[4242], &[seen(4242, true)], false);
        assert_eq!(chosen, Err(PortFault::NotGiven(UDP, 4242)));
        assert_eq!(judge(UDP, &[], &[], false), Err(PortFault::None(UDP)));
    }
}

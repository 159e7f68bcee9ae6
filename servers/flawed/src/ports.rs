//! `ephemeral-ports`, and the mistakes in asking the system for a port and showing it.

use std::io::{self, BufRead, Write};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};

use crate::standalone::slips;

slips! {
    "ephemeral-ports";
    NetworkOrder, "network-order", "port-not-converted",
        "shows each port as the network has it, its two bytes the other way round.";
    ShowsZero, "shows-zero", "port-not-bound",
        "shows the port that it asked for, 0, and not the one it got.";
    SamePortTwice, "same-port-twice", "port-not-bound",
        "shows the port of the UDP socket for both.";
    ClosesFirst, "closes-first", "port-not-bound",
        "closes each socket once it knows its port.";
    ChoosesItself, "chooses-itself", "port-not-bound",
        "binds to ports of its own choice.";
    OnlyUdp, "only-udp", "line-not-shown",
        "forgets the TCP socket.";
    NumbersOnly, "numbers-only", "line-not-shown",
        "shows two numbers without saying which is which.";
    ClosesAtLast, "closes-at-last", "port-not-bound",
        "closes the UDP socket once the TCP socket is bound.";
}

/// Runs the program with this flaw until its input ends; gives its exit code, nothing where there is no such flaw.
pub(crate) fn ephemeral_ports(flaw: &str) -> Option<u8> {
    let slip = named(flaw)?;
    Some(run(slip).map_or(1, |()| 0))
}

fn run(slip: Slip) -> io::Result<()> {
    let udp = bound(slip, UdpSocket::bind)?;
    let udp_port = udp.local_addr()?.port();
    show("UDP attaché", udp_port, slip)?;
    let udp = (slip != Slip::ClosesFirst).then_some(udp);
    if slip == Slip::OnlyUdp {
        return wait();
    }
    let tcp = bound(slip, TcpListener::bind)?;
    let udp = udp.filter(|_| slip != Slip::ClosesAtLast);
    let tcp_port = match slip {
        Slip::SamePortTwice => udp_port,
        _ => tcp.local_addr()?.port(),
    };
    let tcp = (slip != Slip::ClosesFirst).then_some(tcp);
    show("TCP attachée", tcp_port, slip)?;
    wait()?;
    drop((udp, tcp));
    Ok(())
}

/// Until the input ends, or somebody ends it.
fn wait() -> io::Result<()> {
    io::stdin()
        .lock()
        .lines()
        .try_for_each(|line| line.map(drop))
}

/// Binds a socket: to port 0, as it should be, or to the first port that is free.
fn bound<T>(slip: Slip, bind: impl Fn((Ipv4Addr, u16)) -> io::Result<T>) -> io::Result<T> {
    match slip {
        Slip::ChoosesItself => (4242..9000)
            .find_map(|port| bind((Ipv4Addr::UNSPECIFIED, port)).ok())
            .ok_or_else(|| io::ErrorKind::AddrInUse.into()),
        _ => bind((Ipv4Addr::UNSPECIFIED, 0)),
    }
}

fn show(what: &str, port: u16, slip: Slip) -> io::Result<()> {
    let mut screen = io::stdout().lock();
    let port = match slip {
        Slip::ShowsZero => 0,
        Slip::NetworkOrder => port.to_be(),
        _ => port,
    };
    match slip {
        Slip::NumbersOnly => writeln!(screen, "{port}")?,
        _ => writeln!(screen, "Socket {what} au port : {port}")?,
    }
    screen.flush()
}

//! Lookups of single sockets, and what our own descriptors tell.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use sockspec_sockdiag::outq::{acked, unacked, unix_outq};
use sockspec_sockdiag::{Diag, Pause, PeerSocket, TcpState};

/// Polls `found` until it holds; panics after a generous while.
fn eventually(mut found: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !found() {
        assert!(Instant::now() < deadline, "never happened");
        Pause::Yield.block();
    }
}

fn inode(socket: &impl AsRawFd) -> u32 {
    let link = std::fs::read_link(format!("/proc/self/fd/{}", socket.as_raw_fd()))
        .expect("our own descriptors can be read");
    let name = link.to_string_lossy();
    name.trim_start_matches("socket:[")
        .trim_end_matches(']')
        .parse()
        .expect("a socket is shown with its inode")
}

#[test]
fn a_listener_shows_its_queue_and_its_backlog() {
    let diag = Diag::open().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // SAFETY: no pointer; calling `listen` again changes the backlog.
    assert_eq!(unsafe { libc::listen(listener.as_raw_fd(), 7) }, 0);
    let seen = diag.listener(address).unwrap().unwrap();
    assert_eq!((seen.queue, seen.backlog), (0, 7));
    assert_eq!(seen.inode, inode(&listener));

    let _waiting = TcpStream::connect(address).unwrap();
    eventually(|| diag.listener(address).unwrap().unwrap().queue == 1);
}

#[test]
fn a_wildcard_listener_is_found_by_any_of_its_addresses() {
    let diag = Diag::open().unwrap();
    for bind in ["0.0.0.0:0", "[::]:0"] {
        let listener = TcpListener::bind(bind).unwrap();
        let port = listener.local_addr().unwrap().port();
        for ask in ["0.0.0.0", "127.0.0.1", "127.0.0.9"] {
            let address = SocketAddr::new(ask.parse().unwrap(), port);
            let seen = diag.listener(address).unwrap().expect(ask);
            assert_eq!(seen.inode, inode(&listener), "{bind} asked as {ask}");
        }
    }
}

#[test]
fn nobody_listens_on_a_port_that_was_closed() {
    let diag = Diag::open().unwrap();
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(diag.listener(address).unwrap(), None);
}

#[test]
fn a_connection_that_never_was_is_gone_although_somebody_listens() {
    let diag = Diag::open().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let ours = "127.0.0.1:9".parse().unwrap();
    let found = diag.tcp_peer(ours, listener.local_addr().unwrap()).unwrap();
    assert_eq!(found, PeerSocket::Gone);
}

#[test]
fn an_accepted_connection_has_an_inode_and_a_pending_one_has_none() {
    let diag = Diag::open().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let stream = TcpStream::connect(address).unwrap();
    let look = || match diag
        .tcp_peer(stream.local_addr().unwrap(), address)
        .unwrap()
    {
        PeerSocket::Visible(socket) => socket,
        PeerSocket::Gone => panic!("the connection is open"),
    };
    eventually(|| look().state == TcpState::Established);
    assert_eq!(look().inode, 0);
    let accepted = listener.accept().unwrap().0;
    assert_eq!(look().inode, inode(&accepted));
}

#[test]
fn a_udp_server_shows_what_it_has_not_read() {
    let diag = Diag::open().unwrap();
    for bind in ["127.0.0.1:0", "0.0.0.0:0", "[::]:0"] {
        let server = UdpSocket::bind(bind).unwrap();
        let port = server.local_addr().unwrap().port();
        let address = SocketAddr::new("127.0.0.1".parse().unwrap(), port);
        let client = UdpSocket::bind("127.0.0.1:0").unwrap();
        client.connect(address).unwrap();
        let look = || {
            diag.udp(address, client.local_addr().ok())
                .unwrap()
                .expect(bind)
        };
        assert_eq!((look().rqueue, look().drops), (0, Some(0)));
        assert_eq!(look().inode, inode(&server));
        client.send(b"").unwrap();
        eventually(|| look().rqueue > 0);
        server.recv(&mut [0; 1]).unwrap();
        eventually(|| look().rqueue == 0);
    }
}

#[test]
fn a_flooded_udp_server_shows_its_drops() {
    let diag = Diag::open().unwrap();
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    let client = UdpSocket::bind("127.0.0.1:0").unwrap();
    eventually(|| {
        client.send_to(&[0; 8192], address).unwrap();
        diag.udp(address, None).unwrap().unwrap().drops > Some(0)
    });
}

#[test]
fn a_unix_socket_has_nothing_out_when_the_peer_has_read_it_all() {
    let (mut ours, mut theirs) = UnixStream::pair().unwrap();
    assert_eq!(unix_outq(&ours).unwrap(), 0);
    ours.write_all(b"ab").unwrap();
    theirs.read_exact(&mut [0; 1]).unwrap();
    assert!(unix_outq(&ours).unwrap() > 0);
    theirs.read_exact(&mut [0; 1]).unwrap();
    assert_eq!(unix_outq(&ours).unwrap(), 0);
}

#[test]
fn an_acknowledged_tcp_socket_has_nothing_out_although_nobody_read() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    stream.write_all(b"ab").unwrap();
    eventually(|| acked(&stream).unwrap());
    assert_eq!(unacked(&stream).unwrap(), 0);
}

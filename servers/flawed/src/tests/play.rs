//! Plays a script against a server, and tells what was seen.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream, UdpSocket};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use socket2::SockRef;
use sockspec_kit::Address;

/// After which a client whose server takes nothing more says that it is stuck.
const STUCK: Duration = Duration::from_millis(300);

/// From this length on responses are compared by their length only, in bytes: their dates differ.
const LONG_BYTES: usize = 64 * 1024;

/// What a client's socket keeps of the datagrams that it has not taken yet. Linux gives twice of what is asked
/// for, up to its `net.core.rmem_max`. 200 answers of chargen, with what the kernel counts for each, are about
/// as many bytes as a socket keeps by default: some would be lost, by chance.
const ROOM_BYTES: usize = 512 * 1024;

/// What a datagram of some characters is called, and one of none.
const SOME: &str = "characters";
const NONE: &str = "no characters";

/// One step of one of the clients, which are numbered from 0 and connect at their first step.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Connects, and nothing else.
    Open(usize),
    /// Sends bytes in one segment, or a datagram.
    Send(usize, Vec<u8>),
    /// Reads until so many more bytes have come, or a datagram.
    Receive(usize, usize),
    /// Ends the sending side.
    Fin(usize),
    /// Reads to the end.
    End(usize),
    /// Resets the connection; with datagrams, closes the socket.
    Reset(usize),
    /// Looks, without waiting, whether a datagram has come.
    Peek(usize),
    /// Takes a datagram, and tells whether it is of 0 to 512 printable characters.
    Printable(usize),
    /// Waits until the server has read all that it was sent.
    Read(usize),
    /// Sends bytes and FIN; reads only when all are sent or the server takes no more.
    Flood(usize, Vec<u8>),
}

/// What the clients saw: all that each received, and how it ended.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Observation {
    clients: BTreeMap<usize, (String, Vec<&'static str>)>,
}

/// Plays `steps`; stops at the first that the server does not answer within `limit`.
pub(super) fn play(server: &Address, is_udp: bool, steps: &[Step], limit: Duration) -> Observation {
    let mut streams = BTreeMap::new();
    let mut sockets = BTreeMap::new();
    let mut seen = BTreeMap::<usize, (Vec<u8>, Vec<&'static str>)>::new();
    for step in steps {
        let (Step::Open(client)
        | Step::Send(client, _)
        | Step::Receive(client, _)
        | Step::Fin(client)
        | Step::End(client)
        | Step::Reset(client)
        | Step::Peek(client)
        | Step::Read(client)
        | Step::Printable(client)
        | Step::Flood(client, _)) = *step;
        let (received, events) = seen.entry(client).or_default();
        let goes_on = if let (true, Step::Reset(_)) = (is_udp, step) {
            sockets.remove(&client);
            true
        } else if is_udp {
            let socket = sockets
                .entry(client)
                .or_insert_with(|| udp_client(server, limit));
            udp_step(socket, step, received, events, limit)
        } else {
            let stream = streams
                .entry(client)
                .or_insert_with(|| stream_client(server, limit));
            tcp_step(stream, step, received, events, limit)
        };
        if !goes_on {
            break;
        }
    }
    // A flawed server that still reads would else go on for as long as the tests run.
    for stream in streams.values() {
        let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
    }
    // None are right among others (RFC 864), by chance; never any is a mistake.
    let mut events: Vec<_> = seen.values_mut().flat_map(|(_, events)| events).collect();
    if events.iter().any(|event| **event == SOME) {
        let none = events.iter_mut().filter(|event| ***event == NONE);
        none.for_each(|event| **event = SOME);
    }
    let clients = seen
        .into_iter()
        .map(|(client, (received, events))| (client, (readable(&received), events)))
        .collect();
    Observation { clients }
}

/// A connection. One to a path is handled as one of TCP: it is the descriptor of a stream, too.
fn stream_client(server: &Address, limit: Duration) -> TcpStream {
    let stream = match server {
        Address::Internet(address) => {
            let stream = TcpStream::connect(address).unwrap();
            stream.set_nodelay(true).unwrap();
            stream
        }
        Address::Path(path) => TcpStream::from(OwnedFd::from(UnixStream::connect(path).unwrap())),
    };
    stream.set_read_timeout(Some(limit)).unwrap();
    stream
}

fn udp_client(server: &Address, limit: Duration) -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    SockRef::from(&socket)
        .set_recv_buffer_size(ROOM_BYTES)
        .unwrap();
    socket.connect(server.internet().unwrap()).unwrap();
    socket.set_read_timeout(Some(limit)).unwrap();
    socket
}

fn tcp_step(
    stream: &mut TcpStream,
    step: &Step,
    received: &mut Vec<u8>,
    events: &mut Vec<&'static str>,
    limit: Duration,
) -> bool {
    match step {
        Step::Open(_) | Step::Peek(_) | Step::Printable(_) => true,
        Step::Send(_, bytes) => {
            // A server that has closed resets: what it sent before is still looked at.
            let _ = stream.write_all(bytes);
            true
        }
        Step::Receive(_, count) => {
            let mut chunk = vec![0; *count];
            let mut taken = 0;
            while taken < *count {
                match stream.read(&mut chunk[taken..]) {
                    Ok(0) => break,
                    Ok(length) => taken += length,
                    Err(error) => {
                        events.push(end_of(error.kind()));
                        break;
                    }
                }
            }
            received.extend_from_slice(&chunk[..taken]);
            taken == *count
        }
        Step::Fin(_) => {
            let _ = stream.shutdown(Shutdown::Write);
            true
        }
        Step::End(_) => {
            let end = stream.read_to_end(received);
            events.push(end.map_or_else(|error| end_of(error.kind()), |_| "closed"));
            events.last() == Some(&"closed")
        }
        Step::Reset(_) => {
            let _ = SockRef::from(&*stream).set_linger(Some(Duration::ZERO));
            // Closes now what the map of streams would close at the end.
            if let Ok(other) = UdpSocket::bind("127.0.0.1:0") {
                *stream = TcpStream::from(OwnedFd::from(other));
            }
            true
        }
        Step::Read(_) => {
            let ends = (stream.peer_addr(), stream.local_addr());
            let (Ok(server), Ok(client)) = ends else {
                return false;
            };
            events.push(reading("tcp", server.port(), Some(client.port()), limit));
            events.last() == Some(&"read")
        }
        Step::Flood(_, bytes) => {
            let (sender, sent) = mpsc::channel();
            let mut output = stream.try_clone().unwrap();
            let bytes = bytes.clone();
            let writer = thread::spawn(move || {
                for piece in bytes.chunks(64 * 1024) {
                    if output.write_all(piece).is_err() {
                        break;
                    }
                    let _ = sender.send(());
                }
                drop(sender);
                let _ = output.shutdown(Shutdown::Write);
            });
            while sent.recv_timeout(STUCK).is_ok() {}
            let end = stream.read_to_end(received);
            events.push(end.map_or_else(|error| end_of(error.kind()), |_| "closed"));
            writer.join().unwrap();
            true
        }
    }
}

fn udp_step(
    socket: &UdpSocket,
    step: &Step,
    received: &mut Vec<u8>,
    events: &mut Vec<&'static str>,
    limit: Duration,
) -> bool {
    match step {
        Step::Send(_, datagram) => {
            let _ = socket.send(datagram);
            true
        }
        Step::Peek(_) => {
            socket.set_nonblocking(true).unwrap();
            let came = socket.peek(&mut [0]).is_ok();
            socket.set_nonblocking(false).unwrap();
            events.push(if came {
                "one more came"
            } else {
                "nothing came"
            });
            true
        }
        Step::Printable(_) => {
            let mut datagram = vec![0; 65_536];
            let Ok(length) = socket.recv(&mut datagram) else {
                events.push("silent");
                return false;
            };
            let is_printable = |byte: &u8| matches!(byte, b' '..=b'~' | b'\r' | b'\n');
            let is_right = length <= 512 && datagram[..length].iter().all(is_printable);
            events.push(match length {
                0 => NONE,
                _ if is_right => SOME,
                _ => "something else",
            });
            true
        }
        Step::Read(_) => {
            let server = socket.peer_addr().unwrap();
            events.push(reading("udp", server.port(), None, limit));
            events.last() == Some(&"read")
        }
        Step::Receive(..) => {
            let mut datagram = vec![0; 65_536];
            match socket.recv(&mut datagram) {
                Ok(length) => {
                    received.extend_from_slice(&datagram[..length]);
                    received.push(b'|');
                    true
                }
                Err(error) => {
                    events.push(end_of(error.kind()));
                    false
                }
            }
        }
        other => panic!("no such step with datagrams: {other:?}"),
    }
}

/// The heads of HTTP responses with their lines in order and without the date; all else as it came.
fn in_order(received: &[u8]) -> Vec<u8> {
    let mut ordered = Vec::new();
    let mut rest = received;
    while let Some(start) = find(rest, b"HTTP/1.") {
        let end = find(&rest[start..], b"\r\n\r\n").map_or(rest.len(), |end| start + end);
        ordered.extend_from_slice(&rest[..start]);
        let head = String::from_utf8_lossy(&rest[start..end]).into_owned();
        let mut lines: Vec<&str> = head.split("\r\n").collect();
        lines.retain(|line| !line.starts_with("date:"));
        lines[1..].sort_unstable();
        ordered.extend(lines.join("\r\n").bytes());
        rest = &rest[end..];
    }
    ordered.extend_from_slice(rest);
    ordered
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Whether the server's socket has no byte left to read, within `limit`. A server bound to a port
/// answers to it; one connection is told from another by the client's port.
fn reading(table: &str, server: u16, client: Option<u16>, limit: Duration) -> &'static str {
    let end = Instant::now() + limit;
    loop {
        let queue = queue(table, server, client);
        match queue.as_deref() {
            Some("00000000") => return "read",
            None => return "gone",
            Some(_) if Instant::now() > end => return "unread",
            Some(_) => thread::yield_now(),
        }
    }
}

/// The column `rx_queue` of the server's socket in `/proc/net/TABLE`; `None` where there is none.
fn queue(table: &str, server: u16, client: Option<u16>) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/net/{table}")).unwrap();
    let port = |address: &str| {
        let (_, port) = address.split_once(':')?;
        u16::from_str_radix(port, 16).ok()
    };
    text.lines().skip(1).find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let is_it = port(fields.get(1)?)? == server
            && client.is_none_or(|client| fields.get(2).and_then(|at| port(at)) == Some(client));
        let (_, unread) = fields.get(4)?.split_once(':')?;
        is_it.then(|| unread.to_owned())
    })
}

fn end_of(error: ErrorKind) -> &'static str {
    match error {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "silent",
        _ => "broken",
    }
}

/// Bytes as text, with the present time as `NOW`; where they are many, their number and a hash.
fn readable(received: &[u8]) -> String {
    if received.starts_with(b"HTTP/") && received.len() > LONG_BYTES {
        return format!("{} bytes", received.len());
    }
    let received = &in_order(received)[..];
    if received.len() > 100_000 {
        return summed_up(received);
    }
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let mut text = received.escape_ascii().to_string();
    for second in now - 10..=now {
        let second = i64::try_from(second).unwrap();
        let iso = jiff::Timestamp::from_second(second).unwrap().to_string();
        let since_1900 = (second + 2_208_988_800) as u32;
        text = text
            .replace(&since_1900.to_be_bytes().escape_ascii().to_string(), "NOW")
            .replace(&second.to_string(), "NOW")
            .replace(&iso, "NOW");
    }
    if text.len() > 300 {
        return summed_up(text.as_bytes());
    }
    text
}

fn summed_up(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{} bytes, hash {:016x}", bytes.len(), hasher.finish())
}

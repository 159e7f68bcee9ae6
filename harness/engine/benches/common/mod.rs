//! What the benchmarks share: servers, clients, and plays of one kind of question.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread;

use sockspec_case::expect::Expectation;
use sockspec_case::plan::{self, Effort, Options};
use sockspec_case::play::{Cut, End, Ending, Payload, Play, Step, Steps};
use sockspec_case::player::Verdict;
use sockspec_case::style::Style;
use sockspec_engine::{Engine, Limits, Played, Target};
use sockspec_reference::Server;
use sockspec_spec::Spec;
use tokio::runtime::{Builder, Runtime};

/// The exercise that the benchmarks ask.
pub const KV: &str = include_str!("../../../../specs/kv.toml");
/// A question of it, and its answer.
pub const QUESTION: &[u8] = b"fa\n";
pub const ANSWER: &[u8] = b"OK sill\n";

/// A spec of this repository.
pub fn spec(source: &str) -> Arc<Spec> {
    Arc::new(sockspec_spec::load("spec.toml", source).0.unwrap())
}

/// What a grade is planned with when nothing is asked for.
pub fn options() -> Options {
    Options {
        strict: false,
        effort: Effort::Normal,
        seed: 862,
    }
}

/// A runtime as the command's own.
pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The reference server of an exercise, on a thread with a runtime of its own, until the process ends.
pub fn reference(exercise: &'static str) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        runtime().block_on(async {
            let server = Server::bind(exercise, &Default::default()).unwrap();
            tell.send(server.address()).unwrap();
            server.run().await;
        });
    });
    told.recv().unwrap().internet().unwrap()
}

/// The least server there is: blocking, one client after the other, until the process ends. It costs
/// next to nothing, so that what a client costs shows.
pub fn blocking() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that resets its connection is its own affair.
            let _ = serve(stream.unwrap());
        }
    });
    address
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut buffer, mut length) = ([0; 4096], 0);
    loop {
        match stream.read(&mut buffer[length..])? {
            0 => return Ok(()),
            read => length += read,
        }
        let mut start = 0;
        while let Some(end) = buffer[start..length].iter().position(|byte| *byte == b'\n') {
            match &buffer[start..start + end] {
                b"fa" => stream.write_all(ANSWER)?,
                b"FIN" => return stream.write_all(b"BYE\n"),
                _ => stream.write_all(b"ERR unknown key\n")?,
            }
            start += end + 1;
        }
        buffer.copy_within(start..length, 0);
        length -= start;
    }
}

/// Asks and reads until LF: all that a client can do with less is nothing.
pub fn ask(stream: &mut TcpStream, question: &[u8], answer: &[u8]) {
    stream.write_all(question).unwrap();
    let (mut buffer, mut length) = ([0; 4096], 0);
    while length == 0 || buffer[length - 1] != b'\n' {
        let read = stream.read(&mut buffer[length..]).unwrap();
        assert_ne!(read, 0);
        length += read;
    }
    assert_eq!(&buffer[..length], answer);
}

/// A connection of a bare client.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// An engine as a grade has it.
pub fn engine(target: Target) -> Engine {
    Engine::new(target, Limits::default())
}

/// Plays, and insists that all went well.
pub async fn pass(engine: &mut Engine, play: &Play) -> Played {
    let played = engine.play(play, false).await;
    assert_eq!(played.outcome.verdict, Verdict::Pass);
    played
}

/// A play of these steps in the reference servers' style.
pub fn play(spec: &Spec, steps: Vec<Step>, cut: Cut) -> Play {
    Play {
        label: String::new(),
        steps: Steps::Fixed(steps.into()),
        cut,
        style: Arc::new(Style::canonical(spec.framing)),
        framing: spec.framing,
        strict: false,
        server_first: spec.server_first,
        styled: spec.styled,
        ending: Ending::Leave,
        network: None,
    }
}

pub fn send(bytes: &[u8]) -> Step {
    Step::Send(1, vec![Payload::new(bytes)])
}

pub fn expect(text: &[u8]) -> Step {
    Step::Expect(1, Expectation::Text(text.to_vec()))
}

/// These steps, so many times.
pub fn repeated(steps: &[Step], count: usize) -> Vec<Step> {
    let times = count * steps.len();
    steps.iter().cycle().take(times).cloned().collect()
}

/// So many exchanges on one connection; the answer is held against a text.
pub fn exchanges(spec: &Spec, count: usize) -> Play {
    let pair = [send(QUESTION), expect(b"OK sill")];
    play(spec, repeated(&pair, count), Cut::Whole)
}

/// So many exchanges on one connection; the answer is held against the spec's own pattern.
pub fn matched_exchanges(spec: &Arc<Spec>, count: usize) -> Play {
    let case = spec.cases.iter().find(|case| case.id == "known-keys");
    let style = Arc::new(Style::canonical(spec.framing));
    let planned = plan::base(spec, case.unwrap(), &style, &options());
    let Steps::Fixed(steps) = &planned.plays[0].steps else {
        unreachable!("the case is a dialogue")
    };
    play(spec, repeated(&steps[..2], count), Cut::Whole)
}

/// Connects, asks once, says goodbye, and sees the server close.
pub fn short_dialogue(spec: &Spec) -> Play {
    let steps = vec![
        send(QUESTION),
        expect(b"OK sill"),
        send(b"FIN\n"),
        expect(b"BYE"),
        Step::ExpectEnd(1, End::Fin),
    ];
    play(spec, steps, Cut::Whole)
}

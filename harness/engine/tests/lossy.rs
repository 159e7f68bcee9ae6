//! Datagrams over the lossy network, both ways it is built: between two sockets, and as a proxy.
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use sockspec_case::expect::Expectation;
use sockspec_case::judge::judge;
use sockspec_case::loss::{self, ATTEMPTS, Direction, Fate, Mask, Network, Until};
use sockspec_case::play::{Cut, Deed, Ending, Payload, Play, Step, Steps};
use sockspec_case::player::Verdict;
use sockspec_case::style::Style;
use sockspec_case::transcript::Kind;
use sockspec_engine::lossy::Proxy;
use sockspec_engine::{Engine, Limits, Target};
use sockspec_reference::Server;
use sockspec_spec::model::Framing;
use tokio::net::UdpSocket;
use tokio::time::timeout;

/// Far beyond what an exchange on one machine takes.
const PATIENCE: Duration = Duration::from_secs(20);

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

/// The reference server of `echo-udp`, on this runtime.
fn echo() -> SocketAddr {
    let server = Server::bind("echo-udp", &Default::default()).unwrap();
    let address = server.address();
    tokio::spawn(server.run());
    address.internet().unwrap()
}

fn play(steps: Vec<Step>, network: Network) -> Play {
    Play {
        label: String::new(),
        steps: Steps::Fixed(steps.into()),
        cut: Cut::Whole,
        style: Arc::new(Style::canonical(Framing::Datagram)),
        styled: false,
        framing: Framing::Datagram,
        strict: true,
        server_first: false,
        ending: Ending::Leave,
        network: Some(Arc::new(network)),
    }
}

fn send(text: &str) -> Step {
    Step::Send(1, vec![Payload::new(text.as_bytes())])
}

fn expect(text: &str) -> Step {
    Step::Expect(1, Expectation::Bytes(text.as_bytes().to_vec()))
}

fn exchanges(count: usize) -> Vec<Step> {
    let texts = (0..count).map(|at| format!("question {at}"));
    texts
        .flat_map(|text| [send(&text), expect(&text)])
        .collect()
}

/// What happened, in letters: `>` sent, `+` sent once more, `<` received, `x` lost, `h` held back.
fn told(kinds: impl Iterator<Item = Kind>) -> String {
    let letter = |kind| match kind {
        Kind::Sent { .. } => Some('>'),
        Kind::Doubled(_) => Some('+'),
        Kind::Received(_) => Some('<'),
        Kind::Lost { .. } => Some('x'),
        Kind::Held { .. } => Some('h'),
        _ => None,
    };
    kinds.filter_map(letter).collect()
}

#[test]
fn every_loss_of_a_few_datagrams_comes_out_as_the_oracle_says() {
    runtime().block_on(async {
        let mut engine = Engine::new(Target::Udp(echo()), Limits::default());
        for mask in loss::every_loss(5, 3, ATTEMPTS) {
            let network = Network {
                mask: mask.clone(),
                attempts: ATTEMPTS,
                ..Network::default()
            };
            let play = play(exchanges(3), network);
            let played = engine.play(&play, false).await;
            assert_eq!(played.outcome.verdict, Verdict::Pass, "{mask}");
            let expected = loss::exchanges(&mask, 3, ATTEMPTS);
            let survive = expected.iter().filter(|one| one.survives).count();
            assert_eq!(played.outcome.answers.len(), survive, "{mask}");
            assert_eq!(played.outcome.given_up as usize, 3 - survive, "{mask}");
            assert_eq!(judge(&play, &played.transcript), played.outcome, "{mask}");
        }
    });
}

#[test]
fn datagrams_are_doubled_held_back_and_shown() {
    let until = Until {
        direction: Direction::ToServer,
        seq: 2,
    };
    let mask = Mask::new(vec![Fate::Dup(1), Fate::Hold(until)], Vec::new());
    let steps = vec![
        send("a"),
        expect("a"),
        expect("a"),
        send("b"),
        send("c"),
        expect("c"),
        expect("b"),
    ];
    runtime().block_on(async {
        let mut engine = Engine::new(Target::Udp(echo()), Limits::default());
        let network = Network {
            mask,
            ..Network::default()
        };
        let played = engine.play(&play(steps, network), false).await;
        assert_eq!(
            played.outcome.verdict,
            Verdict::Pass,
            "{:?}",
            played.transcript
        );
        let kinds = played.transcript.events.into_iter().map(|event| event.kind);
        assert_eq!(told(kinds), ">+<<h>><<");
    });
}

#[test]
fn an_answer_from_another_port_is_heard() {
    runtime().block_on(async {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let other = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let (address, wrong) = (server.local_addr().unwrap(), other.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            let (length, client) = server.recv_from(&mut [0; 64]).await.unwrap();
            other.send_to(&[b'a'; 64][..length], client).await.unwrap();
            // Its own port stays open: nothing is refused.
            server.recv_from(&mut [0; 64]).await.unwrap();
        });
        let mut engine = Engine::new(Target::Udp(address), Limits::default());
        let play = play(vec![send("a"), expect("a")], Network::default());
        let played = engine.play(&play, false).await;
        serving.abort();
        let heard = played.transcript.events.iter().any(|event| {
            matches!(&event.kind, Kind::Elsewhere { from, bytes } if *from == wrong.to_string() && bytes == b"a")
        });
        assert!(heard, "{:?}", played.transcript);
        assert!(matches!(played.outcome.verdict, Verdict::Fail(_)));
        assert_eq!(judge(&play, &played.transcript), played.outcome);
    });
}

#[test]
fn a_client_that_is_gone_makes_the_system_say_so() {
    runtime().block_on(async {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = server.local_addr().unwrap();
        let mut engine = Engine::new(Target::Udp(address), Limits::default());
        let steps = vec![send("a"), Step::Do(1, Deed::Close)];
        engine.play(&play(steps, Network::default()), false).await;
        let (_, client) = server.recv_from(&mut [0; 64]).await.unwrap();
        // A connected socket is told (ICMP, port unreachable).
        server.connect(client).await.unwrap();
        server.send(b"a").await.unwrap();
        let told = timeout(PATIENCE, server.recv(&mut [0; 64])).await.unwrap();
        assert_eq!(
            told.unwrap_err().kind(),
            std::io::ErrorKind::ConnectionRefused
        );
    });
}

/// A client of a proxy: asks, and takes whatever comes.
async fn asked(client: &UdpSocket, proxy: SocketAddr, text: &str) {
    client.send_to(text.as_bytes(), proxy).await.unwrap();
}

async fn answer(client: &UdpSocket) -> (String, SocketAddr) {
    let mut buffer = [0; 64];
    let received = timeout(PATIENCE, client.recv_from(&mut buffer)).await;
    let (length, from) = received.unwrap().unwrap();
    (
        String::from_utf8_lossy(&buffer[..length]).into_owned(),
        from,
    )
}

#[test]
fn a_proxy_does_what_its_mask_says_for_each_client_and_logs_it() {
    let hold = |seq| {
        Fate::Hold(Until {
            direction: Direction::ToClient,
            seq,
        })
    };
    let mask = Mask::new(
        vec![Fate::Drop],
        vec![
            Fate::Pass,
            hold(2),
            Fate::Pass,
            Fate::Dup(1),
            Fate::Elsewhere,
        ],
    );
    runtime().block_on(async {
        let wanted = mask.clone();
        let proxy = Proxy::start(echo(), move || mask.clone()).await.unwrap();
        for number in 0..2 {
            let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            let ask = |text| asked(&client, proxy.address(), text);
            ask("lost").await;
            ask("plain").await;
            assert_eq!(answer(&client).await, ("plain".into(), proxy.address()));
            ask("held").await;
            ask("sooner").await;
            assert_eq!(answer(&client).await.0, "sooner");
            assert_eq!(answer(&client).await.0, "held");
            ask("twice").await;
            assert_eq!(answer(&client).await.0, "twice");
            assert_eq!(answer(&client).await.0, "twice");
            ask("elsewhere").await;
            let (text, from) = answer(&client).await;
            assert_eq!(text, "elsewhere");
            assert!(from != proxy.address() && from.ip() == proxy.address().ip());
            // The log is a mask that does the same again.
            assert_eq!(proxy.log().masks[number], wanted);
        }
        let log = proxy.log().carried;
        assert!(log.iter().any(|one| one.client == 2));
    });
}

#[test]
fn a_proxy_before_no_server_carries_on() {
    runtime().block_on(async {
        let nobody = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = nobody.local_addr().unwrap();
        drop(nobody);
        let proxy = Proxy::start(address, Mask::default).await.unwrap();
        let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        for count in 1..=3 {
            asked(&client, proxy.address(), "anybody there?").await;
            while proxy.log().carried.len() < count {
                tokio::task::yield_now().await;
            }
        }
        assert!(client.try_recv(&mut [0; 8]).is_err());
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_mask_is_survived_as_the_oracle_says(
        requests in prop::collection::vec(any::<bool>(), 0..12),
        answers in prop::collection::vec(any::<bool>(), 0..12),
        count in 1usize..6,
    ) {
        let fates = |lost: Vec<bool>| -> Vec<Fate> {
            lost.iter().map(|lost| if *lost { Fate::Drop } else { Fate::Pass }).collect()
        };
        let mask = Mask::new(fates(requests), fates(answers));
        let network = Network { mask: mask.clone(), attempts: ATTEMPTS, ..Network::default() };
        let play = play(exchanges(count), network);
        let played = runtime().block_on(async {
            Engine::new(Target::Udp(echo()), Limits::default()).play(&play, false).await
        });
        let expected = loss::exchanges(&mask, count, ATTEMPTS);
        let survive = expected.iter().filter(|one| one.survives).count();
        prop_assert_eq!(played.outcome.verdict, Verdict::Pass);
        prop_assert_eq!(played.outcome.answers.len(), survive);
    }
}

//! `sockspec record`: what a client and a server say to each other, as a spec file.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sockspec_case::session::{self, Naming};
use sockspec_engine::Target;
use sockspec_engine::recording::{Place, Recorder, Recording, Until};
use sockspec_report::Lang;
use sockspec_spec::model::{Framing, Transport};

use crate::args::{self, FramingArg, TransportArg};
use crate::command::output;
use crate::exit::Exit;
use crate::{interrupt, messages, printer};

/// Listens until it is told to stop, then writes the spec.
pub async fn run(args: args::Record, lang: Lang) -> Exit {
    match record(&args, lang).await {
        Ok(()) => Exit::Passed,
        Err(exit) => exit,
    }
}

async fn record(args: &args::Record, lang: Lang) -> Result<(), Exit> {
    let transport = match args.transport {
        TransportArg::Tcp => Transport::Tcp,
        TransportArg::Udp => Transport::Udp,
        TransportArg::Unix => Transport::Unix,
    };
    let to = Target::resolve(&args.to, transport, 0)
        .await
        .map_err(|error| {
            printer::error(&messages::bad_address(lang, &error));
            Exit::Usage
        })?;
    let port = match &to {
        Target::Tcp(address) | Target::Udp(address) => address.port(),
        Target::Unix(_) | Target::Nowhere => 0,
    };
    let place = place(&args.listen, transport, lang).await?;
    let recorder = Recorder::listen(&place, to).await.map_err(|error| {
        printer::error(&messages::no_listening(
            lang,
            &args.listen,
            &error.to_string(),
        ));
        Exit::Unreachable
    })?;
    printer::message(&messages::recording(lang, &recorder.address(), &args.to));
    let until = Until {
        sessions: args.sessions.map(|sessions| sessions as usize),
        time: args.seconds.map(Duration::from_secs),
    };
    // Whoever asks it to end wants what was heard.
    let stop = async {
        interrupt::received().await;
    };
    let Recording { recorded, is_cut } = recorder.record(until, stop).await;
    let naming = Naming {
        id: id(args.out.as_deref()),
        transport,
        framing: args.framing.map(|framing| match framing {
            FramingArg::Lines => Framing::Lines,
            FramingArg::Bytes => Framing::Bytes,
        }),
        port,
    };
    let Some(spec) = session::spec(&recorded, &naming) else {
        printer::error(&messages::nothing_heard(lang, &args.to));
        return Err(Exit::Unreachable);
    };
    if is_cut {
        printer::message(&messages::recording_cut(lang));
    }
    output::put(
        args.out.as_deref(),
        sockspec_spec::write(&spec).as_bytes(),
        lang,
    )?;
    if let Some(file) = &args.out {
        let (file, cases) = (file.display().to_string(), spec.cases.len().to_string());
        printer::message(&messages::spec_right(lang, &file, &cases));
    }
    Ok(())
}

/// Where clients connect: a name is resolved once.
async fn place(listen: &str, transport: Transport, lang: Lang) -> Result<Place, Exit> {
    if transport == Transport::Unix {
        // A port means nothing there: whoever leaves it out gets a word about it.
        if listen.starts_with("127.0.0.1:") {
            printer::error(&messages::no_listening(lang, listen, "AF_UNIX"));
            return Err(Exit::Usage);
        }
        return Ok(Place::Unix(PathBuf::from(listen)));
    }
    let found = tokio::net::lookup_host(listen).await;
    let chosen = found.and_then(|mut found| {
        let first: Option<SocketAddr> = found.next();
        first.ok_or_else(|| std::io::ErrorKind::NotFound.into())
    });
    let address = chosen.map_err(|error| {
        printer::error(&messages::no_listening(lang, listen, &error.to_string()));
        Exit::Usage
    })?;
    Ok(match transport {
        Transport::Udp => Place::Udp(address),
        _ => Place::Tcp(address),
    })
}

/// The id of a spec is the name of its file: letters, digits and hyphens.
fn id(file: Option<&Path>) -> String {
    let stem = file.and_then(Path::file_stem).unwrap_or_default();
    let is_kept = |character: char| character.is_ascii_alphanumeric();
    let name = stem.to_string_lossy().to_lowercase();
    let words: Vec<&str> = name
        .split(|c| !is_kept(c))
        .filter(|word| !word.is_empty())
        .collect();
    match words
        .first()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        true => words.join("-"),
        false => "recording".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_file_s_name() {
        let id = |file: &str| id(Some(Path::new(file)));
        assert_eq!(id("specs/My server_2.toml"), "my-server-2");
        assert_eq!(id("42.toml"), "recording");
        assert_eq!(super::id(None), "recording");
    }
}

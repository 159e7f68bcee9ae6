use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, process, thread};

const MAX: u64 = 65_537;

fn answer(line: &str) -> String {
    let (command, text) = line.split_once(' ').unwrap_or((line, ""));
    match command {
        "UPPER" => text.to_uppercase(),
        "LOWER" => text.to_lowercase(),
        "DATENOW" => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64().to_string(),
        _ => "ERR unknown command".to_string(),
    }
}

fn client(stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut out = stream;
    loop {
        let mut line = Vec::new();
        let n = reader.by_ref().take(MAX).read_until(b'\n', &mut line)?;
        if n == 0 {
            return Ok(());
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if n as u64 == MAX {
            return out.write_all(b"ERR line too long\n");
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let text = match String::from_utf8(line) {
            Ok(line) => answer(&line),
            Err(_) => "ERR invalid UTF-8".to_string(),
        };
        out.write_all(format!("{text}\n").as_bytes())?;
    }
}

fn main() {
    let Some(port) = env::args().nth(1).and_then(|p| p.parse::<u16>().ok()) else {
        eprintln!("usage: read_until PORT");
        process::exit(1);
    };
    let listener = TcpListener::bind(("0.0.0.0", port)).unwrap_or_else(|e| {
        eprintln!("{e}");
        process::exit(1);
    });
    for stream in listener.incoming().flatten() {
        thread::spawn(move || {
            if let Err(e) = client(stream) {
                eprintln!("{e}");
            }
        });
    }
}

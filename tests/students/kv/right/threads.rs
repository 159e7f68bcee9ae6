use std::collections::HashMap;
use std::io::{self, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

type Data = HashMap<String, String>;

fn serve(stream: TcpStream, data: &Data) -> io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut line = Vec::new();
    for byte in BufReader::new(stream).bytes() {
        let byte = byte?;
        if byte != b'\n' {
            line.push(byte);
            if line.len() > 65_536 {
                return out.write_all(b"ERR line too long\n");
            }
            continue;
        }
        let key = String::from_utf8_lossy(&line).trim().to_string();
        line.clear();
        if key == "FIN" {
            return out.write_all(b"BYE\n");
        }
        match data.get(&key) {
            Some(value) => writeln!(out, "OK {value}")?,
            None => out.write_all(b"ERR unknown key\n")?,
        }
    }
    Ok(())
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 2 {
        eprintln!("usage: {} port", args[0]);
        std::process::exit(1);
    }
    let listener = match TcpListener::bind(format!("127.0.0.1:{}", args[1])) {
        Ok(l) => l,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(1);
        }
    };
    let data: Arc<Data> = Arc::new(
        [("fa", "sill"), ("mi", "lion"), ("li", "nez")]
            .map(|(k, v)| (k.to_string(), v.to_string()))
            .into(),
    );
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        let data = Arc::clone(&data);
        thread::spawn(move || {
            let _ = serve(stream, &data);
        });
    }
}

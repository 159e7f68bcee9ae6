use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn client(mut s: TcpStream) -> std::io::Result<()> {
    let mut buf = [0u8; 1024];
    loop {
        let n = s.read(&mut buf)?;
        if n == 0 {
            return Ok(());
        }
        let texte = String::from_utf8(buf[..n].to_vec()).unwrap();
        s.write_all(texte.to_uppercase().as_bytes())?;
    }
}

fn main() {
    let port = std::env::args().nth(1).expect("port");
    let l = TcpListener::bind(format!("127.0.0.1:{port}")).expect("bind");
    for s in l.incoming() {
        if let Ok(s) = s {
            thread::spawn(move || client(s));
        }
    }
}

use std::{env, net, process};

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() != 2 {
        eprintln!("Usage: {} <port>", args[0]);
        process::exit(1);
    }
    let socket_locale = net::UdpSocket::bind(format!("0.0.0.0:{}", &args[1])).expect("Pb bind");
    let mut buf = vec![0; 65536];
    loop {
        match socket_locale.recv_from(&mut buf) {
            Ok((n, source)) => {
                if let Err(e) = socket_locale.send_to(&buf[..n].to_ascii_uppercase(), source) {
                    eprintln!("{source} : {e}");
                }
            }
            Err(e) => eprintln!("{e}"),
        }
    }
}

//! `files`, and the mistakes in its answers.

use std::net::TcpStream;
use std::path::Path;

use sockspec_kit::{Root, ServeError};

use crate::connection::Stop;
use crate::life::Life;
use crate::line_server::{self, Answer, Dialogue};
use crate::mistake::Mistake;
use crate::options::Arguments;
use crate::tree::{Found, Tree};

/// The options: the folder to serve.
pub(crate) const OPTIONS: &[&str] = &["--root"];

/// The folder that is asked for, or a tree written out.
pub(crate) fn root(arguments: &Arguments) -> Result<Root, ServeError> {
    let path = arguments.text("--root").map(Path::new);
    Root::open(path).map_err(|error| arguments.usage(format!("cannot serve the folder: {error}")))
}

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
    root: &Root,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let tree = Tree::new(root.path(), mistake);
    line_server::server(mistake, move || Files {
        mistake,
        tree: tree.clone(),
    })
}

struct Files {
    mistake: Option<Mistake>,
    tree: Tree,
}

impl Dialogue for Files {
    fn answer(&mut self, request: &str) -> Answer {
        if request == "FIN" {
            return Answer::Last("BYE".to_owned());
        }
        let Some(path) = request.strip_prefix("GET ") else {
            return match self.mistake {
                Some(Mistake::BareCommandKills) if request == "GET" => {
                    Answer::Death("a command has no argument")
                }
                Some(Mistake::UnknownCommandKills) => Answer::Death("a command is in no table"),
                _ => Answer::Line("ERR unknown command".to_owned()),
            };
        };
        match self.tree.find(path) {
            Found::File(mut bytes) => {
                let size = self.tree.size(&bytes);
                if self.mistake == Some(Mistake::EndsFileWithNewline) {
                    bytes.push(b'\n');
                }
                Answer::Counted(format!("OK {size}"), bytes)
            }
            Found::Missing => Answer::Line("ERR not found".to_owned()),
            Found::Outside => Answer::Line("ERR forbidden".to_owned()),
            Found::Death(reason) => Answer::Death(reason),
        }
    }
}

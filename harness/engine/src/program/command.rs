//! The command that starts a program: words as a shell would split them, with placeholders.
//!
//! No shell runs it, unless the command itself names one. Values are put in after the words are split, so
//! that none of them can become two words.

use sockspec_spec::model::Transport;

/// What stands in a command for a value that the harness chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// The port to listen on.
    Port,
    /// The address to listen on.
    Host,
    /// The path of a Unix socket.
    Path,
    /// Another server's address, `HOST:PORT`; empty where there is none.
    Peer,
    /// A file of data.
    Data,
    /// A folder to serve.
    Root,
}

impl Placeholder {
    /// What tells a program of `transport` where it, or its server, listens.
    pub fn place(transport: Transport) -> Self {
        match transport {
            Transport::Unix => Placeholder::Path,
            Transport::Tcp | Transport::Udp | Transport::None => Placeholder::Port,
        }
    }

    const ALL: [Placeholder; 6] = [
        Placeholder::Port,
        Placeholder::Host,
        Placeholder::Path,
        Placeholder::Peer,
        Placeholder::Data,
        Placeholder::Root,
    ];

    /// As it stands in a command.
    pub const fn as_str(self) -> &'static str {
        match self {
            Placeholder::Port => "{port}",
            Placeholder::Host => "{host}",
            Placeholder::Path => "{path}",
            Placeholder::Peer => "{peer}",
            Placeholder::Data => "{data}",
            Placeholder::Root => "{root}",
        }
    }
}

/// What stands for the placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The port to listen on.
    pub port: String,
    /// The address to listen on.
    pub host: String,
    /// The path of a Unix socket.
    pub path: String,
    /// Another server's address; empty where there is none.
    pub peer: String,
    /// A file of data; empty where the exercise has none.
    pub data: String,
    /// A folder to serve; empty where the exercise has none.
    pub root: String,
}

impl Values {
    fn of(&self, placeholder: Placeholder) -> &str {
        match placeholder {
            Placeholder::Port => &self.port,
            Placeholder::Host => &self.host,
            Placeholder::Path => &self.path,
            Placeholder::Peer => &self.peer,
            Placeholder::Data => &self.data,
            Placeholder::Root => &self.root,
        }
    }
}

/// A command, split in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    text: String,
    words: Vec<String>,
}

/// A command that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// It has no word.
    #[error("the command is empty")]
    Empty,
    /// A quotation mark is not closed.
    #[error("a quotation mark of the command is not closed")]
    Unclosed,
    /// The harness could not say where to listen.
    #[error("the command has no `{placeholder}`")]
    NoPlace {
        /// What is missing.
        placeholder: &'static str,
    },
}

/// Why a word of a command cannot be taken out or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The placeholder is only a part of a word.
    PartOfAWord,
    /// A shell takes the command apart in its own way.
    ShellLine,
}

/// Shells that are given their command as one word, after `-c`.
const SHELLS: [&str; 7] = ["sh", "bash", "dash", "zsh", "ksh", "fish", "busybox"];

impl CommandLine {
    /// Reads a command.
    ///
    /// # Errors
    /// It has no words, or quotes that do not match.
    pub fn parse(text: &str) -> Result<Self, CommandError> {
        let words = shell_words::split(text).map_err(|_| CommandError::Unclosed)?;
        match words.is_empty() {
            true => Err(CommandError::Empty),
            false => Ok(CommandLine {
                text: text.to_owned(),
                words,
            }),
        }
    }

    /// Reads the command of a server, which must be told where to listen.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); also when `place` stands nowhere in it.
    pub fn of_server(text: &str, place: Placeholder) -> Result<Self, CommandError> {
        let command = Self::parse(text)?;
        match command.mentions(place) {
            true => Ok(command),
            false => Err(CommandError::NoPlace {
                placeholder: place.as_str(),
            }),
        }
    }

    /// Whether a placeholder stands anywhere in it.
    pub fn mentions(&self, placeholder: Placeholder) -> bool {
        self.words
            .iter()
            .any(|word| word.contains(placeholder.as_str()))
    }

    /// As the user wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words to execute.
    pub fn fill(&self, values: &Values) -> Vec<String> {
        let fill = |word: &String| {
            Placeholder::ALL.iter().fold(word.clone(), |word, one| {
                word.replace(one.as_str(), values.of(*one))
            })
        };
        self.words.iter().map(fill).collect()
    }

    /// A line for a person's shell.
    pub fn shown(&self, values: &Values) -> String {
        shell_words::join(self.fill(values))
    }

    /// Whether words can be taken out, replaced or added.
    pub fn obstacle(&self, place: Placeholder) -> Option<Obstacle> {
        let name = |word: &str| word.rsplit('/').next().unwrap_or_default().to_owned();
        let shell = self
            .words
            .iter()
            .position(|word| SHELLS.contains(&&*name(word)));
        let line = shell.is_some_and(|at| {
            let is_flag = |word: &String| word.starts_with('-') && word.ends_with('c');
            self.words[at + 1..].iter().any(is_flag)
        });
        match () {
            () if line => Some(Obstacle::ShellLine),
            () if self.words.iter().any(|word| word == place.as_str()) => None,
            () => Some(Obstacle::PartOfAWord),
        }
    }

    /// The same command without the word that says where to listen.
    pub fn without(&self, place: Placeholder) -> Self {
        let mut command = self.clone();
        command.words.retain(|word| word != place.as_str());
        command
    }

    /// The same command without the words that say where the other side is.
    pub fn without_place(&self) -> Self {
        let place = [Placeholder::Host, Placeholder::Port, Placeholder::Path];
        let mut command = self.clone();
        command
            .words
            .retain(|word| !place.iter().any(|one| word.contains(one.as_str())));
        command
    }

    /// The same command with `text` where it says where to listen.
    pub fn with(&self, place: Placeholder, text: &str) -> Self {
        let mut command = self.clone();
        for word in &mut command.words {
            if word == place.as_str() {
                text.clone_into(word);
            }
        }
        command
    }

    /// The same command with one more word.
    pub fn and(&self, word: &str) -> Self {
        let mut command = self.clone();
        command.words.push(word.to_owned());
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(text: &str) -> CommandLine {
        CommandLine::of_server(text, Placeholder::Port).unwrap()
    }

    fn values() -> Values {
        Values {
            port: "2056".to_owned(),
            host: "127.0.0.1".to_owned(),
            root: "/tmp/a b".to_owned(),
            ..Values::default()
        }
    }

    #[test]
    fn words_are_split_before_values_are_put_in() {
        let command = server("python3 'my server.py' --at={host}:{port} {root} {peer} {other}");
        assert_eq!(
            command.fill(&values()),
            [
                "python3",
                "my server.py",
                "--at=127.0.0.1:2056",
                "/tmp/a b",
                "",
                "{other}"
            ]
        );
        assert_eq!(
            server("./server {port} {root}").shown(&values()),
            "./server 2056 '/tmp/a b'"
        );
    }

    #[test]
    fn a_command_that_cannot_be_used_says_why() {
        assert_eq!(CommandLine::parse("  "), Err(CommandError::Empty));
        assert_eq!(CommandLine::parse("echo 'a"), Err(CommandError::Unclosed));
        assert_eq!(
            CommandLine::of_server("./server", Placeholder::Port),
            Err(CommandError::NoPlace {
                placeholder: "{port}"
            })
        );
    }

    #[test]
    fn the_place_is_taken_out_or_replaced_only_where_it_is_a_word() {
        let place = Placeholder::Port;
        assert_eq!(server("./server {port}").obstacle(place), None);
        assert_eq!(server("bash server.sh {port}").obstacle(place), None);
        for line in [
            "sh -c './server {port}'",
            "env A=1 /bin/bash -ec 'exec ./server {port}' x",
        ] {
            assert_eq!(
                server(line).obstacle(place),
                Some(Obstacle::ShellLine),
                "{line}"
            );
        }
        let part = server("./server --port={port}").obstacle(place);
        assert_eq!(part, Some(Obstacle::PartOfAWord));
        let command = server("./server {port} {host}");
        assert_eq!(
            command.without(place).fill(&values()),
            ["./server", "127.0.0.1"]
        );
        assert_eq!(
            command.with(place, "abc").and("x").fill(&values()),
            ["./server", "abc", "127.0.0.1", "x"]
        );
    }
}

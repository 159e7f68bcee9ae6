//! What may be typed: flags as they come, nothing done yet.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// The conformance suite for socket-programming exercises.
#[derive(Debug, Parser)]
#[command(name = "sockspec", version, about, max_term_width = 100)]
pub struct Args {
    /// Language of reports and messages (else the locale's)
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    #[command(subcommand)]
    pub command: Command,
}

/// A language.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangArg {
    Fr,
    En,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Grades a server at an address, or one that it starts
    Grade(Grade),
    /// Searches for failures beyond a grade, with cases drawn at random, and writes what it finds
    Fuzz(Fuzz),
    /// Lists the exercises, or the cases of one
    List(List),
    /// Runs the reference server of an exercise, or a flawed one
    Serve(Serve),
    /// Runs the reference client of an exercise on this terminal
    Connect(Connect),
    /// Checks spec files and shows every mistake
    Check(Check),
    /// Explains a cause that a report names, or a code of a spec's mistake
    Explain(Explain),
    /// Sits between a client and a server and writes what they say as a spec file
    Record(Record),
    /// Keeps what a server says as dialogues to be read, and compares it later
    Snapshot(Snapshot),
    /// Renders a saved grade again
    Report(Report),
    /// Puts the saved grades of a class into one table, with the mistakes that several made
    Class(Class),
    /// Writes the sheet of an exercise for students
    Handout(Handout),
    /// A list of all exercises, to try each with a server started here or at an address
    Menu,
    /// Says what this machine allows, and what that means for grades
    Doctor,
    /// Writes what a shell needs to complete this command
    Completions(Completions),
    /// Writes the manual page
    Man,
}

/// `sockspec grade`.
#[derive(Debug, ClapArgs)]
pub struct Grade {
    /// An exercise's id (see `sockspec list`), or the path of a spec file
    pub exercise: String,
    /// HOST:PORT of the server, or the path of its Unix socket; without it, and without --run, the
    /// embedded reference server is graded
    pub address: Option<String>,
    /// Start the server by this command, as often as needed: `python3 server.py {port}`; other
    /// placeholders are {host}, {path}, {peer}, {data} and {root}
    #[arg(
        long,
        value_name = "COMMAND",
        conflicts_with = "address",
        group = "program"
    )]
    pub run: Option<String>,
    /// Grade the client that this command starts: `python3 client.py {host} {port}`, or {path} for a Unix socket;
    /// the harness is its server, its keyboard and its screen
    #[arg(long, value_name = "COMMAND", conflicts_with_all = ["address", "run"], group = "program")]
    pub client: Option<String>,
    /// Give the client a terminal from the start
    #[arg(long, requires = "client")]
    pub pty: bool,
    /// Build the program by this command first
    #[arg(long, value_name = "COMMAND", requires = "program")]
    pub build: Option<String>,
    /// Run both in this folder (else the current one)
    #[arg(long, value_name = "FOLDER", requires = "program")]
    pub cwd: Option<PathBuf>,
    /// Hand this variable of the environment on, beside those that programs usually need; may be
    /// repeated
    #[arg(long, value_name = "NAME", requires = "program")]
    pub env: Vec<String>,
    /// Accept only what the reference server says
    #[arg(long)]
    pub strict: bool,
    /// Grade only the cases up to this level (1 to 5)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub level: Option<u8>,
    /// Grade only the cases whose id fits (`*` and `?`); may be repeated
    #[arg(long, value_name = "GLOB")]
    pub case: Vec<String>,
    /// The seed of everything drawn at random
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub seed: u64,
    /// How many derived dialogues to play
    #[arg(long, value_enum, default_value_t = EffortArg::Normal)]
    pub effort: EffortArg,
    /// Multiply every time limit, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    pub time_scale: f64,
    /// Change a time limit: `build`, `start` (until the program listens) or `total`; may be repeated
    #[arg(long, value_name = "WHAT=SECONDS")]
    pub limit: Vec<String>,
    /// Write the grade in this format, to a file when one is named; may be repeated
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<String>,
    #[command(flatten)]
    pub reader: Reader,
    /// Succeed (exit 0) when at least this percentage of the points is reached
    #[arg(long, value_name = "PERCENT")]
    pub min_score: Option<f64>,
    /// Say only the score
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show every transcript
    #[arg(short, long)]
    pub verbose: bool,
}

/// What a course platform or a teacher wants of the formats.
#[derive(Debug, Default, ClapArgs)]
pub struct Reader {
    /// The grades of the course platform (formats vpl and moodle-csv): the greatest, as `20`, or
    /// LEAST..GREATEST; without it, points
    #[arg(long, value_name = "GRADES", allow_hyphen_values = true)]
    pub scale: Option<String>,
    /// The student, as the gradebook names them (format moodle-csv); without it, the target
    #[arg(long, value_name = "NAME")]
    pub student: Option<String>,
    /// Show the cases that are shown after the deadline only
    #[arg(long)]
    pub past_due: bool,
    /// Show the hidden cases too
    #[arg(long)]
    pub teacher: bool,
}

/// The seed when none is given: fixed, so that a grade is the same every time.
pub const DEFAULT_SEED: u64 = 862;

/// How many derived dialogues.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum EffortArg {
    Quick,
    Normal,
    Deep,
}

/// `sockspec fuzz`.
#[derive(Debug, ClapArgs)]
pub struct Fuzz {
    /// An exercise's id (see `sockspec list`), or the path of a spec file
    pub exercise: String,
    /// HOST:PORT of the server, or the path of its Unix socket; without it the embedded reference
    /// server is searched
    pub address: Option<String>,
    /// Play at most this many cases
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub cases: Option<u64>,
    /// Search at most this long (without --cases: a minute)
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: Option<u64>,
    /// The seed: the same seed draws the same cases
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    pub seed: u64,
    /// Write what is found to this folder, as spec files
    #[arg(long, value_name = "DIR", default_value = "counterexamples")]
    pub out: PathBuf,
    /// Multiply every time limit, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    pub time_scale: f64,
}

/// `sockspec list`.
#[derive(Debug, ClapArgs)]
pub struct List {
    /// An exercise: its cases are listed
    pub exercise: Option<String>,
    /// List the flawed servers instead
    #[arg(long)]
    pub flaws: bool,
    /// Print the exercise's spec file instead, to be adapted
    #[arg(long, requires = "exercise", conflicts_with = "flaws")]
    pub spec: bool,
}

/// `sockspec serve`.
#[derive(Debug, ClapArgs)]
pub struct Serve {
    /// An exercise's id
    pub exercise: String,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// The port; 0 lets the system choose. Without it, the exercise's usual port
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "")]
    pub port: Option<String>,
    /// The path, for an exercise on a Unix socket
    #[arg(long)]
    pub path: Option<PathBuf>,
    /// Run the server with this student mistake instead (see `sockspec list EXERCISE --flaws`)
    #[arg(long)]
    pub flaw: Option<String>,
    /// Write the tree of files that `files` and `web` serve to a folder, for students, and leave
    #[arg(long, value_name = "DIR")]
    pub write_site: Option<PathBuf>,
    /// Options of the exercise, e.g. `--secret 42`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub options: Vec<String>,
}

/// `sockspec connect`.
#[derive(Debug, ClapArgs)]
pub struct Connect {
    /// An exercise's id
    pub exercise: String,
    /// HOST:PORT of the server, or the path of its Unix socket
    pub address: String,
}

/// `sockspec check`.
#[derive(Debug, ClapArgs)]
pub struct Check {
    /// Spec files
    #[arg(required = true)]
    pub specs: Vec<PathBuf>,
}

/// `sockspec explain`.
#[derive(Debug, ClapArgs)]
pub struct Explain {
    /// A cause (`one-recv-one-message`) or a code (`SS0101`); without it, all are listed
    pub code: Option<String>,
}

/// `sockspec report`.
#[derive(Debug, ClapArgs)]
pub struct Report {
    /// A grade saved by `--format json=FILE`
    pub grade: PathBuf,
    /// Write it in this format, to a file when one is named; may be repeated
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<String>,
    #[command(flatten)]
    pub reader: Reader,
    /// Say only the score
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show every transcript
    #[arg(short, long)]
    pub verbose: bool,
}

/// `sockspec record`.
#[derive(Debug, ClapArgs)]
pub struct Record {
    /// HOST:PORT of the server, or the path of its Unix socket
    #[arg(long, value_name = "ADDRESS")]
    pub to: String,
    /// Where the client shall connect: HOST:PORT (port 0 lets the system choose), or a path
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub listen: String,
    /// How they are joined
    #[arg(long, value_enum, default_value_t = TransportArg::Tcp)]
    pub transport: TransportArg,
    /// What makes a message; without it, lines where every request ends with a line feed, else bytes
    #[arg(long, value_enum)]
    pub framing: Option<FramingArg>,
    /// Write the spec to this file, whose name is its id; without it, on stdout
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// End when so many connections have ended (else with Ctrl-C)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=255))]
    pub sessions: Option<u32>,
    /// End after so many seconds
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: Option<u64>,
}

/// How two programs are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TransportArg {
    Tcp,
    Udp,
    Unix,
}

/// What makes a message of a stream.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FramingArg {
    Lines,
    Bytes,
}

/// `sockspec snapshot`.
#[derive(Debug, ClapArgs)]
pub struct Snapshot {
    /// What to do
    #[arg(value_enum)]
    pub action: SnapshotAction,
    /// An exercise's id (see `sockspec list`), or the path of a spec file
    pub exercise: String,
    /// HOST:PORT of the server, or the path of its Unix socket; without it the embedded reference
    /// server is asked
    pub address: Option<String>,
    /// The folder of the dialogues, a file a case (else `snapshots/EXERCISE`)
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Take only the cases whose id fits (`*` and `?`); may be repeated
    #[arg(long, value_name = "GLOB")]
    pub case: Vec<String>,
    /// Take only the cases up to this level (1 to 4)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub level: Option<u8>,
    /// Multiply every time limit, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    pub time_scale: f64,
}

/// What to do with snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SnapshotAction {
    /// Writes a dialogue for each case that has none yet
    Record,
    /// Shows what has changed since
    Compare,
    /// Takes what has changed into the dialogues, and keeps the patterns in them that still fit
    Bless,
}

/// `sockspec class`.
#[derive(Debug, ClapArgs)]
pub struct Class {
    /// Grades saved by `--format json=FILE`, one a student: the file's name is the student's
    #[arg(required = true, value_name = "GRADE")]
    pub grades: Vec<PathBuf>,
    /// Write it in this form, to a file when one is named; may be repeated: html, csv, markdown,
    /// moodle-csv
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<String>,
    /// Where each student's own report is: an address in which {name} is the student and {path} the
    /// path of the grade without `.json`, for example `{path}.html`
    #[arg(long, value_name = "ADDRESS")]
    pub link: Option<String>,
    /// The grades of the course platform (format moodle-csv): the greatest, as `20`, or
    /// LEAST..GREATEST; without it, points
    #[arg(long, value_name = "GRADES", allow_hyphen_values = true)]
    pub scale: Option<String>,
}

/// `sockspec handout`.
#[derive(Debug, ClapArgs)]
pub struct Handout {
    /// An exercise's id, or the path of a spec file
    pub exercise: String,
    /// Write it in this form
    #[arg(long, value_enum, default_value_t = HandoutFormat::Markdown)]
    pub format: HandoutFormat,
}

/// The form of a handout.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum HandoutFormat {
    Markdown,
    Html,
}

/// `sockspec completions`.
#[derive(Debug, ClapArgs)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

//! The JSON Schema of a spec file, for editors: mirror types, never built.
//!
//! The loader walks the TOML tables by hand, so as to find every mistake; these types say the same
//! to `schemars`. A test proves that both know the same keys.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// The JSON Schema of a spec file, as kept in `specs/spec.schema.json`.
pub fn json_schema() -> String {
    let schema = SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<SpecFile>();
    let mut schema = schema.to_value();
    remove_null(&mut schema);
    schema.sort_all_objects();
    format!("{schema:#}\n")
}

/// TOML has no null: a key that may be left out is an `Option` here, and never null in a file.
fn remove_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [kind] = types.as_slice() {
                    let kind = kind.clone();
                    map.insert("type".to_owned(), kind);
                }
            }
            if let Some(Value::Array(choices)) = map.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    map.remove("anyOf");
                    for (key, value) in only {
                        map.entry(key).or_insert(value);
                    }
                }
            }
            map.values_mut().for_each(remove_null);
        }
        Value::Array(list) => list.iter_mut().for_each(remove_null),
        _ => {}
    }
}

/// A sockspec exercise: how it is spoken and how it is graded.
#[derive(JsonSchema)]
#[schemars(
    title = "sockspec exercise",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct SpecFile {
    /// Stable slug; the file's name without `.toml`.
    id: Slug,
    /// Title, in both languages.
    title: Languages,
    /// What to build, a paragraph, in both languages (Markdown).
    summary: Languages,
    /// Where the exercise comes from: sheet and RFC.
    source: String,
    /// How the two sides are joined.
    transport: Transport,
    /// What makes a message.
    framing: Framing,
    /// The least that the exercise asks of a server.
    serving: Serving,
    /// The sheet's port; 0 where there is none. May be left out with the transport `unix`.
    port: Option<u16>,
    /// Whether the server's first words are part of the protocol, and no greeting.
    server_first: Option<bool>,
    /// Whether the server closes after the last answer.
    server_closes: Option<bool>,
    /// Whether targets have a style of their own, to be learnt; false where every byte is fixed, as
    /// by an RFC. Default true.
    styled: Option<bool>,
    /// What the bytes mean to the server, where that is a rule without words.
    echo: Option<Echo>,
    /// The id of the case that serves as control: level 1, an address is enough.
    control: Slug,
    /// Words with a canonical and accepted forms, by name.
    vocabulary: Option<BTreeMap<String, Word>>,
    /// The data files that the cases name.
    data: Option<Data>,
    /// The text of the file that stands for `{data}` in the command of a program that is started.
    data_file: Option<String>,
    /// Rhai functions that the scripts may call.
    functions: Option<String>,
    /// What a snapshot must not keep: dates, ports.
    redactions: Option<Vec<Redaction>>,
    /// The cases, in the order of play.
    case: Vec<Case>,
}

/// Small letters, digits and single hyphens.
#[derive(JsonSchema)]
#[schemars(transparent, inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Slug(#[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))] String);

/// A text in French and English.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Languages {
    /// French.
    fr: String,
    /// English.
    en: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Transport {
    Tcp,
    Udp,
    Unix,
    /// Not at all: the exercise is about the program's own streams.
    None,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Framing {
    /// UTF-8 lines ended by LF.
    Lines,
    /// A byte stream without messages.
    Bytes,
    /// One datagram, one message.
    Datagram,
    /// What one `recv` returned.
    Recv,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Serving {
    /// One client, then the program may end.
    OneShot,
    /// One client at a time.
    Iterative,
    /// Several at once.
    Parallel,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Echo {
    /// Answers are words.
    None,
    /// Every byte comes back unchanged.
    Same,
    /// a-z become A-Z; other characters in the server's dialect.
    Upper,
}

/// A word of the vocabulary: `{name}` or `{name:argument}` in a pattern.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Word {
    /// Name of the parameter; `{v}` in the forms stands for its value.
    takes: Option<Vec<String>>,
    /// What the reference server says: literal text with `{v}`, or `/regex/`.
    canonical: String,
    /// Other right answers: literal text or `/regex/`, each for the whole message.
    accepted: Option<Vec<String>>,
    /// What no right answer holds: `/regex/`, searched anywhere.
    rejected: Option<Vec<String>>,
    /// Compare without regard to letter case and accents.
    fold: Option<bool>,
}

/// Files whose bytes the cases send or expect: `{file:PATH}`, `{size:PATH}`.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Data {
    /// The folder of the files, from the spec file's own.
    folder: String,
    /// Their paths below the folder.
    files: Vec<String>,
}

/// What stands for a text that changes from run to run.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Redaction {
    /// Regex, without slashes, searched in each received text.
    pattern: String,
    /// What stands for it, such as `{timestamp}`.
    with: String,
}

/// One case.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Case {
    /// Stable slug, unique in the file.
    id: Slug,
    /// Raised when what the case asks changes. Default 1.
    #[schemars(range(min = 1))]
    version: Option<u32>,
    /// 1 it works, 2 framing and accents, 3 abrupt ends and bad input, 4 many clients, loss, load, 5
    /// the program itself.
    #[schemars(range(min = 1, max = 5))]
    level: u8,
    /// The law that the case stands for.
    law: Law,
    /// Points it is worth; 0 for information only. Default 1.
    #[schemars(range(max = 1000))]
    points: Option<u32>,
    /// The clause of the sheet or RFC that it checks.
    clause: String,
    /// Title, in both languages; `{column}` stands for a row's value.
    title: Languages,
    /// Hint for whoever fails it, in both languages.
    hint: Option<Languages>,
    /// What grading it takes. Default `address`.
    needs: Option<Needs>,
    /// Ids of the cases that must pass first.
    after: Option<Vec<Slug>>,
    /// Who sees it. Default `shown`.
    visibility: Option<Visibility>,
    /// Which families of derived cases come from it.
    derive: Option<Vec<Family>>,
    /// Whether it may share one connection with other cases.
    packable: Option<bool>,
    /// The cause that failing it usually means, a slug of `sockspec explain`.
    cause: Option<Slug>,
    /// How many clients at once the case takes.
    serving: Option<Serving>,
    /// The servers that the case takes, each an instance of the program; clients come to the first.
    servers: Option<Vec<Setup>>,
    /// Values for `{column}`: the case is played once a row.
    rows: Option<Vec<BTreeMap<String, String>>>,
    /// Half of the UTF-8 corpus: the case is played once for each of its texts, as `{text}`.
    corpus: Option<Corpus>,
    /// What is played, in the notation of `NOTATION.md`.
    dialogue: Option<String>,
    /// A Rhai script, where play must adapt.
    script: Option<String>,
}

/// How one of several instances of the program is started.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
struct Setup {
    /// What stands for `{peer}`: the number of one of these servers, from 1; `dead` (nobody listens) or
    /// `silent` (a client is taken in, and told nothing). Default: empty.
    #[schemars(regex(pattern = r"^([1-9][0-9]?|dead|silent)$"))]
    peer: Option<String>,
    /// The text of the file that stands for `{data}`. Default: that of the spec.
    data_file: Option<String>,
    /// The harness plays this server: the one request line that it answers, in which `{server1}` stands for the
    /// address of the first server. The case is then asked under `--strict` only.
    asked: Option<String>,
    /// What it answers.
    answer: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Law {
    /// The exercise's own protocol.
    Protocol,
    /// Answers do not depend on how bytes were cut.
    Segmentation,
    /// A fresh connection is served whatever one client did.
    Survival,
    /// One client never disturbs another.
    Isolation,
    /// What was asked before the FIN is answered, then the server closes.
    HalfClose,
    /// Text comes back as valid text.
    Encoding,
    /// Nothing is used at rest.
    Rest,
    /// Each datagram is answered on its own.
    Datagrams,
    /// What a client does when answers fail to come.
    Clients,
    /// Arguments, signals, restart.
    Program,
    /// Nothing leaves the root.
    Security,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Needs {
    /// An address is enough.
    Address,
    /// The harness must start the program.
    Run,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Visibility {
    /// Everybody.
    Shown,
    /// Never shown to students.
    Hidden,
    /// Shown once the deadline has passed.
    AfterDue,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Corpus {
    /// Texts that are UTF-8.
    Valid,
    /// Bytes that are not.
    Invalid,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", inline)]
#[expect(dead_code, reason = "only the schema derived from it is used")]
enum Family {
    /// Cut and coalesced in every way.
    Segmentation,
    /// Broken off at every step and inside every message.
    Ends,
    /// Asked by many clients, at once and in turn; from the control case only.
    Clients,
    /// Over networks that lose, double and reorder datagrams.
    Loss,
}

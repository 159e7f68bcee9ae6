//! Scripts: cases whose play must adapt to the answers, as in guess-the-number.
//!
//! A script does no I/O. It is run again from its start whenever an answer has come, over the log of
//! all answers so far, until it asks for something that is not in the log: that is the next step.
//! So a script is a pure function from answers to steps, and a transcript can be judged again.
//!
//! | call | does |
//! | --- | --- |
//! | `open(c)` | connects client `c` |
//! | `send(text)`, `send(c, text)` | sends one message |
//! | `answer()`, `answer(c)` | waits for one message: its text |
//! | `expect(pattern)`, `expect(c, pattern)` | one message that fits: a map of its captures and `text` |
//! | `expect_one(patterns)`, `expect_one(c, patterns)` | the same, and `which`: the index of the pattern |
//! | `expect_file(path)`, `expect_file(c, path)` | the bytes of a data file, no more and no less |
//! | `size(path)` | how many bytes a data file has |
//! | `response()`, `response(c)` | one HTTP response: a map of `status`, `minor` (0 for HTTP/1.0), `headers` (by name, in small letters), `body`, and `end`: how the end of the body is told (`none`, `length`, `chunked`, `close`) |
//! | `response_to_head()` | the same after HEAD: without a body |
//! | `response_or_end()` | the same, or the end of the connection: `status` is 0 |
//! | `response_or_text()` | the same, or any text up to the end: `status` is 0 |
//! | `file(path)` | the bytes of a data file, to be compared with a `body`; `.size`, `.contains(text)` |
//! | `expect_close()`, `expect_close(c)` | waits for the end of the connection |
//! | `expect_silence(c)` | nothing more comes, unless the end of the connection |
//! | `fin(c)`, `reset(c)`, `close(c)`, `abort(c)` | ends the connection (`abort`: a FIN, then a reset) |
//! | `stall(c)`, `resume(c)` | stops reading, reads again |
//! | `wait(ms)` | lets time pass |
//! | `fail(message)`, `fail(french, english)` | ends the case: it failed |
//! | `non_strict()` | what was seen is right, but not what the reference says: strictly it fails |
//! | `integers(text)` | the integers in a text, in order |

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use rhai::packages::{Package, StandardPackage};
use rhai::{AST, Array, Dynamic, Engine, EvalAltResult, Map, Position, Scope};
use sockspec_spec::Spec;
use sockspec_spec::dialogue::{self, Act, Item, Pattern};
use sockspec_spec::model::{Framing, Text};

use crate::expect::Expectation;
use crate::http::{self, Asked, BodyEnd, Reading};
use crate::pattern::{Matcher, Row};
use crate::play::{Deed, End, Payload, Play, Step};
use crate::unit::Ended;

/// How many operations one run of a script may take: far more than any honest game, and a
/// few milliseconds.
const MAX_OPERATIONS: u64 = 200_000;

static STANDARD: LazyLock<StandardPackage> = LazyLock::new(StandardPackage::new);

/// Most headers of a response that a script sees.
const MAX_HEADERS: usize = 200;

/// Bytes that a script compares, and does not look into.
#[derive(Clone, Debug)]
struct Bytes(Arc<[u8]>);

/// A compiled script.
#[derive(Debug)]
pub struct Script {
    ast: Result<AST, String>,
}

/// What a step of a script came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Which of the patterns fitted (0-based).
    pub which: usize,
    /// The answer without prompt and line end.
    pub content: Vec<u8>,
    /// What it bound.
    pub captures: Vec<(String, Vec<u8>)>,
}

/// What a script wants next.
#[derive(Clone, Debug)]
pub enum Next {
    /// This step.
    Step(Step),
    /// Nothing: the script has ended.
    Done,
}

/// One run of a script over the log.
struct Run {
    log: Vec<Answer>,
    at: usize,
    wanted: Option<Step>,
    spec: Arc<Spec>,
    framing: Framing,
    line_end: &'static [u8],
}

type Shared = Arc<Mutex<Run>>;
type Called<T> = Result<T, Box<EvalAltResult>>;

impl Script {
    /// Compiles a script. The spec's loader has compiled it before, so a failure here can only be a
    /// difference between the two; it is kept, and fails the case with its message.
    ///
    /// `functions` are those that the spec's scripts share.
    pub fn new(functions: &str, source: &str) -> Self {
        Script {
            ast: raw_engine()
                .compile(format!("{functions}\n{source}"))
                .map_err(|error| error.to_string()),
        }
    }

    /// What the script does up to its first expectation, whatever the target answers.
    pub fn opening(&self, play: &Play, spec: &Arc<Spec>) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        loop {
            let log = vec![Answer::default(); steps.len()];
            match self.next(play, spec, &log) {
                Next::Step(step @ (Step::Open(_) | Step::Send(..) | Step::Do(..))) => {
                    steps.push(step);
                }
                Next::Step(step @ Step::Expect(..)) => {
                    steps.push(step);
                    return steps;
                }
                Next::Step(_) | Next::Done => return steps,
            }
        }
    }

    /// The next step, after these answers.
    pub fn next(&self, play: &Play, spec: &Arc<Spec>, log: &[Answer]) -> Next {
        let ast = match &self.ast {
            Ok(ast) => ast,
            Err(message) => return Next::Step(Step::Fail(in_both(message))),
        };
        let line_end = match play.framing {
            Framing::Lines => play.style.request_end.bytes(),
            _ => b"",
        };
        let run = Arc::new(Mutex::new(Run {
            log: log.to_vec(),
            at: 0,
            wanted: None,
            spec: Arc::clone(spec),
            framing: play.framing,
            line_end,
        }));
        let mut engine = raw_engine();
        register(&mut engine, &run);
        let result = engine.run_ast_with_scope(&mut Scope::new(), ast);
        drop(engine);
        let wanted = lock(&run).wanted.take();
        match (wanted, result) {
            (Some(step), _) => Next::Step(step),
            (None, Ok(())) => Next::Done,
            (None, Err(error)) => Next::Step(Step::Fail(in_both(&error.to_string()))),
        }
    }
}

fn raw_engine() -> Engine {
    let mut engine = Engine::new_raw();
    STANDARD.register_into_engine(&mut engine);
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_string_size(1 << 20);
    engine.set_max_array_size(10_000);
    engine.set_max_map_size(1_000);
    engine.set_max_call_levels(32);
    engine
}

fn lock(run: &Shared) -> std::sync::MutexGuard<'_, Run> {
    run.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl Run {
    /// What the log holds for this call; or stops the script, with the step that it wants.
    fn step(&mut self, step: Step) -> Called<Answer> {
        self.at += 1;
        if let Some(answer) = self.log.get(self.at - 1) {
            return Ok(answer.clone());
        }
        self.wanted = Some(step);
        Err(Box::new(EvalAltResult::ErrorTerminated(
            Dynamic::UNIT,
            Position::NONE,
        )))
    }

    fn send(&mut self, connection: i64, text: &str) -> Called<()> {
        let bytes = [text.as_bytes(), self.line_end].concat();
        self.step(Step::Send(number(connection), vec![Payload::new(bytes)]))
            .map(|_| ())
    }

    fn file(&self, path: &str) -> Called<Arc<[u8]>> {
        let file = self.spec.data.files.get(path).cloned();
        file.ok_or_else(|| format!("no data file is listed as `{path}`").into())
    }

    fn expect_file(&mut self, connection: i64, path: &str) -> Called<()> {
        let file = Expectation::Bytes(self.file(path)?.to_vec());
        self.step(Step::Expect(number(connection), file))
            .map(|_| ())
    }

    /// The response as a map. Header names are in small letters.
    fn response(&mut self, connection: i64, asked: Asked) -> Called<Map> {
        let step = Step::Expect(number(connection), Expectation::Http(asked));
        let answer = self.step(step)?;
        // The player took it as a whole one: its end was seen then.
        let Reading::Whole(response) = http::read(&answer.content, Some(Ended::Fin), asked) else {
            return Ok(Map::new());
        };
        let names: BTreeSet<&String> = response.headers.iter().map(|(name, _)| name).collect();
        let headers: Map = (names.into_iter().take(MAX_HEADERS))
            .filter_map(|name| Some((name.as_str().into(), response.header(name)?.into())))
            .collect();
        let end = match response.end {
            BodyEnd::None => "none",
            BodyEnd::Length => "length",
            BodyEnd::Chunked => "chunked",
            BodyEnd::Close => "close",
        };
        Ok(Map::from([
            ("status".into(), i64::from(response.status).into()),
            ("minor".into(), i64::from(response.minor).into()),
            ("headers".into(), headers.into()),
            ("end".into(), end.into()),
            ("body".into(), Dynamic::from(Bytes(response.body.into()))),
        ]))
    }

    fn expect(&mut self, connection: i64, patterns: &[String]) -> Called<Map> {
        let mut matchers = Vec::new();
        for pattern in patterns {
            let parsed = parse_pattern(pattern)
                .ok_or_else(|| format!("the pattern `{pattern}` cannot be read"))?;
            matchers.push(Arc::new(Matcher::new(&parsed, &self.spec, &Row::new())));
        }
        let answer = self.step(Step::Expect(
            number(connection),
            Expectation::Patterns(matchers),
        ))?;
        let mut map = Map::new();
        map.insert("text".into(), text_of(&answer.content).into());
        map.insert("which".into(), (answer.which as i64).into());
        for (name, value) in &answer.captures {
            map.insert(name.as_str().into(), text_of(value).into());
        }
        Ok(map)
    }
}

fn parse_pattern(text: &str) -> Option<Pattern> {
    let dialogue = dialogue::parse(&format!("S~ {text}")).ok()?;
    match dialogue.items.into_iter().next()? {
        Item::Step(dialogue::Step {
            act: Act::Pattern(pattern),
            ..
        }) => Some(pattern),
        _ => None,
    }
}

/// A message that is the same in both languages.
fn in_both(message: &str) -> Text {
    Text {
        fr: message.to_owned(),
        en: message.to_owned(),
    }
}

/// A connection number from a script; out of range means the first.
fn number(connection: i64) -> u8 {
    u8::try_from(connection).unwrap_or(1).max(1)
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn strings(patterns: Array) -> Vec<String> {
    patterns
        .into_iter()
        .map(|pattern| pattern.to_string())
        .collect()
}

fn register(engine: &mut Engine, run: &Shared) {
    macro_rules! call {
        ($name:literal, |$state:ident $(, $arg:ident : $type:ty)*| $body:expr) => {{
            let shared = Arc::clone(run);
            engine.register_fn($name, move |$($arg: $type),*| {
                let mut guard = lock(&shared);
                let $state = &mut *guard;
                $body
            });
        }};
    }
    call!("open", |run, c: i64| run
        .step(Step::Open(number(c)))
        .map(|_| ()));
    call!("send", |run, text: &str| run.send(1, text));
    call!("send", |run, c: i64, text: &str| run.send(c, text));
    call!("answer", |run| run
        .expect(1, &["{any}".to_owned()])
        .map(|map| map["text"].clone()));
    call!("answer", |run, c: i64| run
        .expect(c, &["{any}".to_owned()])
        .map(|map| map["text"].clone()));
    call!("expect", |run, pattern: &str| run
        .expect(1, &[pattern.to_owned()]));
    call!("expect", |run, c: i64, pattern: &str| run
        .expect(c, &[pattern.to_owned()]));
    call!("expect_one", |run, patterns: Array| run
        .expect(1, &strings(patterns)));
    call!("expect_one", |run, c: i64, patterns: Array| run
        .expect(c, &strings(patterns)));
    call!("expect_file", |run, path: &str| run.expect_file(1, path));
    call!("expect_file", |run, c: i64, path: &str| run
        .expect_file(c, path));
    call!("size", |run, path: &str| run
        .file(path)
        .map(|file| file.len() as i64));
    call!("expect_close", |run| run
        .step(Step::ExpectEnd(1, End::Any))
        .map(|_| ()));
    call!("expect_close", |run, c: i64| run
        .step(Step::ExpectEnd(number(c), End::Any))
        .map(|_| ()));
    call!("expect_silence", |run, c: i64| run
        .step(Step::ExpectSilence(number(c)))
        .map(|_| ()));
    for (name, deed) in [
        ("fin", Deed::Fin),
        ("reset", Deed::Reset),
        ("close", Deed::Close),
        ("abort", Deed::Abort),
        ("stall", Deed::Stall),
        ("resume", Deed::Resume),
    ] {
        let shared = Arc::clone(run);
        engine.register_fn(name, move |c: i64| {
            let done = lock(&shared).step(Step::Do(number(c), deed));
            done.map(|_| ())
        });
    }
    call!("wait", |run, ms: i64| {
        let time = Duration::from_millis(u64::try_from(ms).unwrap_or(0).min(10_000));
        run.step(Step::Wait(time)).map(|_| ())
    });
    call!("fail", |run, message: &str| run
        .step(Step::Fail(in_both(message)))
        .map(|_| ()));
    call!("fail", |run, fr: &str, en: &str| {
        let (fr, en) = (fr.to_owned(), en.to_owned());
        run.step(Step::Fail(Text { fr, en })).map(|_| ())
    });
    call!("non_strict", |run| run.step(Step::NonStrict).map(|_| ()));
    for (name, asked) in [
        ("response", Asked::Response),
        ("response_to_head", Asked::Head),
        ("response_or_end", Asked::ResponseOrEnd),
        ("response_or_text", Asked::ResponseOrText),
    ] {
        let shared = Arc::clone(run);
        engine.register_fn(name, move || lock(&shared).response(1, asked));
        let shared = Arc::clone(run);
        engine.register_fn(name, move |c: i64| lock(&shared).response(c, asked));
    }
    call!("file", |run, path: &str| run.file(path).map(Bytes));
    engine.register_type_with_name::<Bytes>("bytes");
    engine.register_fn("==", |a: Bytes, b: Bytes| a.0 == b.0);
    engine.register_fn("!=", |a: Bytes, b: Bytes| a.0 != b.0);
    engine.register_get("size", |bytes: &mut Bytes| bytes.0.len() as i64);
    engine.register_fn("contains", |bytes: &mut Bytes, text: &str| {
        (bytes.0.windows(text.len().max(1))).any(|window| window == text.as_bytes())
    });
    call!("framing", |run| format!("{:?}", run.framing).to_lowercase());
    engine.register_fn("integers", |text: &str| -> Array { integers(text) });
}

/// The integers in a text, in order; a sign counts when no digit stands before it.
fn integers(text: &str) -> Array {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|word| word.parse::<i64>().ok())
        .map(Dynamic::from)
        .collect()
}

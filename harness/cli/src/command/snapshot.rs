//! `sockspec snapshot`: what a server says, kept as dialogues that people read, a file a case.
//!
//! Only the spec's own cases are kept: what is derived from them says nothing that could be read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sockspec_case::grade::CaseResult;
use sockspec_case::plan::{Effort, Options};
use sockspec_case::session::{self, Said, Wording};
use sockspec_case::snapshot::{self, Comparison, Line};
use sockspec_case::transcript::{Kind, Transcript};
use sockspec_engine::grading::{self, GradeError, Progress, Request, Selection, Subject};
use sockspec_report::Lang;
use sockspec_spec::Spec;
use sockspec_spec::diagnostic;
use sockspec_spec::dialogue::{self, Dialogue, Item};
use sockspec_spec::model::{Derive, Transport};

use crate::args::{self, DEFAULT_SEED, SnapshotAction};
use crate::command::{grade, output};
use crate::exit::Exit;
use crate::{interrupt, messages, printer, specs};

/// So many lines around a difference are shown.
const AROUND: usize = 3;

/// Plays the cases and does what was asked with what was said.
pub async fn run(args: args::Snapshot, lang: Lang) -> Exit {
    match snapshot(&args, lang).await {
        Ok(exit) | Err(exit) => exit,
    }
}

async fn snapshot(args: &args::Snapshot, lang: Lang) -> Result<Exit, Exit> {
    let spec = specs::find(&args.exercise, lang)?;
    let usual = || Path::new("snapshots").join(&spec.id);
    let folder = args.dir.clone().unwrap_or_else(usual);
    let name = folder.display().to_string();
    let cases = played(args, &spec, lang).await?;
    let mut heard = Vec::new();
    for case in &cases {
        let file = folder.join(format!("{}.dialogue", case.id));
        heard.push(Heard {
            said: said(&case.transcript, &spec),
            now_us: case.transcript.started_us,
            kept: kept(&file, lang)?,
            case,
            file,
        });
    }
    match args.action {
        SnapshotAction::Record => {
            let new: Vec<&Heard> = heard.iter().filter(|one| one.kept.is_none()).collect();
            for one in &new {
                one.write(&one.first(lang), lang)?;
            }
            printer::message(&messages::snapshots_written(lang, new.len(), &name));
            Ok(Exit::Passed)
        }
        SnapshotAction::Compare => {
            let mut differ = 0;
            for one in &heard {
                let shown = match one.compared(&spec) {
                    None => messages::no_snapshot(lang, &one.case.id),
                    Some(compared) if compared.differs() => difference(&one.case.id, &compared),
                    Some(_) => continue,
                };
                differ += 1;
                printer::data(format!("{}\n", shown.trim_end()).as_bytes());
            }
            printer::message(&messages::snapshots_differ(lang, differ, heard.len()));
            Ok(if differ == 0 {
                Exit::Passed
            } else {
                Exit::Failed
            })
        }
        SnapshotAction::Bless => {
            let mut written = 0;
            for one in &heard {
                let new = match one.compared(&spec) {
                    None => one.first(lang),
                    Some(compared) if compared.differs() => compared.merged,
                    Some(_) => continue,
                };
                one.write(&new, lang)?;
                written += 1;
            }
            printer::message(&messages::snapshots_written(lang, written, &name));
            Ok(Exit::Passed)
        }
    }
}

/// A case, what was said in it, and what was kept of it.
struct Heard<'a> {
    case: &'a CaseResult,
    said: Vec<Said>,
    now_us: i64,
    file: PathBuf,
    kept: Option<Dialogue>,
}

impl Heard<'_> {
    fn compared(&self, spec: &Spec) -> Option<Comparison> {
        let kept = self.kept.as_ref()?;
        Some(snapshot::compare(kept, &self.said, spec, self.now_us))
    }

    /// The dialogue as it is kept first, headed by the case's title.
    fn first(&self, lang: Lang) -> Dialogue {
        let mut dialogue = session::dialogue(&self.said);
        let title = lang.of(&self.case.title).to_owned();
        dialogue.items.insert(0, Item::Comment(title));
        dialogue
    }

    fn write(&self, dialogue: &Dialogue, lang: Lang) -> Result<(), Exit> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| {
            let folder = folder.display().to_string();
            printer::error(&messages::unwritable(lang, &folder, &error.to_string()));
            Exit::Unreachable
        })?;
        output::write_file(&self.file, dialogue.to_string().as_bytes(), lang)
    }
}

/// Plays the spec's own cases once.
async fn played(
    args: &args::Snapshot,
    spec: &Arc<Spec>,
    lang: Lang,
) -> Result<Vec<CaseResult>, Exit> {
    // What has no address says nothing on a connection.
    if spec.transport == Transport::None {
        printer::error(&messages::nothing_selected(lang, &spec.id));
        return Err(Exit::Usage);
    }
    let mut plain = (**spec).clone();
    for case in &mut plain.cases {
        case.derive = Derive::default();
    }
    let plain = Arc::new(plain);
    let mut embedded = None;
    let address = match &args.address {
        Some(address) => address.clone(),
        None => {
            let server = embedded.insert(grade::start_embedded(spec, lang).await?);
            server.address().to_owned()
        }
    };
    let request = Request {
        subject: Subject::At(grade::at(&address, spec, lang).await?),
        name: address.clone(),
        options: Options {
            strict: false,
            effort: Effort::Quick,
            seed: DEFAULT_SEED,
        },
        selection: Selection {
            max_level: Some(args.level.unwrap_or(4)),
            globs: args.case.clone(),
        },
        limits: grade::run::scaled(args.time_scale, lang)?,
        spec: Arc::clone(&plain),
    };
    let mut observer = |_: Progress<'_>| {};
    let grading = grading::grade(&request, &mut observer);
    let graded = tokio::select! {
        graded = grading => Ok(graded),
        signal = interrupt::received() => Err(Exit::Interrupted(signal)),
    };
    if let Some(server) = embedded {
        server.stop().await;
    }
    let graded = graded?.map_err(|error| {
        printer::error(&match error {
            GradeError::Unreachable { address, error } => {
                messages::unreachable(lang, &address, &args.exercise, error)
            }
            other => messages::machine(lang, &other.to_string()),
        });
        Exit::Unreachable
    })?;
    let is_own = |case: &CaseResult| spec.cases.iter().any(|one| one.id == case.id);
    let heard = |case: &CaseResult| is_own(case) && !case.transcript.events.is_empty();
    let cases: Vec<CaseResult> = graded.cases.into_iter().filter(heard).collect();
    if cases.is_empty() {
        printer::error(&messages::nothing_selected(lang, &spec.id));
        return Err(Exit::Usage);
    }
    Ok(cases)
}

/// What was said up to the verdict: the goodbye that follows is the harness's own.
fn said(transcript: &Transcript, spec: &Spec) -> Vec<Said> {
    let events = transcript.events.iter();
    let judged = Transcript {
        started_us: transcript.started_us,
        events: events
            .take_while(|event| event.kind != Kind::Judged)
            .cloned()
            .collect(),
    };
    let wording = Wording {
        redactions: &spec.redactions,
        now_us: transcript.started_us,
    };
    snapshot::readable(session::steps(&session::of(&judged), spec.framing, wording))
}

/// What is kept in a file; none where there is no file.
fn kept(file: &Path, lang: Lang) -> Result<Option<Dialogue>, Exit> {
    if !file.exists() {
        return Ok(None);
    }
    let text = specs::read(file, lang)?;
    let name = file.display().to_string();
    dialogue::parse(&text).map(Some).map_err(|mistakes| {
        let colour = printer::colour_on_stderr();
        printer::message(diagnostic::render(&mistakes, &text, &name, colour).trim_end());
        printer::error(&messages::spec_mistakes(lang, &name, mistakes.len()));
        Exit::Usage
    })
}

/// What differs, with a few lines around it.
fn difference(case: &str, compared: &Comparison) -> String {
    let lines = &compared.lines;
    let is_near = |place: usize| {
        let around = place.saturating_sub(AROUND)..(place + AROUND + 1).min(lines.len());
        lines[around]
            .iter()
            .any(|line| !matches!(line, Line::Same(_)))
    };
    let mut text = format!("{case}\n");
    let mut was_near = true;
    for (place, line) in lines.iter().enumerate() {
        let (mark, said) = match line {
            Line::Same(said) => (' ', said),
            Line::Kept(said) => ('-', said),
            Line::Said(said) => ('+', said),
        };
        if is_near(place) {
            text += &format!("{mark} {said}\n");
        } else if was_near {
            text += "  …\n";
        }
        was_near = is_near(place);
    }
    text
}

//! `sockspec grade`: the main job.

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sockspec_case::grade::{CaseResult, Grade, Role};
use sockspec_case::plan::{Effort, Options as PlanOptions};
use sockspec_case::program::{Conduct, LEVEL};
use sockspec_engine::Target;
use sockspec_engine::embedded::Embedded;
use sockspec_engine::grading::{self, GradeError, Progress, Request, Selection, Subject};
use sockspec_report::{Format, Lang, Options, render};
use sockspec_spec::Spec;
use sockspec_spec::model::{Needs, Transport};

use crate::args::{self, EffortArg};
use crate::command::output::{self, Output};
use crate::exit::Exit;
use crate::{interrupt, messages, printer, specs};

mod client;
pub(super) mod run;

/// Grades, reports, and says by the exit code how it went.
pub async fn run(args: args::Grade, lang: Lang) -> Exit {
    match grade(args, lang).await {
        Ok(exit) | Err(exit) => exit,
    }
}

async fn grade(args: args::Grade, lang: Lang) -> Result<Exit, Exit> {
    let outputs = output::parse(&args.format, lang)?;
    let spec = specs::find(&args.exercise, lang)?;
    check_numbers(&args, lang)?;
    let detail = output::detail(args.quiet, args.verbose);
    let mut options = output::options(&args.reader, detail, lang)?;
    options.spec_path = (args.exercise.ends_with(".toml")).then(|| args.exercise.clone());
    let selection = Selection {
        max_level: args.level,
        globs: args.case.clone(),
    };
    if let Some(command) = &args.client {
        return client::grade(&args, command, &spec, selection, &outputs, &options).await;
    }
    let scripted = spec
        .server_cases()
        .map(|(_, case)| (&case.id[..], case.level));
    let built_in = Conduct::ALL.iter().map(|one| (one.id(), LEVEL));
    let built_in = built_in.filter(|_| args.run.is_some());
    if !scripted
        .chain(built_in)
        .any(|(id, level)| selection.takes_base(id, level))
    {
        printer::error(&messages::nothing_selected(lang, &spec.id));
        return Err(Exit::Usage);
    }
    let limits = run::limits(&args, lang)?;
    let mut embedded = None;
    let (name, subject) = match (&args.run, &args.address) {
        (Some(command), _) => {
            let run = run::started(&args, command, &spec, &limits, lang)?;
            (command.clone(), Subject::Started(run))
        }
        (None, Some(address)) => (
            address.clone(),
            Subject::At(at(address, &spec, lang).await?),
        ),
        (None, None) if shows_on_its_streams(&spec) => {
            let command = reference_command(&spec, lang)?;
            let run = run::started(&args, &command, &spec, &limits, lang)?;
            (command, Subject::Started(run))
        }
        (None, None) => {
            let server = embedded.insert(start_embedded(&spec, lang).await?);
            let address = server.address().to_owned();
            let subject = Subject::At(at(&address, &spec, lang).await?);
            (address, subject)
        }
    };
    let request = Request {
        spec: Arc::clone(&spec),
        subject,
        name,
        options: plan_options(&args),
        selection,
        limits,
    };
    let bar = progress_bar();
    let mut partial = Partial::new(&request, &outputs, &options);
    let mut observer = |progress: Progress<'_>| match progress {
        Progress::Discovered(style, cases) => {
            bar.set_length(cases as u64);
            partial.grade.style = Some(style.clone());
        }
        Progress::Started(id) => bar.set_message(id.to_owned()),
        Progress::Finished(result) => {
            bar.inc(u64::from(!result.id.contains('@')));
            partial.add(result);
        }
    };
    let grading = grading::grade(&request, &mut observer);
    // What the grading has started ends with it, when it is broken off, too.
    let graded = tokio::select! {
        graded = grading => Ok(graded),
        signal = interrupt::received() => Err(Exit::Interrupted(signal)),
    };
    bar.finish_and_clear();
    if let Some(server) = embedded {
        server.stop().await;
    }
    let grade = graded?.map_err(|error| match error {
        GradeError::Unreachable { address, error } => {
            printer::error(&messages::unreachable(
                lang,
                &address,
                &args.exercise,
                error,
            ));
            Exit::Unreachable
        }
        GradeError::NotExecuted { command, reason } => {
            printer::error(&messages::not_executed(lang, &command, &reason));
            Exit::Unreachable
        }
        other => {
            printer::error(&messages::machine(lang, &other.to_string()));
            Exit::Unreachable
        }
    })?;
    write(&grade, &outputs, &options)?;
    if matches!(args.effort, EffortArg::Deep) {
        say_speed(&grade, lang);
    }
    Ok(verdict(&grade, args.min_score))
}

fn plan_options(args: &args::Grade) -> PlanOptions {
    PlanOptions {
        strict: args.strict,
        effort: match args.effort {
            EffortArg::Quick => Effort::Quick,
            EffortArg::Normal => Effort::Normal,
            EffortArg::Deep => Effort::Deep,
        },
        seed: args.seed,
    }
}

/// Writes the grade in all that was asked for.
fn write(grade: &Grade, outputs: &[Output], options: &Options) -> Result<(), Exit> {
    for one in outputs {
        let plain = Options {
            colour: options.colour && one.file.is_none() && one.format == Format::Terminal,
            ..options.clone()
        };
        output::write(one, &render(one.format, grade, &plain), options.lang)?;
    }
    Ok(())
}

fn check_numbers(args: &args::Grade, lang: Lang) -> Result<(), Exit> {
    if args
        .min_score
        .is_some_and(|percent| !(0.0..=100.0).contains(&percent))
    {
        printer::error(&messages::bad_number(lang, "--min-score", "0 … 100"));
        return Err(Exit::Usage);
    }
    Ok(())
}

/// The server at an address.
pub(super) async fn at(address: &str, spec: &Spec, lang: Lang) -> Result<Target, Exit> {
    let target = Target::resolve(address, spec.transport, spec.port).await;
    target.map_err(|error| {
        printer::error(&messages::bad_address(lang, &error));
        Exit::Usage
    })
}

/// Whether nothing of a program shows but on its own streams: to be graded it must be started.
fn shows_on_its_streams(spec: &Spec) -> bool {
    spec.control_case()
        .is_some_and(|case| case.needs == Needs::Run)
}

/// The command that starts the reference program.
fn reference_command(spec: &Spec, lang: Lang) -> Result<String, Exit> {
    check_embedded(spec, lang)?;
    let program = std::env::current_exe().map_err(|error| {
        printer::error(&messages::machine(lang, &error.to_string()));
        Exit::Unreachable
    })?;
    let place = match spec.transport {
        Transport::None => "",
        Transport::Unix => " --path {path}",
        Transport::Tcp | Transport::Udp => " --port {port}",
    };
    let program = program.display().to_string().replace('\'', r"'\''");
    Ok(format!("'{program}' serve {}{place}", spec.id))
}

/// Whether there is a reference program of an exercise.
fn check_embedded(spec: &Spec, lang: Lang) -> Result<(), Exit> {
    let known = sockspec_reference::exercises().iter();
    let known = known.chain(sockspec_reference::programs()).copied();
    if known.clone().any(|id| id == spec.id) {
        return Ok(());
    }
    printer::error(&messages::unknown_exercise(lang, &spec.id, known));
    Err(Exit::Usage)
}

/// Starts the reference server in a process of its own.
pub(super) async fn start_embedded(spec: &Spec, lang: Lang) -> Result<Embedded, Exit> {
    let refused = |reason: String| {
        printer::error(&messages::machine(lang, &reason));
        Exit::Unreachable
    };
    check_embedded(spec, lang)?;
    let program = std::env::current_exe().map_err(|error| refused(error.to_string()))?;
    let server = Embedded::start(&program, &spec.id, spec.transport)
        .await
        .map_err(|error| refused(error.to_string()))?;
    printer::message(&messages::grading_embedded(
        lang,
        &spec.id,
        server.address(),
    ));
    Ok(server)
}

/// How often a grade under way is written, at most.
const SAVE_EVERY: Duration = Duration::from_millis(500);

/// The grade as far as it has come, written to the files of the formats that are read even when a
/// platform's time is over: what was graded until then counts.
struct Partial<'a> {
    grade: Grade,
    files: Vec<&'a Output>,
    options: &'a Options,
    written: Instant,
}

impl<'a> Partial<'a> {
    fn new(request: &Request, outputs: &'a [Output], options: &'a Options) -> Self {
        let started = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let is_saved = |one: &&Output| {
            matches!(one.format, Format::Json | Format::Gradescope) && one.file.is_some()
        };
        Partial {
            grade: Grade {
                exercise: request.spec.id.clone(),
                title: request.spec.title.clone(),
                role: Role::Server,
                target: request.name.clone(),
                seed: request.options.seed,
                strict: request.options.strict,
                started_us: i64::try_from(started.as_micros()).unwrap_or(i64::MAX),
                duration: Duration::ZERO,
                style: None,
                loss: Vec::new(),
                manner: None,
                notes: Vec::new(),
                cases: Vec::new(),
            },
            files: outputs.iter().filter(is_saved).collect(),
            options,
            written: Instant::now(),
        }
    }

    fn add(&mut self, result: &CaseResult) {
        if self.files.is_empty() {
            return;
        }
        self.grade.cases.push(result.clone());
        if self.written.elapsed() < SAVE_EVERY {
            return;
        }
        self.written = Instant::now();
        let lang = self.options.lang;
        for one in &self.files {
            // What cannot be written now is said at the end.
            let _ = output::write(one, &render(one.format, &self.grade, self.options), lang);
        }
    }
}

/// Says how much was played, and how fast.
fn say_speed(grade: &Grade, lang: Lang) {
    let count: u32 = grade.cases.iter().map(|case| case.plays).sum();
    let seconds = grade.duration.as_secs_f64();
    let rate = f64::from(count) / seconds.max(0.001);
    let (count, seconds) = (count.to_string(), format!("{seconds:.1}"));
    printer::message(&messages::dialogues_played(
        lang,
        &count,
        &seconds,
        &format!("{rate:.0}"),
    ));
}

/// The exit code of a grade.
fn verdict(grade: &Grade, min_score: Option<f64>) -> Exit {
    if grade.cases.iter().all(|case| !case.status.counts()) {
        return Exit::Unreachable;
    }
    let reached = min_score.is_some_and(|percent| {
        let share = 100.0 * f64::from(grade.points()) / f64::from(grade.max().max(1));
        share + 1e-9 >= percent
    });
    if grade.passed() || reached {
        Exit::Passed
    } else {
        Exit::Failed
    }
}

/// A bar on stderr, only where a person looks.
fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(15));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

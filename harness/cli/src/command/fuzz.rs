//! `sockspec fuzz`: a search that goes on past the grade's budget.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sockspec_engine::fuzzing::{self, Found, FuzzError, Progress, Report, Request, Stopped};
use sockspec_report::Lang;

use crate::args;
use crate::command::grade::{at, run as started, start_embedded};
use crate::command::output;
use crate::exit::Exit;
use crate::messages::search;
use crate::{interrupt, messages, printer, specs};

/// How long a search takes that nothing bounds.
const USUAL_TIME: Duration = Duration::from_secs(60);

/// Searches, writes what it finds, and says by the exit code whether it found something.
pub async fn run(args: args::Fuzz, lang: Lang) -> Exit {
    match fuzz(args, lang).await {
        Ok(exit) | Err(exit) => exit,
    }
}

async fn fuzz(args: args::Fuzz, lang: Lang) -> Result<Exit, Exit> {
    let spec = specs::find(&args.exercise, lang)?;
    let limits = started::scaled(args.time_scale, lang)?;
    let mut embedded = None;
    let name = match &args.address {
        Some(address) => address.clone(),
        None => {
            let server = embedded.insert(start_embedded(&spec, lang).await?);
            server.address().to_owned()
        }
    };
    let bounded = args.seconds.map(Duration::from_secs);
    let request = Request {
        target: at(&name, &spec, lang).await?,
        spec: Arc::clone(&spec),
        name,
        seed: args.seed,
        cases: args.cases,
        time: bounded.or(args.cases.is_none().then_some(USUAL_TIME)),
        limits,
    };
    let bar = progress_bar(&request);
    let mut files = Files::new(&args.out, lang);
    // What ends the search from without: a signal, or a file that cannot be written.
    let broken_off: Cell<Option<Exit>> = Cell::new(None);
    let mut observer = |progress: Progress<'_>| {
        match progress {
            Progress::Played(cases, found) => {
                if request.cases.is_some() {
                    bar.set_position(cases);
                } else {
                    bar.set_position(bar.elapsed().as_secs());
                }
                bar.set_message(search::progress(lang, cases, found));
            }
            Progress::Found(found) => {
                if let Err(exit) = files.write(found) {
                    broken_off.set(Some(exit));
                }
            }
        }
        match broken_off.get() {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    };
    let searching = fuzzing::fuzz(&request, &mut observer);
    let watching = async {
        broken_off.set(Some(Exit::Interrupted(interrupt::received().await)));
        std::future::pending::<()>().await
    };
    let report = tokio::select! {
        report = searching => Some(report),
        () = watching => None,
    };
    bar.finish_and_clear();
    if let Some(server) = embedded {
        server.stop().await;
    }
    let Some(report) = report else {
        // The one that is awaited never ends first.
        return Err(Exit::Unreachable);
    };
    let report = report.map_err(|error| {
        printer::error(&refused(&request, error, lang));
        Exit::Unreachable
    })?;
    printer::data(summary(&request, &report, &files, lang).as_bytes());
    Ok(match broken_off.get() {
        Some(exit) => exit,
        None if !report.found.is_empty() => Exit::Failed,
        None if report.stopped == Stopped::Done => Exit::Passed,
        // Nothing was found because not all was searched.
        None => Exit::Unreachable,
    })
}

/// Why nothing was searched.
fn refused(request: &Request, error: FuzzError, lang: Lang) -> String {
    let exercise = &request.spec.id;
    match error {
        FuzzError::Unreachable { address, error } => {
            messages::unreachable(lang, &address, exercise, error)
        }
        FuzzError::NothingToSay => messages::fuzz_nothing_to_say(lang, exercise),
        FuzzError::NotAnswered => messages::fuzz_not_answered(lang, exercise, &request.name),
        FuzzError::Ended => messages::fuzz_ended(lang, &request.name),
        other => messages::machine(lang, &other.to_string()),
    }
}

/// The files of what was found.
struct Files<'a> {
    folder: &'a Path,
    lang: Lang,
    /// By the id of the spec.
    written: BTreeMap<String, PathBuf>,
}

impl<'a> Files<'a> {
    fn new(folder: &'a Path, lang: Lang) -> Self {
        Files {
            folder,
            lang,
            written: BTreeMap::new(),
        }
    }

    /// Writes what was found, as soon as it is: who breaks the search off keeps it. The data files that
    /// the spec names stand beside it.
    fn write(&mut self, found: &Found) -> Result<(), Exit> {
        let id = &found.spec.id;
        let file = self.folder.join(format!("{id}.toml"));
        self.write_file(&file, sockspec_spec::write(&found.spec).as_bytes())?;
        let data = &found.spec.data;
        for (path, bytes) in &data.files {
            self.write_file(&self.folder.join(&data.folder).join(path), bytes)?;
        }
        self.written.insert(id.clone(), file);
        Ok(())
    }

    fn write_file(&self, file: &Path, bytes: &[u8]) -> Result<(), Exit> {
        let folder = file.parent().unwrap_or(self.folder);
        if let Err(error) = std::fs::create_dir_all(folder) {
            let folder = folder.display().to_string();
            printer::error(&messages::unwritable(
                self.lang,
                &folder,
                &error.to_string(),
            ));
            return Err(Exit::Unreachable);
        }
        output::write_file(file, bytes, self.lang)
    }

    fn name(&self, found: &Found) -> String {
        let file = self.written.get(&found.spec.id);
        file.map(|file| file.display().to_string())
            .unwrap_or_default()
    }
}

/// What the search came to.
fn summary(request: &Request, report: &Report, files: &Files<'_>, lang: Lang) -> String {
    let exercise = &request.spec.id;
    let mut lines = vec![search::played(
        lang,
        report,
        exercise,
        &request.name,
        request.seed,
    )];
    lines.extend(search::left_out(lang, report.left_out));
    lines.push(search::found(lang, report.found.len()));
    for found in &report.found {
        let cause = found.diagnosis.cause;
        let title = lang.texts().cause_title(cause);
        lines.push(format!("  {}  {title}", cause.as_str()));
        let about = search::about(lang, found, &files.name(found));
        lines.extend(about.into_iter().map(|line| format!("    {line}")));
    }
    if let Some(first) = report.found.first() {
        lines.push(search::replay(lang, &files.name(first), &request.name));
    }
    lines.extend(search::stopped(lang, report.stopped));
    lines.join("\n") + "\n"
}

/// A line on stderr, only where a person looks.
fn progress_bar(request: &Request) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let length = request
        .cases
        .or(request.time.map(|time| time.as_secs()))
        .unwrap_or_default();
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(15));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {msg}") {
        bar.set_style(style);
    }
    bar
}

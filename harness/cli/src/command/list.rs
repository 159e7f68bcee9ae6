//! `sockspec list`: exercises, cases, flaws.

use sockspec_report::Lang;
use sockspec_spec::model::Transport;

use crate::args;
use crate::exit::Exit;
use crate::{printer, specs};

/// Prints a table, a line an item: columns are separated by two spaces at least.
pub fn run(args: &args::List, lang: Lang) -> Exit {
    if let (Some(exercise), true) = (&args.exercise, args.spec) {
        return spec(exercise, lang);
    }
    let table = match (&args.exercise, args.flaws) {
        (None, false) => exercises(lang),
        (Some(exercise), false) => cases(exercise, lang),
        (exercise, true) => match exercise {
            // A name that is no exercise is told apart from an exercise without flaws.
            Some(exercise) => specs::find(exercise, lang).map(|spec| flaws(Some(&spec.id))),
            None => Ok(flaws(None)),
        },
    };
    match table {
        Ok(rows) => {
            printer::data(aligned(&rows).as_bytes());
            Exit::Passed
        }
        Err(exit) => exit,
    }
}

fn spec(exercise: &str, lang: Lang) -> Exit {
    match specs::text(exercise, lang) {
        Ok(text) => {
            printer::data(text.as_bytes());
            Exit::Passed
        }
        Err(exit) => exit,
    }
}

fn exercises(lang: Lang) -> Result<Vec<Vec<String>>, Exit> {
    specs::ids()
        .map(|id| {
            let spec = specs::find(id, lang)?;
            let (transport, port) = match spec.transport {
                Transport::None => ("-".to_owned(), "-".to_owned()),
                transport => (transport.as_str().to_uppercase(), spec.port.to_string()),
            };
            Ok(vec![
                id.to_owned(),
                transport,
                port,
                spec.cases.len().to_string(),
                lang.of(&spec.title).to_owned(),
            ])
        })
        .collect()
}

fn cases(exercise: &str, lang: Lang) -> Result<Vec<Vec<String>>, Exit> {
    let spec = specs::find(exercise, lang)?;
    let row = |case: &sockspec_spec::model::Case| {
        vec![
            case.id.clone(),
            case.level.to_string(),
            sockspec_report::law(case.law).to_owned(),
            case.points.to_string(),
            lang.of(&case.title).to_owned(),
        ]
    };
    Ok(spec.cases.iter().map(row).collect())
}

fn flaws(exercise: Option<&str>) -> Vec<Vec<String>> {
    let wire = sockspec_flawed::flaws()
        .iter()
        .chain(sockspec_flawed::standalone_flaws())
        .filter(|flaw| exercise.is_none_or(|id| flaw.exercise == id))
        .map(|flaw| [flaw.exercise, flaw.name, flaw.cause, flaw.summary]);
    let is_server = exercise.is_none_or(|id| !sockspec_reference::programs().contains(&id));
    let programs = sockspec_flawed::program_flaws().iter();
    let programs = programs.filter(|_| is_server);
    let programs = programs.map(|flaw| {
        [
            exercise.unwrap_or("(all)"),
            flaw.name,
            flaw.cause,
            flaw.summary,
        ]
    });
    wire.chain(programs)
        .map(|row| row.map(str::to_owned).to_vec())
        .collect()
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

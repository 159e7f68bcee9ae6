//! `sockspec class`: the saved grades of a class in one table.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sockspec_report::Lang;
use sockspec_report::class::{self, Class, Form, Link, Student, Unread};

use crate::args;
use crate::command::{output, saved};
use crate::exit::Exit;
use crate::{messages, printer};

/// The forms, as they are named.
const FORMS: [(&str, Form); 4] = [
    ("html", Form::Html),
    ("csv", Form::Csv),
    ("markdown", Form::Markdown),
    ("moodle-csv", Form::MoodleCsv),
];

/// Writes the table. What gave no grade is said, and stands in the table: the others lose nothing by it.
pub fn run(args: &args::Class, lang: Lang) -> Exit {
    write(args, lang).err().unwrap_or(Exit::Passed)
}

fn write(args: &args::Class, lang: Lang) -> Result<(), Exit> {
    let outputs = outputs(&args.format, lang)?;
    let scale = output::scale(args.scale.as_deref(), lang)?;
    let class = read(args, lang)?;
    if class.students.is_empty() {
        return Err(Exit::Usage);
    }
    for (form, file) in &outputs {
        let text = class::write(&class, *form, scale, lang);
        output::put(file.as_deref(), text.as_bytes(), lang)?;
    }
    if class.unread.is_empty() {
        Ok(())
    } else {
        Err(Exit::Usage)
    }
}

/// Reads `FORMAT[=FILE]` items; none means Markdown.
fn outputs(items: &[String], lang: Lang) -> Result<Vec<(Form, Option<PathBuf>)>, Exit> {
    if items.is_empty() {
        return Ok(vec![(Form::Markdown, None)]);
    }
    let form = |item: &String| {
        let (name, file) = output::item(item);
        let form = FORMS.iter().find(|(known, _)| *known == name);
        form.map(|(_, form)| (*form, file)).ok_or_else(|| {
            let all = FORMS.map(|(known, _)| known).join(", ");
            printer::error(&messages::unknown_format(lang, name, &all));
            Exit::Usage
        })
    };
    items.iter().map(form).collect()
}

/// Reads every file, each of them once.
fn read(args: &args::Class, lang: Lang) -> Result<Class, Exit> {
    let mut paths: Vec<&Path> = Vec::new();
    for path in &args.grades {
        if !paths.contains(&path.as_path()) {
            paths.push(path);
        }
    }
    let names = names(&paths);
    let mut class = Class::default();
    for (path, name) in paths.iter().zip(names) {
        match saved::read(path, lang) {
            Ok(grade) => {
                let template = args.link.as_deref();
                let link = template.map(|template| link(template, &name, path, lang));
                let link = link.transpose()?;
                class.students.push(Student { name, link, grade });
            }
            Err(reason) => {
                printer::error(&reason);
                class.unread.push(Unread { name, reason });
            }
        }
    }
    Ok(class)
}

fn link(template: &str, name: &str, path: &Path, lang: Lang) -> Result<Link, Exit> {
    let path = path.with_extension("").to_string_lossy().into_owned();
    Link::new(template, name, &path).ok_or_else(|| {
        printer::error(&messages::bad_link(lang, template));
        Exit::Usage
    })
}

/// The files' names without their endings; the whole paths where that would give two students one name.
fn names(paths: &[&Path]) -> Vec<String> {
    let stem = |path: &&Path| {
        path.file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let stems: Vec<String> = paths.iter().map(stem).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for stem in &stems {
        *times.entry(stem).or_default() += 1;
    }
    let whole = |path: &Path| path.with_extension("").to_string_lossy().into_owned();
    let name = |(path, stem): (&&Path, &String)| match times[stem.as_str()] {
        1 => stem.clone(),
        _ => whole(path),
    };
    paths.iter().zip(&stems).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_never_give_one_name() {
        let paths = ["a/grade.json", "b/grade.json", "c/amina.json"].map(Path::new);
        assert_eq!(names(&paths), ["a/grade", "b/grade", "amina"]);
    }
}

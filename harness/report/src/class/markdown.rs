//! A class in Markdown: a table an exercise, then the mistakes.

use crate::escape::clean;
use crate::export::markdown::inline;
use crate::family::listed;
use crate::texts::{Lang, Texts};

use super::sheet::Sheet;
use super::{Class, Link, Student, short};

pub(super) fn write(class: &Class, lang: Lang) -> String {
    let texts = lang.texts();
    let mut out = format!("# {}\n", texts.class_title());
    for sheet in Sheet::all(class) {
        out += &format!(
            "\n## {} — {}\n\n{}\n\n",
            inline(&short(sheet.exercise)),
            inline(&short(sheet.title)),
            inline(&summary(&sheet, texts))
        );
        out += &table(&sheet, texts);
        out += &format!("\n{}\n", texts.class_legend());
        if sheet.left_out > 0 {
            out += &format!(
                "\n{}\n",
                inline(&texts.class_left_out(sheet.left_out as u64))
            );
        }
        out += &mistakes(&sheet, texts);
    }
    if !class.unread.is_empty() {
        out += &format!("\n## {}\n\n", texts.class_unread());
        for unread in &class.unread {
            out += &format!("- {}\n", inline(&unread.reason));
        }
    }
    out
}

/// How many students there are, and how it went.
pub(super) fn summary(sheet: &Sheet<'_>, texts: Texts) -> String {
    let count = sheet.students.len() as u64;
    match sheet.shares() {
        None => texts.class_count(count),
        Some((mean, median)) => {
            texts.class_summary(count, &texts.decimal(mean, 0), &texts.decimal(median, 0))
        }
    }
}

fn table(sheet: &Sheet<'_>, texts: Texts) -> String {
    let mut rows = vec![vec![texts.class_student(), texts.html_points(2)]];
    rows[0].extend(sheet.columns.iter().map(|column| inline(&short(column.id))));
    for student in &sheet.students {
        let score = student.grade.score;
        let mut row = vec![linked(student), format!("{}/{}", score.points, score.max)];
        row.extend(
            sheet
                .columns
                .iter()
                .map(|column| Sheet::cell(column, student).mark()),
        );
        rows.push(row);
    }
    let mut last = vec![inline(&texts.class_right()), String::new()];
    last.extend(
        sheet
            .columns
            .iter()
            .map(|column| sheet.right(column).to_string()),
    );
    rows.push(last);
    let line = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
    let rule = format!("| --- | ---: |{}\n", " :-: |".repeat(sheet.columns.len()));
    let mut lines = rows.iter().map(line);
    let head = lines.next().unwrap_or_default();
    format!("{head}{rule}{}", lines.collect::<String>())
}

fn linked(student: &Student) -> String {
    let name = inline(&short(&student.name));
    match &student.link {
        Some(link) => format!("[{name}](<{}>)", address(link)),
        None => name,
    }
}

/// An address between angle brackets: what ends it or begins an escape is encoded.
fn address(link: &Link) -> String {
    let encode = |c| match c {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '\\' => "%5C".to_owned(),
        '|' => "%7C".to_owned(),
        other => other.to_string(),
    };
    link.as_str().chars().map(encode).collect()
}

/// Words of ours between backticks, in which nothing else has a meaning.
fn code(text: &str) -> String {
    format!("`{}`", clean(text).replace('`', "'"))
}

fn mistakes(sheet: &Sheet<'_>, texts: Texts) -> String {
    if sheet.mistakes.is_empty() {
        return String::new();
    }
    let mut out = format!("\n### {}\n\n", texts.class_mistakes());
    for mistake in &sheet.mistakes {
        let names: Vec<String> = mistake.students.iter().map(|one| linked(one)).collect();
        let who = inline(&texts.class_who(mistake.students.len() as u64));
        out += &format!(
            "- **{}** {who} {}  \n  {}: {}\n",
            inline(&mistake.title(texts)),
            names.join(", "),
            code(&short(mistake.cause)),
            code(&listed(&mistake.cases)),
        );
    }
    out
}

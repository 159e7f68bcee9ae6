//! The sheet in Markdown.

use crate::escape::{clean, clean_lines};

use super::{Block, ladder};

pub(super) fn write(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(block).collect();
    parts.join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}\n", "#".repeat((*level).into()), clean(text)),
        Block::Paragraph(text) => format!("{}\n", clean(text)),
        Block::Items(items) => items
            .iter()
            .map(|one| format!("- {}\n", clean(one)))
            .collect(),
        Block::Table(rows) => table(rows),
        Block::Code(language, text) => fenced(language, text),
        Block::Ladder(rows) => fenced("text", &ladder::in_characters(rows)),
    }
}

fn table(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| clean(cell).replace('|', "\\|"))
            .collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
        if index == 0 {
            text.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
        }
    }
    text
}

/// A fence longer than any that the text holds.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    format!("{fence}{language}\n{}{fence}\n", clean_lines(text))
}

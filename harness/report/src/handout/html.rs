//! The sheet as one page for a browser: no script, nothing fetched; its policy names its style by hash.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::escape::{clean, clean_lines};
use crate::html::{STYLE, STYLE_HASH, prose};
use crate::texts::Lang;

use super::{Block, ladder};

pub(super) fn write(blocks: &[Block], lang: Lang) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none'"
    );
    let title = blocks.iter().find_map(|block| match block {
        Block::Heading(1, text) => Some(clean(text)),
        _ => None,
    });
    let page = html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title.unwrap_or_default()) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { @for one in blocks { (block(one)) } } }
        }
    };
    page.into_string() + "\n"
}

fn block(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Heading(1, text) => h1 { (prose(text)) },
            Block::Heading(2, text) => h2 { (prose(text)) },
            Block::Heading(_, text) => h3 { (prose(text)) },
            Block::Paragraph(text) => p { (prose(text)) },
            Block::Items(items) => ul { @for item in items { li { (prose(item)) } } },
            Block::Table(rows) => (table(rows)),
            Block::Code(_, text) => pre { code { (clean_lines(text)) } },
            Block::Ladder(rows) => figure { (ladder::as_picture(rows)) },
        }
    }
}

fn table(rows: &[Vec<String>]) -> Markup {
    let (head, body) = rows.split_first().unzip();
    html! {
        div.scroll { table {
            thead { tr { @for cell in head.into_iter().flatten() { th scope="col" { (prose(cell)) } } } }
            tbody {
                @for row in body.into_iter().flatten() {
                    tr { @for cell in row { td { (prose(cell)) } } }
                }
            }
        } }
    }
}

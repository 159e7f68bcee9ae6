//! The page of a cause, folded, so that the file says all that `sockspec explain` would.
//!
//! Pages are ours and keep to a little of Markdown: headings, paragraphs, lists, fenced code.

use maud::{Markup, html};
use sockspec_case::diagnosis::Cause;

use crate::explain;
use crate::texts::Lang;

use super::prose;

/// What `sockspec explain` says; nothing for a cause that this version does not know.
pub(super) fn write(slug: &str, lang: Lang) -> Markup {
    let Ok(cause) = slug.parse::<Cause>() else {
        return html! {};
    };
    html! {
        details.explained {
            summary { code { "sockspec explain " (cause.as_str()) } }
            @for block in blocks(explain::page(cause, lang)) { (block.markup()) }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Block<'a> {
    Heading(&'a str),
    Smaller(&'a str),
    Paragraph(String),
    List(Vec<String>),
    Code(Vec<&'a str>),
}

impl Block<'_> {
    fn markup(&self) -> Markup {
        html! {
            @match self {
                Block::Heading(text) => h4 { (prose(text)) },
                Block::Smaller(text) => h5 { (prose(text)) },
                Block::Paragraph(text) => p { (prose(text)) },
                Block::List(items) => ul { @for item in items { li { (prose(item)) } } },
                Block::Code(lines) => pre tabindex="0" { (lines.join("\n")) },
            }
        }
    }
}

/// The blocks after the title and the slug, which the reader has before the eyes.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut code: Option<Vec<&str>> = None;
    let mut goes_on = false;
    for line in page.lines().skip_while(|line| !line.starts_with("## ")) {
        if let Some(lines) = &mut code {
            if line == "```" {
                blocks.push(Block::Code(std::mem::take(lines)));
                code = None;
            } else {
                lines.push(line);
            }
            continue;
        }
        let went_on = std::mem::replace(&mut goes_on, false);
        if line.starts_with("```") {
            code = Some(Vec::new());
        } else if let Some(text) = line.strip_prefix("### ") {
            blocks.push(Block::Smaller(text));
        } else if let Some(text) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(text));
        } else if let Some(text) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(text.to_owned()),
                _ => blocks.push(Block::List(vec![text.to_owned()])),
            }
            goes_on = true;
        } else if !line.is_empty() {
            match blocks.last_mut() {
                Some(Block::Paragraph(text)) if went_on => *text += &format!(" {line}"),
                Some(Block::List(items)) if went_on => {
                    if let Some(item) = items.last_mut() {
                        *item += &format!(" {}", line.trim_start());
                    }
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
            goes_on = true;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_keeps_to_what_is_known() {
        for cause in Cause::ALL {
            for lang in Lang::ALL {
                let blocks = blocks(explain::page(*cause, lang));
                let count =
                    |test: fn(&Block<'_>) -> bool| blocks.iter().filter(|one| test(one)).count();
                assert_eq!(count(|block| matches!(block, Block::Heading(_))), 5);
                assert_eq!(
                    count(|block| matches!(block, Block::List(_))),
                    1,
                    "{}",
                    cause.as_str()
                );
                assert!(count(|block| matches!(block, Block::Code(_))) >= 5);
                for block in &blocks {
                    if let Block::Paragraph(text) = block {
                        let foreign = ["#", "* ", "> ", "    ", "|", "!["];
                        assert!(!foreign.iter().any(|mark| text.starts_with(mark)), "{text}");
                        assert!(!text.contains("](") && !text.contains("**"), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn lines_of_a_paragraph_and_of_an_item_are_joined() {
        let page =
            "# T\n\n`t`\n\n## Why\n\none\ntwo\n\nthree\n\n- a\n  b\n- c\n\n```c\nx;\n\ny;\n```\n";
        let text = |text: &str| text.to_owned();
        assert_eq!(
            blocks(page),
            [
                Block::Heading("Why"),
                Block::Paragraph(text("one two")),
                Block::Paragraph(text("three")),
                Block::List(vec![text("a b"), text("c")]),
                Block::Code(vec!["x;", "", "y;"]),
            ]
        );
    }
}

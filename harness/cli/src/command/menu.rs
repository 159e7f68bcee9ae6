//! `sockspec menu`: the reference menu, over all exercises.

use sockspec_reference::{MenuItem, MenuLanguage};
use sockspec_report::Lang;

use crate::exit::Exit;
use crate::{messages, printer, specs};

/// Runs the menu until its user has finished.
pub async fn run(lang: Lang) -> Exit {
    let servers = sockspec_reference::exercises().iter();
    let items = servers.map(|id| {
        specs::find(id, lang).map(|spec| MenuItem {
            id: (*id).to_owned(),
            title: lang.of(&spec.title).to_owned(),
        })
    });
    let items: Vec<MenuItem> = match items.collect() {
        Ok(items) => items,
        // What is wrong with a spec of ours has been said.
        Err(exit) => return exit,
    };
    let language = match lang {
        Lang::Fr => MenuLanguage::French,
        Lang::En => MenuLanguage::English,
    };
    match sockspec_reference::menu(&items, language).await {
        Ok(()) => Exit::Passed,
        Err(error) => {
            printer::error(&messages::machine(lang, &error.to_string()));
            Exit::Unreachable
        }
    }
}

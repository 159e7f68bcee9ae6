//! Every code can be explained, and stands for one thing.

use std::collections::BTreeSet;

use sockspec_spec::codes;

#[test]
fn codes_are_in_order_and_each_stands_for_one_thing() {
    let ids: Vec<&str> = codes::all().map(|code| code.id).collect();
    assert!(ids.is_sorted());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for code in codes::all() {
        assert!(
            code.id.len() == 6 && code.id.starts_with("SS"),
            "{}",
            code.id
        );
        for text in [code.title_en, code.title_fr] {
            assert!(
                !text.is_empty() && !text.ends_with('.'),
                "{}: {text}",
                code.id
            );
        }
        for text in [code.long_en, code.long_fr] {
            assert!(
                text.len() > 40 && text.ends_with('.'),
                "{}: {text}",
                code.id
            );
        }
        assert_ne!(code.title_en, code.title_fr);
    }
}

#[test]
fn a_code_is_found_by_its_id() {
    assert_eq!(codes::find("ss0101"), Some(&codes::UNKNOWN_KEY));
    assert_eq!(codes::find("SS9999"), None);
}

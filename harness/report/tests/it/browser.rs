//! The pages in a browser: they do what they should, and nothing that a grade says is done.
//!
//! Where chromium is not installed a test says so and passes: `.ci/run` installs it.

mod chromium;

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use sockspec_case::grade::Grade;
use sockspec_case::transcript::{Barrier, Kind};
use sockspec_report::class::{Class, Form, Link, Student, Unread, write};
use sockspec_report::{Format, Lang, Options, render, to_wire};
use tempfile::TempDir;

use crate::fixture;
use chromium::Browser;

/// Pages in a folder, and a place that nothing may call.
struct Pages {
    folder: TempDir,
    place: SocketAddr,
    calls: Arc<AtomicUsize>,
}

impl Pages {
    fn new() -> Self {
        let beacon = TcpListener::bind("127.0.0.1:0").unwrap();
        let calls = Arc::new(AtomicUsize::new(0));
        let pages = Pages {
            folder: TempDir::new().unwrap(),
            place: beacon.local_addr().unwrap(),
            calls: Arc::clone(&calls),
        };
        // Whoever calls is counted and turned away: a page that waits for an answer is not loaded.
        std::thread::spawn(move || {
            while beacon.accept().is_ok() {
                calls.fetch_add(1, Ordering::SeqCst);
            }
        });
        pages
    }

    fn write(&self, text: &str) -> PathBuf {
        let path = self.folder.path().join("page.html");
        fs::write(&path, text).unwrap();
        path
    }

    /// Whether somebody called. Our own call comes behind all those made before.
    fn was_called(&self) -> bool {
        let before = self.calls.load(Ordering::SeqCst);
        let _ours = TcpStream::connect(self.place).unwrap();
        while self.calls.load(Ordering::SeqCst) == before {
            std::thread::yield_now();
        }
        self.calls.load(Ordering::SeqCst) > 1
    }

    /// Every way that we know of to act from a text in a page.
    fn attack(&self) -> String {
        let place = self.place;
        format!(
            r#"</title></style></code></pre></td></svg>"'><script>window.acted = 1; document.title = 'acted'; fetch('http://{place}/s')</script>
<img src="http://{place}/i" onerror="window.acted = 2"><svg onload="window.acted = 3"></svg>
<iframe srcdoc="<script>parent.acted = 4</script>" src="http://{place}/f"></iframe>
<link rel="stylesheet" href="http://{place}/l"><style>@import url(http://{place}/c); body {{ display: none }}</style>
<base href="http://{place}/"><form action="http://{place}/"><button autofocus onfocus="window.acted = 5">x</button></form>
<a href="javascript:window.acted=6" id="said">x</a><details open ontoggle="window.acted = 7"></details>
" onmouseover="window.acted = 8" autofocus onfocus="window.acted = 9" x="<script>alert(1)</script>
<meta http-equiv="refresh" content="0;url=http://{place}/m"><object data="http://{place}/o"></object>
<b hidden>{}</b>"#,
            fixture::ATTACK
        )
    }
}

fn report(grade: &Grade, lang: Lang) -> String {
    let options = Options {
        lang,
        ..Options::default()
    };
    String::from_utf8(render(Format::Html, grade, &options)).unwrap()
}

fn class(grades: &[(&str, Grade)], lang: Lang) -> String {
    let student = |(name, grade): &(&str, Grade)| Student {
        name: (*name).to_owned(),
        link: Link::new("{name}.html", name, name),
        grade: to_wire(grade, lang),
    };
    let class = Class {
        students: grades.iter().map(student).collect(),
        unread: vec![Unread {
            name: grades[0].0.into(),
            reason: grades[0].0.into(),
        }],
    };
    write(&class, Form::Html, None, lang)
}

/// What the browser saw that no page of ours does.
fn misdeeds(browser: &mut Browser) -> Vec<String> {
    let mut seen = Vec::new();
    for (method, parameters) in &browser.events {
        let is_ours = |url: &Value| url.as_str().is_some_and(|url| url.starts_with("file:"));
        let bad = match method.as_str() {
            "Network.requestWillBeSent" => !is_ours(&parameters["request"]["url"]),
            "Page.frameAttached"
            | "Page.javascriptDialogOpening"
            | "Page.frameScheduledNavigation"
            | "Page.windowOpen"
            | "Runtime.exceptionThrown"
            | "Log.entryAdded" => true,
            _ => false,
        };
        if bad {
            seen.push(format!("{method} {parameters}"));
        }
    }
    let acted = browser.value(
        "[window.acted !== undefined, document.title === 'acted', document.scripts.length !== 1,
          document.styleSheets.length !== 1, getComputedStyle(document.body).display === 'none',
          document.querySelectorAll('iframe, object, embed, img, form, base, link').length > 0,
          [...document.querySelectorAll('*')].some(one => [...one.attributes].some(it => it.name.startsWith('on')))]",
    );
    for (number, one) in acted.as_array().unwrap().iter().enumerate() {
        if one != false {
            seen.push(format!("act {number}"));
        }
    }
    seen
}

#[test]
fn an_attack_that_is_not_escaped_is_seen() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    // A page that leads elsewhere by itself could not be asked.
    let attack = pages.attack().replace("http-equiv", "name");
    let page = format!("<!DOCTYPE html><html><title>x</title><body>{attack}");
    browser.open(&pages.write(&page));
    let seen = misdeeds(&mut browser);
    assert!(seen.len() > 5, "{seen:#?}");
    assert!(pages.was_called());
}

#[test]
fn nothing_of_a_hostile_grade_acts() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    let attack = pages.attack();
    let mut bytes = attack.clone().into_bytes();
    bytes.extend(b"\xff\xfe\xc3");
    let hostile = fixture::hostile_with(&attack, &bytes);
    for lang in Lang::ALL {
        let named = (attack.as_str(), hostile.clone());
        for text in [report(&hostile, lang), class(&[named], lang)] {
            browser.open(&pages.write(&text));
            assert_eq!(misdeeds(&mut browser), Vec::<String>::new());
            // Whatever is there to be pointed at, pressed or opened.
            browser.value(
                "for (const one of document.querySelectorAll('*')) {
                   for (const type of ['mouseover', 'focus', 'toggle', 'load', 'error'])
                     one.dispatchEvent(new Event(type));
                   if (one.focus) one.focus();
                 }
                 for (const one of document.querySelectorAll('summary, button')) one.click();",
            );
            assert_eq!(misdeeds(&mut browser), Vec::<String>::new());
        }
    }
    assert!(!pages.was_called());
}

/// Grades to look at, by name.
fn grades() -> [(&'static str, Grade); 5] {
    [
        ("perfect", fixture::perfect()),
        ("failing", cut()),
        ("hostile", fixture::hostile()),
        ("lossy", fixture::lossy()),
        ("variants", fixture::with_failed_variants()),
    ]
}

/// As [`fixture::failing`], with a character that the cut divides.
fn cut() -> Grade {
    let mut grade = fixture::failing();
    let events = &mut grade.cases[3].transcript.events;
    for (event, bytes) in events[1..3].iter_mut().zip([b"caf\xc3", b"\xa9fa\n"]) {
        event.kind = Kind::Sent {
            bytes: bytes.to_vec(),
            barrier: Barrier::Kernel,
        };
    }
    grade
}

#[test]
fn links_lead_where_they_say_and_folds_open() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    for lang in Lang::ALL {
        for (name, grade) in grades() {
            for text in [report(&grade, lang), class(&[(name, grade.clone())], lang)] {
                browser.open(&pages.write(&text));
                assert_eq!(
                    browser.value("document.documentElement.lang"),
                    lang.as_str()
                );
                let wrong = browser.value(
                    "(async () => {
                       const wrong = [];
                       for (const fold of document.querySelectorAll('details')) {
                         const was = fold.open;
                         const about = fold.querySelector('summary');
                         about.click();
                         if (fold.open === was) wrong.push('does not fold: ' + about.textContent);
                         about.click();
                       }
                       for (const link of document.querySelectorAll('a[href^=\"#\"]')) {
                         const place = document.getElementById(link.getAttribute('href').slice(1));
                         link.click();
                         await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                         const seen = place && place.getBoundingClientRect().height > 0;
                         if (!seen) wrong.push('leads to what is not seen: ' + link.outerHTML);
                       }
                       return wrong;
                     })()",
                );
                assert_eq!(wrong, json!([]), "{name}");
            }
        }
    }
}

#[test]
fn a_fold_opens_by_keyboard_and_copy_buttons_are_there() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    browser.open(&pages.write(&report(&cut(), Lang::En)));
    browser.value("document.querySelector('details:not([open]) > summary').focus()");
    let fold = "document.activeElement.parentElement.open";
    assert_eq!(browser.value(fold), false);
    for kind in ["keyDown", "keyUp"] {
        let key = json!({ "type": kind, "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13 });
        browser.call("Input.dispatchKeyEvent", key);
    }
    assert_eq!(browser.value(fold), true);
    let buttons = browser.value("[...document.querySelectorAll('button')].map(one => one.hidden)");
    let buttons = buttons.as_array().unwrap();
    assert!(!buttons.is_empty() && buttons.iter().all(|hidden| hidden == false));
}

/// The least contrast of a text with what is behind it, WCAG 2.1 level AA.
const CONTRAST: f64 = 4.5;

/// The texts whose contrast is too small, with it.
const FAINT: &str = r"(() => {
  const rgb = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = one => {
    for (; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || one.closest('svg, script, .vh, .skip')) continue;
    if (!one.getClientRects().length) continue;
    let opacity = 1;
    for (let it = one; it; it = it.parentElement) opacity *= getComputedStyle(it).opacity;
    const back = behind(one);
    const ink = rgb(getComputedStyle(one).color).slice(0, 3)
      .map((v, at) => v * opacity + back[at] * (1 - opacity));
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < LEAST) found.push([texts.currentNode.data.trim().slice(0, 40), contrast]);
  }
  return found;
})()";

/// What stands out of a page that is as wide as a telephone, but for what scrolls by itself.
const WIDE: &str = r"(() => {
  const scrolls = one => one && (getComputedStyle(one).overflowX === 'auto' || scrolls(one.parentElement));
  if (document.documentElement.scrollWidth <= 360) return [];
  return [...document.querySelectorAll('*')].filter(one => one.scrollWidth > 360 && !scrolls(one))
    .map(one => `${one.tagName} ${one.className} ${one.scrollWidth}`);
})()";

#[test]
fn a_page_reads_in_the_dark_and_on_a_telephone() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    let faint = FAINT.replace("LEAST", &CONTRAST.to_string());
    for (name, grade) in grades() {
        for text in [
            report(&grade, Lang::Fr),
            class(
                &[(name, grade.clone()), ("other", fixture::failing())],
                Lang::Fr,
            ),
        ] {
            browser.open(&pages.write(&text));
            let mut papers = Vec::new();
            for scheme in ["light", "dark"] {
                let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
                browser.call(
                    "Emulation.setEmulatedMedia",
                    json!({ "features": features }),
                );
                papers.push(
                    browser.value("getComputedStyle(document.documentElement).backgroundColor"),
                );
                assert_eq!(browser.value(&faint), json!([]), "{name}, {scheme}");
            }
            assert_ne!(papers[0], papers[1]);
            let small =
                json!({ "width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": false });
            browser.call("Emulation.setDeviceMetricsOverride", small);
            let wide = browser.value(WIDE);
            assert_eq!(wide, json!([]), "{name}");
            browser.call("Emulation.clearDeviceMetricsOverride", json!({}));
        }
    }
}

/// The texts of a diagram that leave it, or lie on another.
const MISPLACED: &str = r"[...document.querySelectorAll('svg.ladder')].flatMap(picture => {
  for (let fold = picture.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  const [, , width, height] = picture.getAttribute('viewBox').split(' ').map(Number);
  const boxes = [...picture.querySelectorAll('text')].filter(one => one.textContent.trim())
    .map(one => [one.textContent, one.getBBox()]);
  const out = boxes.filter(([, box]) =>
    box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height);
  const lie = boxes.flatMap(([text, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width
      && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height)
    .map(([other]) => [text, other]));
  return [...out.map(([text]) => text), ...lie];
})";

#[test]
fn a_diagram_shows_what_travelled() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    browser.open(&pages.write(&report(&cut(), Lang::En)));
    let count = |browser: &mut Browser, what: &str| {
        let all = format!("document.querySelectorAll('svg.ladder {what}').length");
        browser.value(&all).as_u64().unwrap()
    };
    let pictures = count(&mut browser, "");
    assert!(pictures > 0 || browser.value("document.querySelectorAll('svg.ladder').length") != 0);
    for part in [
        ".life",
        ".sent .arrow",
        ".wrong .arrow",
        ".wanted .arrow",
        ".scissors",
        ".fin .arrow",
    ] {
        assert!(count(&mut browser, part) > 0, "{part}");
    }
    let inside = browser.value("document.querySelector('svg.ladder .inside text').textContent");
    assert_eq!(inside, "cut inside é");
    // What was expected stands below what came instead, in the same lane and direction.
    let beside = browser.value(
        "(() => {
           const wrong = document.querySelector('svg.ladder .wrong line.arrow');
           const wanted = wrong.parentElement.nextElementSibling.querySelector('.arrow');
           return wrong.parentElement.nextElementSibling.classList.contains('wanted')
             && ['x1', 'x2'].every(end => Math.abs(wrong[end].baseVal.value - wanted[end].baseVal.value) < 9)
             && wanted.y1.baseVal.value > wrong.y1.baseVal.value;
         })()",
    );
    assert_eq!(beside, true);
}

#[test]
fn the_texts_of_a_diagram_have_their_room() {
    let Some(program) = chromium::installed() else {
        return;
    };
    let (pages, mut browser) = (Pages::new(), Browser::start(&program));
    for lang in Lang::ALL {
        for (name, grade) in grades() {
            for clients in [1, 2, 4] {
                let mut grade = grade.clone();
                for case in &mut grade.cases {
                    let events = &mut case.transcript.events;
                    events.insert(1.min(events.len()), printed());
                    for (number, event) in (0_u8..).zip(events).filter(|(number, _)| *number != 1) {
                        event.connection = 1 + number % clients;
                    }
                }
                browser.open(&pages.write(&report(&grade, lang)));
                let misplaced = browser.value(MISPLACED);
                assert_eq!(misplaced, json!([]), "{name}, {clients} clients");
            }
        }
    }
}

/// Something that the program printed, of some length.
fn printed() -> sockspec_case::transcript::Event {
    sockspec_case::transcript::Event {
        at: std::time::Duration::from_millis(2),
        connection: 0,
        kind: Kind::Printed {
            stream: sockspec_case::program::Stream::Err,
            left_out: 0,
            bytes:
                b"WARNING: a worker was taken away by the operating system, and nobody knows why\n"
                    .to_vec(),
        },
    }
}

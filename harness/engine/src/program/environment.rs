//! The environment of a program under test: what programs need to run, and nothing that changes what they do.
//!
//! A variable such as `PYTHONUNBUFFERED` would hide a missing flush, and those of a pipeline hold secrets.

use std::ffi::OsString;

/// What is handed on from the harness's own environment.
const KEPT: [&str; 34] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TZ",
    "LANG",
    "LANGUAGE",
    "LD_LIBRARY_PATH",
    "XDG_CACHE_HOME",
    // Where run-times and their libraries are.
    "JAVA_HOME",
    "JDK_HOME",
    "CLASSPATH",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "NODE_PATH",
    "NVM_DIR",
    "GOROOT",
    "GOPATH",
    "GOCACHE",
    "GOMODCACHE",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "GEM_HOME",
    "GEM_PATH",
    "RBENV_ROOT",
    "PERL5LIB",
    "DOTNET_ROOT",
    "OPAMROOT",
    "SDKMAN_DIR",
];

/// The variables of this process that a program under test is given: those of a fixed list, the locale's, and
/// `more` by name.
///
/// Pipelines have no locale: run-times then print `?` for each accent, which no user of the program would see. The
/// characters are UTF-8 in any case; of a locale that says so nothing changes.
pub fn kept(more: &[String]) -> Vec<(OsString, OsString)> {
    let mut kept: Vec<(OsString, OsString)> = std::env::vars_os()
        .filter(|(name, _)| {
            name.to_str().is_some_and(|name| {
                KEPT.contains(&name)
                    || name.starts_with("LC_")
                    || more.iter().any(|one| one == name)
            })
        })
        .collect();
    if !is_utf8(&kept) {
        kept.retain(|(name, _)| name != "LC_ALL");
        kept.push(("LC_ALL".into(), UTF8_LOCALE.into()));
    }
    kept
}

/// A locale that every system of today has.
const UTF8_LOCALE: &str = "C.UTF-8";

/// Whether the locale's characters are UTF-8: the first of these variables that is set decides.
fn is_utf8(variables: &[(OsString, OsString)]) -> bool {
    let value = |wanted: &str| {
        let mut all = variables.iter();
        let found = all.find(|(name, value)| name == wanted && !value.is_empty());
        found.map(|(_, value)| value.to_string_lossy().to_lowercase().replace('-', ""))
    };
    let locale = value("LC_ALL")
        .or_else(|| value("LC_CTYPE"))
        .or_else(|| value("LANG"));
    locale.is_some_and(|locale| locale.contains("utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_need_is_kept_and_the_rest_is_not() {
        let names: Vec<OsString> = kept(&[]).into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"PATH".into()));
        // Cargo sets it for its tests.
        assert!(std::env::var_os("CARGO_PKG_NAME").is_some());
        assert!(!names.contains(&"CARGO_PKG_NAME".into()));
        let more = kept(&["CARGO_PKG_NAME".to_owned()]);
        assert!(more.iter().any(|(name, _)| name == "CARGO_PKG_NAME"));
    }

    #[test]
    fn the_first_variable_that_is_set_decides_on_the_characters() {
        let of = |all: &[(&str, &str)]| -> bool {
            let all: Vec<_> = all.iter().map(|(n, v)| (n.into(), v.into())).collect();
            is_utf8(&all)
        };
        assert!(of(&[("LANG", "fr_FR.UTF-8")]));
        assert!(of(&[("LC_CTYPE", "C.utf8"), ("LANG", "C"), ("LC_ALL", "")]));
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]));
        assert!(!of(&[]));
        assert!(is_utf8(&kept(&[])));
    }
}

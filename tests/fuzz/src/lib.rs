//! What the fuzz targets share: the exercises' specs, as the targets' ground.

use std::sync::{Arc, LazyLock};

use sockspec_spec::Spec;

macro_rules! specs {
    ($($id:literal),* $(,)?) => {
        const TEXTS: &[(&str, &str)] = &[$((
            concat!($id, ".toml"),
            include_str!(concat!("../../../specs/", $id, ".toml")),
        ),)*];
    };
}

specs!(
    "echo-tcp",
    "echo-udp",
    "upper-tcp",
    "upper-udp",
    "text-commands",
    "mystery-number",
    "kv",
    "files",
    "daytime-tcp",
    "daytime-udp",
    "time-tcp",
    "chargen-udp",
);

/// Every data file is these bytes.
pub const DATA: &[u8] = b"a data file, \xC3\xA9\n";

/// The specs of the exercises.
pub static SPECS: LazyLock<Vec<Arc<Spec>>> = LazyLock::new(|| {
    let load = |(name, text): &(&str, &str)| load(name, text).map(Arc::new);
    TEXTS.iter().filter_map(load).collect()
});

/// Loads a spec whose data files are all [`DATA`].
pub fn load(name: &str, text: &str) -> Option<Spec> {
    sockspec_spec::load_with(name, text, &|_| Ok(DATA.into())).0
}

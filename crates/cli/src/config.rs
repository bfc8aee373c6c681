use std::env;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Outcome;
use crate::args::Options;
use crate::output::{Color, Failure, Output};

/// The store's name where nothing else is said.
const STORE: &str = "wirecopy.db";

/// The name of a configuration file.
const FILE: &str = "wirecopy.toml";

/// A value and where it was said.
#[derive(Clone, Debug)]
pub struct Setting<T> {
    pub value: T,
    pub origin: Origin,
}

/// Where a value was said, the strongest first.
#[derive(Clone, Debug)]
pub enum Origin {
    CommandLine,
    Environment(&'static str),
    File(PathBuf),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::CommandLine => f.write_str("command line"),
            Origin::Environment(name) => f.write_str(name),
            Origin::File(path) => path.display().fmt(f),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// The configuration that holds for this call.
#[derive(Clone, Debug)]
pub struct Config {
    pub store: Setting<PathBuf>,
    pub color: Setting<Color>,
}

/// What a configuration file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    store: Option<PathBuf>,
    color: Option<Color>,
}

/// The configuration: the command line, then `WIRECOPY_*`, then the nearest `wirecopy.toml` upwards from here, then the
/// one in the user's configuration folder.
pub fn load(options: &Options) -> Result<Config, Failure> {
    let files = files()?;
    let mut store =
        pick(options.store.clone(), env_var("WIRECOPY_STORE")?.map(PathBuf::from), "WIRECOPY_STORE", &files, |file| {
            file.store.clone()
        })
        .unwrap_or(Setting { value: STORE.into(), origin: Origin::Default });
    // A path in a file is meant from the file's folder.
    if let Origin::File(path) = &store.origin {
        store.value = path.parent().unwrap_or(Path::new("")).join(store.value);
    }
    let from_env =
        match env_var("WIRECOPY_COLOR")? {
            None => None,
            Some(text) => Some(Color::parse(&text).ok_or_else(|| {
                Failure::Config(format!("WIRECOPY_COLOR is {text:?}; it may be auto, always or never"))
            })?),
        };
    let color = pick(options.color, from_env, "WIRECOPY_COLOR", &files, |file| file.color)
        .unwrap_or(Setting { value: Color::Auto, origin: Origin::Default });
    Ok(Config { store, color })
}

fn pick<T>(
    said: Option<T>,
    from_env: Option<T>,
    variable: &'static str,
    files: &[(PathBuf, File)],
    of: impl Fn(&File) -> Option<T>,
) -> Option<Setting<T>> {
    said.map(|value| Setting { value, origin: Origin::CommandLine })
        .or_else(|| from_env.map(|value| Setting { value, origin: Origin::Environment(variable) }))
        .or_else(|| {
            files
                .iter()
                .find_map(|(path, file)| of(file).map(|value| Setting { value, origin: Origin::File(path.clone()) }))
        })
}

fn env_var(name: &'static str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::Config(format!("{name} is not UTF-8"))),
    }
}

/// The configuration files that are there, the strongest first.
fn files() -> Result<Vec<(PathBuf, File)>, Failure> {
    let here = env::current_dir().map_err(|error| Failure::Config(format!("the current folder: {error}")))?;
    let nearest = here.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file());
    let user = user_folder().map(|folder| folder.join("wirecopy").join(FILE)).filter(|path| path.is_file());
    let mut files = Vec::new();
    for path in nearest.into_iter().chain(user) {
        let text =
            std::fs::read_to_string(&path).map_err(|error| Failure::Config(format!("{}: {error}", path.display())))?;
        let file = toml::from_str(&text)
            .map_err(|error| Failure::Config(format!("{}: {}", path.display(), error.to_string().trim_end())))?;
        files.push((path, file));
    }
    Ok(files)
}

fn user_folder() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if cfg!(windows) {
        folder("APPDATA")
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    }
}

/// Prints the configuration, as a file would say it, with the origin of each value.
pub fn show(config: &Config, out: &mut Output) -> Result<Outcome, Failure> {
    let store = config.store.value.display().to_string();
    let color = config.color.value.as_str();
    if out.json {
        let row = serde_json::json!({
            "store": {"value": store, "origin": config.store.origin.to_string()},
            "color": {"value": color, "origin": config.color.origin.to_string()},
        });
        out.json(&row)?;
    } else {
        writeln!(out, "store = {store:?}  # {}", config.store.origin)?;
        writeln!(out, "color = {color:?}  # {}", config.color.origin)?;
    }
    Ok(Outcome::Done)
}

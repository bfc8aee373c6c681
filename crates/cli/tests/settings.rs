//! Where the settings come from, and what the command does with wrong ones.

mod common;

use std::fs;
use std::process::Command;

fn config(folder: &std::path::Path, env: &[(&str, &str)], args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    for name in ["WIRECOPY_STORE", "WIRECOPY_COLOR", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.current_dir(folder).env("XDG_CONFIG_HOME", folder.join("user")).envs(env.iter().copied());
    let output = command.args(["config"]).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_nearer_word_counts() {
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("a/b");
    fs::create_dir_all(&folder).unwrap();
    let told = |env: &[(&str, &str)], args: &[&str]| config(&folder, env, args).1;
    assert!(told(&[], &[]).contains("store = \"wirecopy.db\"  # default"));
    fs::create_dir_all(folder.join("user/wirecopy")).unwrap();
    fs::write(folder.join("user/wirecopy/wirecopy.toml"), "store = \"user.db\"\ncolor = \"never\"").unwrap();
    assert!(told(&[], &[]).contains("user.db"));
    fs::write(top.path().join("wirecopy.toml"), "store = \"near.db\"").unwrap();
    let near = told(&[], &[]);
    // A path in a file is meant from the file's folder; what it does not say comes from the next one.
    assert!(near.contains(&top.path().join("near.db").display().to_string()), "{near}");
    assert!(near.contains("color = \"never\""), "{near}");
    assert!(told(&[("WIRECOPY_STORE", "env.db")], &[]).contains("store = \"env.db\"  # WIRECOPY_STORE"));
    assert!(
        told(&[("WIRECOPY_STORE", "env.db")], &["--store", "said.db"]).contains("store = \"said.db\"  # command line")
    );
}

#[test]
fn wrong_settings_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wirecopy.toml"), "stoer = \"x.db\"").unwrap();
    let (code, _, told) = config(folder.path(), &[], &[]);
    assert_eq!(code, Some(2));
    assert!(told.contains("wirecopy.toml") && told.contains("stoer"), "{told}");
    fs::remove_file(folder.path().join("wirecopy.toml")).unwrap();
    let (code, _, told) = config(folder.path(), &[("WIRECOPY_COLOR", "pink")], &[]);
    assert_eq!(code, Some(2));
    assert!(told.contains("auto, always or never"), "{told}");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let pages = common::top().join("examples/tiny/pages");
    common::run(&store, &["build", pages.to_str().unwrap()], 0);
    let escapes = |args: &[&str]| common::run(&store, args, 0).contains('\u{1b}');
    assert!(!escapes(&["stories"]));
    assert!(escapes(&["stories", "--color", "always"]));
    assert!(!escapes(&["stories", "--color", "never"]));
}

#[test]
fn wrong_use_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    for args in [&["build"][..], &["explain"], &["no-such-command"], &["run", "extract", "--batch"], &["diff", "a"]] {
        let output = common::wirecopy(&store).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty());
    }
    for args in [&["--help"][..], &["--version"], &["build", "--help"], &["completions", "bash"], &["man"]] {
        let output = common::wirecopy(&store).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(!output.stdout.is_empty());
    }
}

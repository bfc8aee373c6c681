//! What goes wrong around the program: disks, files, bytes. Every case ends in an error that says what to do, with
//! everything kept that was kept before.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{content, rows, run, wirecopy};
use tempfile::TempDir;

/// A folder with some pages and a store of them.
fn stocked() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    for (name, text) in [
        ("tide.txt", "The tide came over the wall of Velmer on Monday, the keeper of the lock said in the evening."),
        (
            "lock.txt",
            "The tide came over the wall of Velmer on Monday, said the keeper of the lock, and two barns fell.",
        ),
        ("hay.txt", "Hay will be dear this winter, the farmers of Tarn said after a summer without any rain."),
    ] {
        fs::write(pages.join(name), text).unwrap();
    }
    run(&folder.path().join("store.db"), &["build", pages.to_str().unwrap()], 0);
    folder
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a script in a mount namespace of its own, if this machine lets anybody make one; says so if not.
fn with_mounts(script: &str, args: &[&Path]) -> Option<Output> {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c"]);
    let may = command.arg("mount -t tmpfs none /mnt").output().is_ok_and(|output| output.status.success());
    if !may {
        println!("SKIPPED: this machine lets nobody mount a file system for a test");
        return None;
    }
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_wirecopy")]);
    Some(command.args(args).output().unwrap())
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages.jsonl");
    // Noise, so that it does not become small when it is packed.
    let mut state = 7u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:x}", state >> 20)
    };
    let line = |id: usize, word: &mut dyn FnMut() -> String| {
        let text: Vec<String> = (0..300).map(|_| word()).collect();
        serde_json::json!({"id": format!("page {id}"), "text": text.join(" ")}).to_string()
    };
    let lines: Vec<String> = (0..3_000).map(|id| line(id, &mut word)).collect();
    fs::write(&pages, lines.join("\n")).unwrap();
    let script = "
        mount -t tmpfs -o size=8m none /mnt || exit 99
        \"$0\" build --no-claims \"$1\" --store /mnt/store.db; echo \"first $?\"
        \"$0\" articles --json --store /mnt/store.db >/dev/null; echo \"readable $?\"
        mount -o remount,size=400m /mnt
        \"$0\" build --no-claims \"$1\" --store /mnt/store.db >/dev/null; echo \"second $?\"
        cp /mnt/store.db* \"$2\"";
    let copy = folder.path().join("copy");
    fs::create_dir(&copy).unwrap();
    let Some(output) = with_mounts(script, &[&pages, &copy]) else { return };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told(&output).contains("the disk is full"), "{}", told(&output));
    assert!(said.contains("first 2") && said.contains("readable 0") && said.contains("second 0"), "{said}");
    let undisturbed = folder.path().join("undisturbed.db");
    run(&undisturbed, &["build", "--no-claims", pages.to_str().unwrap()], 0);
    assert_eq!(content(&copy.join("store.db")), content(&undisturbed));
}

#[test]
fn a_read_only_folder_can_be_read_and_not_written() {
    let folder = stocked();
    let script = "
        mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" || exit 99
        \"$0\" stories --store \"$1/store.db\"; echo \"read $?\"
        \"$0\" build \"$1/pages\" --store \"$1/store.db\"; echo \"build $?\"
        \"$0\" build \"$1/pages\" --store \"$1/new.db\"; echo \"new $?\"";
    let Some(output) = with_mounts(script, &[folder.path()]) else { return };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("read 0") && said.contains("build 2") && said.contains("new 2"), "{said}{}", told(&output));
    assert_eq!(told(&output).matches("read-only").count(), 2, "{}", told(&output));
}

#[test]
fn a_store_of_another_time_is_told_so() {
    let folder = stocked();
    let store = folder.path().join("store.db");
    let set = |version: i64| {
        let connection = rusqlite::Connection::open(&store).unwrap();
        connection.pragma_update(None, "user_version", version).unwrap();
    };
    let version: i64 =
        rusqlite::Connection::open(&store).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    for (other, why) in [(version + 1, "made by a newer wirecopy"), (version - 1, "made by an older wirecopy")] {
        set(other);
        let output = wirecopy(&store).arg("stories").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains(why), "{}", told(&output));
    }
}

#[test]
fn a_damaged_store_is_an_error_and_no_panic() {
    let folder = stocked();
    let store = folder.path().join("store.db");
    let whole = fs::read(&store).unwrap();
    // A page of the file after the other is overwritten; the first holds the file's own head.
    for page in 1..whole.len() / 4_096 {
        let mut damaged = whole.clone();
        damaged[page * 4_096..(page + 1) * 4_096].fill(0xA5);
        let file = folder.path().join("damaged.db");
        fs::write(&file, &damaged).unwrap();
        for args in [&["articles", "--text", "--json"][..], &["stories"], &["quotes"], &["xray", "tide.txt"]] {
            let output = wirecopy(&file).args(args).output().unwrap();
            let told = told(&output);
            assert!(matches!(output.status.code(), Some(0 | 2)), "page {page}, {args:?}: {told}");
            assert!(!told.contains("panicked"), "page {page}, {args:?}: {told}");
            assert_eq!(output.status.code() == Some(2), told.contains("damaged.db"), "page {page}, {args:?}: {told}");
        }
    }
}

#[test]
fn garbage_is_named_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let pages = folder.path().join("pages");
    fs::create_dir_all(pages.join("deep/deeper")).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(pages.join(name), bytes).unwrap();
    write("good.txt", b"The lake rose again in the night, the harbour master of Orrin said.");
    let noise: Vec<u8> = (0..100_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    write("noise.html", &noise);
    write("noise.txt", &noise);
    write("nul.txt", b"The lake\0rose\0again\0in the night.\0\0\0");
    write("empty.html", b"");
    write("line.txt", "word ".repeat(10 << 20).as_bytes());
    write(
        "some.jsonl",
        b"{\"id\": \"lone\", \"text\": \"A lone \\ud800 surrogate.\"}\n\
          {\"id\": \"ok\", \"text\": \"Rain fell.\"}\n\
          {\"id\": \"ok\", \"text\": \"Rain fell again.\"}\n\
          [1, 2]\n{\"id\": 7}\n\xff\xfe\n\n{\"id\": \"nul\", \"text\": \"a\\u0000b rain\"}\n",
    );
    std::os::unix::fs::symlink(&pages, pages.join("deep/deeper/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", pages.join("dangling.txt")).unwrap();
    let output = wirecopy(&store).args(["build", pages.to_str().unwrap()]).output().unwrap();
    let said = told(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    for named in [
        "empty.html: the file is empty",
        "line.txt: ",
        "some.jsonl, line 1: ",
        "some.jsonl, line 3: ",
        "some.jsonl, line 4: ",
        "some.jsonl, line 5: ",
        "some.jsonl, line 6: ",
        "dangling.txt: ",
        "loop: a link back to",
    ] {
        assert!(said.contains(named), "{named} is not in: {said}");
    }
    let ids: Vec<String> =
        rows(&store, &["articles"]).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    for id in ["good.txt", "nul.txt", "noise.html", "noise.txt", "ok", "nul"] {
        assert!(ids.contains(&id.to_owned()), "{id} is not in {ids:?}");
    }
}

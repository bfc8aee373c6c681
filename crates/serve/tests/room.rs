//! The reading room over the network, as browsers, programs and those who mean harm meet it.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use wirecopy::{BuildOptions, Decision, Mode, Store, build, decide};
use wirecopy_serve::{Error, Options, Server};

/// A server on a store of its own.
struct Open {
    addr: SocketAddr,
    store: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

/// An answer.
struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:.200}", self.body))
    }
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lake-orrin/pages")
}

fn open(pages: &Path, token: Option<&str>) -> Open {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wirecopy.db");
    let mut store = Store::open(&path, Mode::Write).unwrap();
    build(&mut store, &[pages], BuildOptions::default(), &mut |_| {}).unwrap();
    drop(store);
    let addr = "127.0.0.1:0".parse().unwrap();
    let options = Options { store: path.clone(), addr, token: token.map(str::to_owned), hosts: Vec::new() };
    let (stop, stopped) = oneshot::channel();
    let (told, addr) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
            let server = Server::bind(options).await.unwrap();
            told.send(server.addr()).unwrap();
            server.run(async { drop(stopped.await) }).await;
        });
    });
    Open { addr: addr.recv().unwrap(), store: path, stop: Some(stop), thread: Some(thread), _folder: folder }
}

impl Open {
    /// Sends a request as it stands and reads until the server has nothing more to say.
    fn send(&self, request: &[u8]) -> Got {
        let mut stream = TcpStream::connect(self.addr).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        // A server that refuses may close before it has read everything.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let body = if head.to_lowercase().contains("transfer-encoding: chunked") { unchunk(body) } else { body.into() };
        Got { status, head: head.into(), body }
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Got {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}",
            self.addr
        );
        self.send(request.as_bytes())
    }

    fn get(&self, path: &str) -> Got {
        self.ask("GET", path, "", "")
    }

    fn stories(&self) -> Vec<Value> {
        self.get("/stories.json?sort=copied").json()["stories"].as_array().unwrap().clone()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.thread.take().map(JoinHandle::join);
    }
}

fn unchunk(body: &str) -> String {
    let mut rest = body;
    let mut whole = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        if size == 0 || size > after.len() {
            break;
        }
        whole.push_str(&after[..size]);
        rest = after[size..].trim_start_matches("\r\n");
    }
    whole
}

/// The addresses of this server to which a page leads.
fn links(page: &str) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = hrefs.filter(|href| href.starts_with('/')).map(|href| href.split('#').next().unwrap_or(href));
    own.map(|href| href.replace("&amp;", "&").replace("&#39;", "'")).collect()
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let room = open(&example(), None);
    let mut seen = BTreeSet::new();
    let mut todo: Vec<String> =
        ["/", "/about", "/alerts", "/decisions", "/references", "/xray", "/search?q=summit"].map(str::to_owned).into();
    while let Some(path) = todo.pop() {
        if !seen.insert(path.clone()) || seen.len() > 1_500 {
            continue;
        }
        let got = room.get(&path);
        assert_eq!(got.status, 200, "{path}: {:.300}", got.body);
        for (rule, value) in [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer")] {
            assert_eq!(got.header(rule), Some(value), "{path}");
        }
        assert!(got.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'")));
        if got.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            assert!(
                !got.body.contains(" style=\"") && !got.body.contains("<style"),
                "{path}: the policy forbids styles"
            );
            todo.extend(links(&got.body));
        }
    }
    for kind in [
        "/story?",
        "/article?",
        "/collation?",
        "/family?",
        "/source?",
        "/speaker?",
        "/quote?",
        "/apparatus?",
        "/explain?",
        "/story.json?",
        "/copies?",
    ] {
        assert!(seen.iter().any(|path| path.starts_with(kind)), "no page leads to {kind}");
    }
}

#[test]
fn answers_are_as_the_description_says() {
    let room = open(&example(), None);
    let description = room.get("/api/v1/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    let story = room.stories()[0].clone();
    let whole = room.get(&format!("/story.json?id={}", story["story"].as_str().unwrap())).json();
    let ties = room.get("/network.json").json();
    let values = [
        ("story", "id", whole["story"]["story"].clone()),
        ("article", "id", story["articles"][0].clone()),
        ("quote", "id", whole["quotes"][0]["id"].clone()),
        ("speaker", "name", room.get("/speakers.json").json()["speakers"][0]["speaker"].clone()),
        ("source", "name", ties["ties"][0]["source"].clone()),
        ("copies", "source", ties["ties"][0]["source"].clone()),
        ("copies", "copy", ties["ties"][0]["copy"].clone()),
        ("collation", "a", story["articles"][0].clone()),
        ("collation", "b", story["articles"][1].clone()),
        ("explain", "a", story["articles"][0].clone()),
        ("apparatus", "w", story["articles"][0].clone()),
        ("apparatus", "w", story["articles"][1].clone()),
        ("search", "q", json!("summit")),
    ];
    for (path, offer) in description["paths"].as_object().unwrap() {
        let name = path.rsplit('/').next().unwrap();
        let fields = values.iter().filter(|(of, ..)| *of == name);
        let mut query: Vec<String> =
            fields.map(|(_, key, value)| format!("{key}={}", encode(value.as_str().unwrap()))).collect();
        if name == "family" {
            let page = room.get(&format!("/story?id={}", story["story"].as_str().unwrap())).body;
            let link = links(&page).into_iter().find(|link| link.starts_with("/family?")).unwrap();
            query.push(link.split_once('?').unwrap().1.to_owned());
        }
        let got = room.get(&format!("{path}?{}", query.join("&")));
        assert_eq!(got.status, 200, "{path}: {}", got.body);
        let schema = &offer["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        check(&got.json(), schema, &description, path);
        if offer["get"]["parameters"].as_array().unwrap().iter().any(|field| field["required"] == true) {
            let bad = room.get(path);
            assert_eq!((bad.status, bad.header("content-type")), (400, Some("application/problem+json")), "{path}");
            check(&bad.json(), &json!({"$ref": "#/components/schemas/Problem"}), &description, path);
        }
    }
}

/// What of JSON Schema the description uses.
fn check(value: &Value, schema: &Value, whole: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = whole.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{at}: no {reference}"));
        return check(value, target, whole, at);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        check(value, part, whole, at);
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{at}: {value}");
    }
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{at}: unknown type {other}"),
    };
    match &schema["type"] {
        Value::Array(kinds) => assert!(kinds.iter().any(is), "{at}: {value:.80} is none of {kinds:?}"),
        Value::Null => {}
        kind => assert!(is(kind), "{at}: {value} is no {kind}"),
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(name.as_str().unwrap()).is_some(), "{at}: {name} is missing");
    }
    for (name, part) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(inner) = value.get(name) {
            check(inner, part, whole, &format!("{at}.{name}"));
        }
    }
    if schema["items"].is_object() {
        value.as_array().into_iter().flatten().for_each(|item| check(item, &schema["items"], whole, at));
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn a_list_goes_on_where_it_stopped() {
    let room = open(&example(), None);
    let all: Vec<Value> = room.get("/stories.json?sort=newest").json()["stories"].as_array().unwrap().clone();
    for (list, name, limit) in [("stories", "story", 3), ("speakers", "speaker", 4), ("sources", "source", 2)] {
        let mut names = Vec::new();
        let mut path = format!("/{list}.json?limit={limit}");
        loop {
            let page = room.get(&path).json();
            names.extend(page[list].as_array().unwrap().iter().map(|row| row[name].clone()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/{list}.json?limit={limit}&cursor={}", encode(next));
        }
        let whole = room.get(&format!("/{list}.json?limit=500")).json();
        let whole: Vec<Value> = whole[list].as_array().unwrap().iter().map(|row| row[name].clone()).collect();
        assert_eq!(names, whole, "{list}");
        assert!(whole.len() > limit);
    }
    assert_eq!(all.len(), 8);
}

#[test]
fn what_has_not_changed_is_not_sent_again_and_what_a_build_adds_is_shown() {
    let room = open(&example(), None);
    let first = room.get("/stories.json");
    let tag = first.header("etag").unwrap().to_owned();
    let again = room.ask("GET", "/stories.json", &format!("If-None-Match: {tag}\r\n"), "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let packed = room.ask("GET", "/", "Accept-Encoding: br, gzip;q=0.8\r\n", "");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let pages = tempfile::tempdir().unwrap();
    std::fs::write(
        pages.path().join("late.txt"),
        "Quenby opens a bridge\n\nThe bridge at Quenby opened on Friday, said Ada Holm.\n",
    )
    .unwrap();
    let mut store = Store::open(&room.store, Mode::Write).unwrap();
    build(&mut store, &[pages.path()], BuildOptions::default(), &mut |_| {}).unwrap();
    let later = room.ask("GET", "/stories.json", &format!("If-None-Match: {tag}\r\n"), "");
    assert_eq!(later.status, 200);
    assert!(later.body.contains("Quenby"));
    assert_eq!(room.get("/article?id=late.txt").status, 200);
}

#[test]
fn bad_requests_get_a_clear_error() {
    let room = open(&example(), None);
    let long = "x".repeat(9_000);
    for (path, status) in [
        ("/nowhere", 404),
        ("/../../etc/passwd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/style.css/../../x", 404),
        ("//evil.example/", 404),
        ("/story", 400),
        ("/story?id=", 400),
        ("/story?id=zzzz", 404),
        ("/story?id=0123", 404),
        ("/story?id=%00%ff", 404),
        ("/story?id=' OR 1=1 --", 0),
        ("/story?id=%27%20OR%201%3D1%20--", 404),
        ("/article?id=../../etc/passwd", 404),
        ("/article?id=radio-kalmeth&at=minus", 400),
        ("/stories?sort=best", 400),
        ("/stories?limit=0", 400),
        ("/stories.json?limit=999999999999999999999", 400),
        ("/stories.json?cursor=nothing", 400),
        ("/stories.json?after=spring", 400),
        ("/stories?after=spring", 200),
        ("/search?q=%22%20OR%20body%3A*%20NEAR(", 200),
        ("/search?q=*%20%22%22%20%28%29%20-%20%5E", 200),
        ("/search?q=a%00b", 200),
        ("/speaker?name=Nobody", 404),
        ("/source?name=%3Cscript%3E", 404),
        ("/quote?id=1", 404),
        ("/family?id=1", 404),
        ("/collation?a=x&b=y", 404),
        ("/apparatus", 400),
        ("/apparatus?w=x", 400),
        ("/apparatus?w=x&w=y", 404),
        ("/apparatus?w=x&w=y&view=best", 400),
        ("/apparatus?family=1", 404),
        ("/alerts?kind=rumour", 400),
        ("/decisions.atom", 404),
        ("/story.exe?id=1", 404),
        ("/alerts.gexf", 404),
    ] {
        let got = room.get(path);
        assert!(got.status == status || status == 0 && got.status == 400, "{path}: {} {:.200}", got.status, got.body);
        assert!(!got.body.contains("<script>") && !got.body.to_lowercase().contains("sqlite"), "{path}");
    }
    assert_eq!(room.get(&format!("/search?q={long}")).status, 414);
    assert_eq!(room.get(&format!("/search?q={}", &long[..3_000])).status, 400);
    assert_eq!(room.get(&format!("/search?{}", "a=1&".repeat(100))).status, 400);
    assert_eq!(room.ask("DELETE", "/story?id=1", "", "").status, 405);
    assert_eq!(room.ask("POST", "/", "", "x").status, 405);
    assert_eq!(room.send(b"nonsense\r\n\r\n").status, 400);
    assert_eq!(room.send(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").status, 421);
    assert_eq!(room.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 421);
    assert_eq!(room.get("/healthz").json()["status"], "ok");
}

#[test]
fn a_text_is_taken_apart_and_not_kept() {
    let room = open(&example(), None);
    let text = std::fs::read_to_string(example().join("newsbrisk/varnholt-phones-keldrane.txt")).unwrap();
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let page = room.ask("POST", "/xray", form, &format!("text={}", encode(&text)));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("from <a href=\"/article?id="), "{:.500}", page.body);
    let hostile = room.ask("POST", "/xray", form, "text=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert_eq!(hostile.status, 200);
    assert!(!hostile.body.contains("<script>alert"));
    assert_eq!(room.ask("POST", "/xray", &format!("{form}Origin: http://evil.example\r\n"), "text=a").status, 403);
    assert_eq!(room.ask("POST", "/xray", form, "text=").status, 400);
    assert_eq!(room.ask("POST", "/xray.json", "Content-Type: text/plain\r\n", &"a b. ".repeat(500_000)).status, 413);
    assert_eq!(room.get("/stories.json").json()["stories"].as_array().unwrap().len(), 8);
}

#[test]
fn markup_of_pages_comes_out_as_text() {
    let pages = tempfile::tempdir().unwrap();
    let body = "The reservoir at Quenby was drained on Monday, officials said, after a crack was found in its northern wall. \
        “<img src=x onerror=alert(1)> we will not wait,” said <b>Ilse</b> Morrow, who has kept the gates for thirty years.";
    let mut lines = String::new();
    for id in ["<script>alert(1)</script>", "\"><svg onload=alert(2)>", "../../etc/passwd", "a'b&c=d#e"] {
        let line = json!({"id": id, "text": format!("{body} {id}"), "title": format!("{id} <i>title</i>"),
            "source": "<i>S\u{202e}ource</i>", "url": "javascript:alert(4)", "published": "2023-05-02"});
        lines += &format!("{line}\n");
    }
    std::fs::write(pages.path().join("pages.jsonl"), lines).unwrap();
    let room = open(pages.path(), None);
    let mut todo: Vec<String> =
        ["/", "/sources", "/speakers", "/search?q=reservoir", "/alerts", "/stories.atom"].map(str::to_owned).into();
    let mut seen = BTreeSet::new();
    while let Some(path) = todo.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let got = room.get(&path);
        assert_eq!(got.status, 200, "{path}: {:.200}", got.body);
        if got
            .header("content-type")
            .is_some_and(|kind| kind.contains("json") || kind.contains("csv") || kind.contains("graphviz"))
        {
            continue;
        }
        for hostile in
            ["<script>alert", "<svg onload", "<img src=x", "<b>Ilse", "<i>", "\u{202e}", "href=\"javascript:"]
        {
            let shown = got.body.contains(hostile) && !(hostile == "\u{202e}" && path.contains(".atom"));
            assert!(!shown, "{path} shows {hostile:?}");
        }
        todo.extend(links(&got.body));
    }
    assert!(seen.len() > 12, "{seen:?}");
}

#[test]
fn decisions_and_notes_stand_with_what_they_are_about() {
    let room = open(&example(), None);
    let story = room.stories()[0].clone();
    let id = story["story"].as_str().unwrap();
    let [a, b] = [0, 1].map(|at| story["articles"][at].as_str().unwrap());
    let note = |about: &str, text: &str| Decision::Note { about: about.into(), text: text.into() };
    let mut store = Store::open(&room.store, Mode::Write).unwrap();
    for decision in [
        note(a, "asked the desk <script>alert(1)</script>"),
        note(&format!("{b} {a}"), "one editor made both"),
        note(&id[..8], "to be printed"),
        note("nobody", "about nothing here"),
        Decision::RejectDate { article: a.into() },
    ] {
        decide(&mut store, decision).unwrap();
    }
    let listed = room.get("/decisions.json").json();
    let does: Vec<&str> =
        listed["decisions"].as_array().unwrap().iter().map(|row| row["does"].as_str().unwrap()).collect();
    assert_eq!(does[..3], ["It is shown with what it is about."; 3]);
    assert_eq!(does[3], "It is shown here alone: nothing in this store has that id.");
    assert_eq!(listed["decisions"][4]["undo"], "wirecopy decide undo 5");
    let page = room.get("/decisions").body;
    assert!(page.contains("asked the desk &lt;script&gt;") && page.contains("wirecopy decide undo 3"));
    let (a, b) = (encode(a), encode(b));
    for (path, shown) in [
        (format!("/article?id={a}"), "asked the desk &lt;script&gt;"),
        (format!("/article?id={a}"), "claims is wrong"),
        (format!("/collation?a={a}&b={b}"), "one editor made both"),
        (format!("/story?id={id}"), "to be printed"),
    ] {
        assert!(room.get(&path).body.contains(shown), "{path} does not show {shown}");
    }
    for (path, command) in [
        (format!("/article?id={a}"), "wirecopy decide reject-date"),
        (format!("/collation?a={a}&b={b}"), "wirecopy decide reject-edge"),
        (format!("/story?id={id}"), "wirecopy decide split"),
    ] {
        assert!(room.get(&path).body.contains(command), "{path} does not show {command}");
    }
}

#[test]
fn many_pages_are_collated_in_any_order() {
    let room = open(&example(), None);
    let story = room.stories()[0].clone();
    let ids: Vec<String> =
        story["articles"].as_array().unwrap().iter().take(4).map(|id| encode(id.as_str().unwrap())).collect();
    let asked = |ids: &[String]| ids.iter().map(|id| format!("w={id}")).collect::<Vec<_>>().join("&");
    let forward = room.get(&format!("/apparatus.json?{}", asked(&ids)));
    let backward: Vec<String> = ids.iter().rev().cloned().collect();
    assert_eq!(forward.json(), room.get(&format!("/apparatus.json?{}", asked(&backward))).json());
    assert_eq!(forward.json()["witnesses"].as_array().unwrap().len(), 4);
    let other = format!("/apparatus.json?{}&base={}", asked(&ids), ids[2]);
    assert_eq!(encode(room.get(&other).json()["witnesses"][0]["article"].as_str().unwrap()), ids[2]);
    let table = room.get(&format!("/apparatus?{}&view=table", asked(&ids)));
    assert!(table.body.contains("<table class=\"collation\">"), "{:.300}", table.body);
}

#[test]
fn what_could_not_be_used_stands_with_its_reason() {
    let pages = tempfile::tempdir().unwrap();
    let lines =
        "{\"id\": \"one\", \"text\": \"The bridge at Quenby opened on Friday, said Ada Holm.\"}\n{\"id\": \"<b>two\n";
    std::fs::write(pages.path().join("pages.jsonl"), lines).unwrap();
    let room = open(pages.path(), None);
    let rejects = room.get("/ingest.json").json()["rejects"].clone();
    assert_eq!(rejects.as_array().map(Vec::len), Some(1), "{rejects}");
    let why = rejects[0]["why"].as_str().unwrap();
    let page = room.get("/ingest").body;
    assert!(page.contains("pages.jsonl") && !page.contains("<b>two"), "{page}");
    assert!(page.contains(&why[..8.min(why.len())]), "{why}");
    assert!(room.get("/search?q=bridge").body.contains("/search.atom?q=bridge"), "a search is kept by its feed");
}

#[test]
fn alerts_tell_of_one_kind_or_of_all() {
    let room = open(&example(), None);
    let (id, text) = ("late.txt", "Quenby opens a bridge\n\nThe bridge at Quenby opened on");
    for (day, at) in [("Friday", 1), ("Sunday, two days late", 2)] {
        let pages = tempfile::tempdir().unwrap();
        std::fs::write(pages.path().join(id), format!("{text} {day}, said Ada Holm of the roads office.\n")).unwrap();
        let mut store = Store::open(&room.store, Mode::Write).unwrap();
        build(&mut store, &[pages.path()], BuildOptions::default(), &mut |_| {}).unwrap();
        assert_eq!(store.head(id).unwrap().unwrap().versions, at);
    }
    let kinds = |path: &str| -> BTreeSet<String> {
        let rows = room.get(path).json();
        rows["alerts"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kinds("/alerts.json?kind=edited").into_iter().collect::<Vec<_>>(), ["edited"]);
    assert_eq!(kinds("/alerts.json").into_iter().collect::<Vec<_>>(), ["altered", "confirmed", "edited"]);
    let feed = room.get("/alerts.feed?kind=edited").json();
    assert_eq!(feed["items"][0]["title"], "Edited: Quenby opens a bridge");
}

#[test]
fn the_reference_set_is_listed_and_its_texts_say_who_carried_them() {
    let room = open(&example(), None);
    assert!(room.get("/references").body.contains("No text is in the reference set"));
    let mut store = Store::open(&room.store, Mode::Write).unwrap();
    let references = vec![example().join("tarn-press")];
    build::<&str>(&mut store, &[], BuildOptions { references, ..BuildOptions::default() }, &mut |_| {}).unwrap();
    let id = "tarn-press/varnholt-proposes-lake-summit.html";
    let rows = room.get("/api/v1/references").json();
    assert_eq!(rows["references"].as_array().map(Vec::len), Some(1));
    let row = &rows["references"][0];
    assert_eq!((row["reference"].as_str(), row["whole"].as_u64()), (Some(id), Some(1)), "{row}");
    assert!(row["part"].as_u64() >= Some(4) && row["altering"].as_u64() >= Some(1), "{row}");
    assert!(room.get("/references.csv").body.starts_with("reference,"));
    assert!(room.get("/references").body.contains("summit.html#carried\""));
    let page = room.get(&format!("/article?id={id}"));
    assert!(page.body.contains("id=\"carried\"") && page.body.contains("made from it"), "{}", page.status);
    let carriers = room.get(&format!("/article.json?id={id}")).json()["reference"]["carriers"].clone();
    assert!(carriers.as_array().unwrap().iter().any(|carrier| carrier["altered"].as_array().unwrap().len() >= 2));
    let alerts = room.get("/alerts.json?kind=carried").json();
    assert!(alerts["alerts"][0]["title"].as_str().unwrap().starts_with("Carried: "), "{alerts}");
}

#[test]
fn others_need_a_token() {
    let store = PathBuf::from("unused.db");
    let options = |token: Option<&str>| Options {
        store: store.clone(),
        addr: "0.0.0.0:0".parse().unwrap(),
        token: token.map(str::to_owned),
        hosts: Vec::new(),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for weak in [None, Some(""), Some("secret")] {
        assert!(matches!(runtime.block_on(Server::bind(options(weak))), Err(Error::Open(_))), "{weak:?}");
    }
    let room = open(&example(), Some("a-token-of-some-length"));
    assert_eq!(room.get("/").status, 401);
    assert_eq!(room.get("/api/v1/stories").status, 401);
    assert_eq!(room.ask("GET", "/", "Authorization: Bearer a-token-of-some-length\r\n", "").status, 200);
    let shown = room.get("/stories?sort=copied&token=a-token-of-some-length");
    assert_eq!((shown.status, shown.header("location")), (303, Some("/stories?sort=copied")));
    let cookie = shown.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let kept = cookie.split(';').next().unwrap();
    assert_eq!(room.ask("GET", "/", &format!("Cookie: {kept}\r\n"), "").status, 200);
    assert_eq!(room.get("/?token=a-token-of-some-lengtH").status, 401);
}

#[test]
fn feeds_and_graphs_are_well_formed() {
    let room = open(&example(), None);
    for path in ["/stories.atom", "/alerts.atom", "/search.atom?q=summit", "/network.gexf"] {
        let got = room.get(path);
        assert_eq!(got.status, 200, "{path}");
        balanced(&got.body, path);
    }
    let feed = room.get("/alerts.feed").json();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let items = feed["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["title"].as_str().unwrap().starts_with("Altered")), "{items:?}");
    assert!(room.get("/network.dot").body.starts_with("digraph"));
}

/// Every element that is opened is closed, in order.
fn balanced(xml: &str, path: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        match (tag.starts_with('?'), tag.starts_with('/'), tag.ends_with('/')) {
            (true, ..) | (.., true) => {}
            (_, true, _) => assert_eq!(open.pop(), Some(name), "{path}"),
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{path}: {open:?}");
}

//! A server on this machine's loopback that behaves as it is told, well or badly.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    pub fields: Vec<(String, String)>,
}

impl Request {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// How it is answered.
pub enum Reply {
    /// With these bytes, and an end.
    Bytes(Vec<u8>),
    /// With these bytes, and then others without an end.
    Endless(Vec<u8>),
    /// With these bytes, and then nothing, until whoever asked goes away.
    Hang(Vec<u8>),
}

impl Reply {
    /// A whole answer.
    pub fn new(status: &str, fields: &[&str], body: &[u8]) -> Reply {
        let mut bytes = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
        for field in fields {
            bytes += &format!("{field}\r\n");
        }
        bytes += "\r\n";
        Reply::Bytes([bytes.as_bytes(), body].concat())
    }

    /// A page with its text.
    pub fn page(text: &str) -> Reply {
        let html = format!("<!DOCTYPE html><title>{text}</title><article><p>{text}</p></article>");
        Reply::new("200 OK", &["Content-Type: text/html; charset=utf-8"], html.as_bytes())
    }

    pub fn missing() -> Reply {
        Reply::new("404 Not Found", &["Content-Type: text/html"], b"<p>nothing")
    }
}

/// The server; it lives as long as the process.
pub struct Server {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts a server that answers as `reply` says, given the request and how often its path was asked for before.
    pub fn start(reply: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on the loopback");
        let address = listener.local_addr().expect("the listener has an address");
        let asked: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (log, reply) = (asked.clone(), Arc::new(reply));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, reply) = (log.clone(), reply.clone());
                std::thread::spawn(move || {
                    let _ = answer(stream, &log, reply.as_ref());
                });
            }
        });
        Server { address, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths that were asked for, in their order, without robots.txt.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|request| request.path.clone()).filter(|path| path != "/robots.txt").collect()
    }

    /// Everything that was asked.
    pub fn requests(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(
    mut stream: TcpStream,
    log: &Mutex<Vec<Request>>,
    reply: &(impl Fn(&Request, usize) -> Reply + ?Sized),
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let mut fields = Vec::new();
    for line in lines {
        let line = line?;
        match line.split_once(':') {
            Some((name, value)) => fields.push((name.to_owned(), value.trim().to_owned())),
            None => break,
        }
    }
    let request = Request { path, fields };
    let before = {
        let mut log = log.lock().unwrap();
        let before = log.iter().filter(|other| other.path == request.path).count();
        log.push(request.clone());
        before
    };
    match reply(&request, before) {
        Reply::Bytes(bytes) => stream.write_all(&bytes),
        Reply::Endless(bytes) => {
            stream.write_all(&bytes)?;
            loop {
                stream.write_all(&[b'x'; 4_096])?;
            }
        }
        Reply::Hang(bytes) => {
            stream.write_all(&bytes)?;
            stream.read(&mut [0; 16]).map(|_| ())
        }
    }
}

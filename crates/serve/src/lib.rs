//! The reading room: a store in a browser, and the same answers for programs.
//!
//! One connection at a time goes through `guard` (who may ask, from where, how much), then `routes` reads the address into
//! a question and a form of the answer, a store from the `pool` answers it on one state of the file, and `answer` sends it
//! with its tag, packed where the client can unpack. Pages come from `wirecopy_web::room`, rows from the library; nothing
//! is worked out here.
//!
//! Not for: writing. Every connection to the store is read-only and has a deadline. A build may go on beside it: what it
//! commits is what the next request shows.

mod alerts;
mod answer;
mod api;
mod cache;
mod feeds;
mod guard;
mod lists;
mod one;
mod pool;
mod problem;
mod query;
mod routes;
mod server;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use server::Server;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The store.
    pub store: PathBuf,
    /// Where to listen.
    pub addr: SocketAddr,
    /// What a client must show; required where the address is not of this machine alone.
    pub token: Option<String>,
    /// Names by which clients call this machine, beside its addresses.
    pub hosts: Vec<String>,
}

/// Why the room cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] wirecopy::StoreError),
    /// The address is open to others and there is no token, or one that can be guessed.
    #[error("{0} can be reached from other machines: give a token of at least {MIN_TOKEN} characters with --token")]
    Open(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The machine has no more of what a server needs.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The shortest token that lets others in.
pub const MIN_TOKEN: usize = 16;

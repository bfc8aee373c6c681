//! The command that opens the reading room, and exports for other rooms.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use wirecopy_serve::{Options, Server};

use wirecopy::Library;
use wirecopy::export::{graph, sqlite};

use crate::Outcome;
use crate::args::ExportFormat;
use crate::config::Config;
use crate::interrupt;
use crate::output::Failure;

pub const AFTER_HELP: &str = "Examples:
  wirecopy serve                                       open http://127.0.0.1:8420/ in a browser
  wirecopy serve --addr 127.0.0.1:0                    any free port; it says which
  wirecopy serve --addr 0.0.0.0:8420 --token SECRET    for others: they open http://HOST:8420/?token=SECRET once

Nothing is written and nothing is sent elsewhere. A build may run beside it; what it commits is shown at once. Ctrl-C \
stops.";

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8420")]
    pub addr: SocketAddr,
    /// What clients must show; needed where the address is not of this machine alone
    #[arg(long, value_name = "TOKEN", env = "WIRECOPY_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// A name by which clients call this machine, beside its addresses
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
}

pub fn serve(config: &Config, args: &ServeArgs) -> Result<Outcome, Failure> {
    let options = Options {
        store: config.store.value.clone(),
        addr: args.addr,
        token: args.token.clone(),
        hosts: args.hosts.clone(),
    };
    // The first Ctrl-C ends the service, the second the process.
    let _finishing = interrupt::finishing();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(wirecopy_serve::Error::Io)?;
    runtime.block_on(async {
        let server = Server::bind(options).await?;
        anstream::eprintln!("wirecopy: the reading room is at http://{}/ (Ctrl-C stops it)", server.addr());
        server.run(stopped()).await;
        Ok(Outcome::Done)
    })
}

/// So many ties of the network are written.
const TIES: usize = 100_000;

/// Writes what is one file, or two graphs.
pub fn export(library: &Library, folder: &Path, format: ExportFormat) -> Result<Vec<PathBuf>, Failure> {
    std::fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    let mut write = |name: &str, text: String| {
        let path = folder.join(name);
        written.push(path.clone());
        std::fs::write(path, text)
    };
    let graphs = || -> Result<_, Failure> {
        let ties = library.store().network(TIES).map_err(wirecopy::Error::from)?;
        Ok([("lineage", graph::lineages(library)?), ("network", graph::network(&ties))])
    };
    match format {
        ExportFormat::Gexf => {
            for (name, graph) in graphs()? {
                write(&format!("{name}.gexf"), graph.gexf())?;
            }
        }
        ExportFormat::Dot => {
            for (name, graph) in graphs()? {
                write(&format!("{name}.dot"), graph.dot())?;
            }
        }
        ExportFormat::Html => write("report.html", wirecopy_web::single(library)?)?,
        ExportFormat::Sqlite => {
            let path = folder.join("wirecopy.sqlite");
            sqlite::write(library, &path)?;
            written.push(path);
        }
        // These are tables, which the library writes.
        ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet => {}
    }
    Ok(written)
}

/// Done when somebody asks the process to stop.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

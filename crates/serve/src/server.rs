//! Connections, their limits, and the end of the service.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::guard::Guard;
use crate::routes::{Room, handle};
use crate::{Error, MIN_TOKEN, Options};

/// So many requests are in hand at once; who comes then is asked to come again.
const AT_ONCE: usize = 64;
/// So many connections are held.
const CONNECTIONS: usize = 512;
/// A client has so long to send the head of a request, and to take an answer it may take.
const HEAD: Duration = Duration::from_secs(10);
/// What is in hand at the end has so long.
const LAST: Duration = Duration::from_secs(5);

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    addr: SocketAddr,
    room: Arc<Room>,
}

impl Server {
    /// Opens the store and listens on the address.
    ///
    /// # Errors
    /// Where the store cannot be read, the address is open to other machines and there is no token, or it cannot be
    /// listened on.
    pub async fn bind(options: Options) -> Result<Self, Error> {
        let Options { store, addr, token, hosts } = options;
        if !addr.ip().is_loopback() && token.as_ref().is_none_or(|token| token.len() < MIN_TOKEN) {
            return Err(Error::Open(addr));
        }
        let listening = |error| Error::Listen(addr, error);
        let listener = TcpListener::bind(addr).await.map_err(listening)?;
        let addr = listener.local_addr().map_err(listening)?;
        let room = Arc::new(Room::open(store, Guard::new(addr, token, hosts), AT_ONCE)?);
        Ok(Server { listener, addr, room })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Serves until `stop` is done; what is in hand then is finished.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Server { listener, room, .. } = self;
        let routes: Router = Router::new().fallback(answer).with_state(room);
        let graceful = GracefulShutdown::new();
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(32 << 10).half_close(false);
        let mut stop = std::pin::pin!(stop);
        loop {
            let place = tokio::select! {
                () = &mut stop => break,
                place = connections.clone().acquire_owned() => place,
            };
            let Ok(place) = place else { break };
            let stream = tokio::select! {
                () = &mut stop => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    // Out of descriptors, or a client that has gone: others are still to be served.
                    Err(_) => {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        continue;
                    }
                },
            };
            let _ = stream.set_nodelay(true);
            let service = TowerToHyperService::new(routes.clone());
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
            tokio::spawn(async move {
                // A connection that breaks off concerns its client.
                let _ = connection.await;
                drop(place);
            });
        }
        drop(listener);
        tokio::select! {
            () = graceful.shutdown() => {}
            () = tokio::time::sleep(LAST) => {}
        }
    }
}

async fn answer(State(room): State<Arc<Room>>, request: Request) -> Response<Body> {
    handle(room, request).await
}

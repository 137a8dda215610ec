//! The workshop: builds the site whenever a file changes, serves it from memory, and tells the
//! pages that are open.
//!
//! [`watch`] waits for changes, [`builder`] turns them into builds, [`state`] is what the last of
//! them left, and [`http`] answers from that. One thread builds, so that builds never overtake each
//! other; another answers. What is served is what `casebook build` publishes, with one script added
//! to each page on its way out.

mod builder;
mod http;
mod state;
mod watch;

use std::future::{Future as _, poll_fn};
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread::JoinHandle;
use std::time::Duration;

use camino::Utf8PathBuf;
use jiff::civil;
use tokio::runtime::Runtime;

use crate::pipeline::Built;
use watch::{Stop, Watch};

/// What the workshop is told.
pub struct Options {
    /// The site's folder.
    pub root: Utf8PathBuf,
    /// Who can reach it: an address of this computer.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Show drafts, too.
    pub drafts: bool,
    /// The day of a build, asked before each.
    pub today: Box<dyn Fn() -> civil::Date + Send>,
    /// Hears of each build.
    pub report: Box<dyn FnMut(&Report<'_>) + Send>,
}

/// What came of a build.
pub struct Report<'a> {
    /// The build. Where `site.toml` could not be read, its one finding says so.
    pub built: &'a Built,
    /// From the start of the build until it was served.
    pub time: Duration,
    /// Whether it is served; where it has errors, the last one without stays.
    pub served: bool,
}

/// A workshop at work. It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    runtime: Option<Runtime>,
    stop: Stop,
    builder: Option<JoinHandle<()>>,
}

/// Why a workshop could not be opened.
#[derive(Debug)]
pub enum Error {
    /// The site's folder is not there or cannot be read.
    Root(io::Error),
    /// The address cannot be used; [`io::ErrorKind::AddrInUse`] where another program has the port.
    Bind(SocketAddr, io::Error),
    /// Threads cannot be started.
    Threads(io::Error),
}

/// Opens the workshop: from here on it answers, the first requests once the first build is done.
///
/// # Errors
/// When the folder is not there, or the port is taken.
pub fn start(options: Options) -> Result<Server, Error> {
    let root = options.root.canonicalize_utf8().map_err(Error::Root)?;
    let wanted = SocketAddr::new(options.host, options.port);
    let bind_failed = |error| Error::Bind(wanted, error);
    let listener = TcpListener::bind(wanted).map_err(bind_failed)?;
    listener.set_nonblocking(true).map_err(bind_failed)?;
    let address = listener.local_addr().map_err(bind_failed)?;

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(Error::Threads)?;
    let (states, latest) = tokio::sync::watch::channel(None);
    let shared = Arc::new(http::Shared { latest, address });
    {
        let _inside = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(bind_failed)?;
        runtime.spawn(http::answer(listener, shared));
    }
    let (watch, stop) = Watch::new(&root);
    let builder = builder::Builder::new(options, root, url(address), states);
    let builder = std::thread::Builder::new()
        .name("build".to_owned())
        .spawn(move || builder.run(watch))
        .map_err(Error::Threads)?;
    Ok(Server { address, runtime: Some(runtime), stop, builder: Some(builder) })
}

impl Server {
    /// The address of the home page.
    #[must_use]
    pub fn url(&self) -> String {
        url(self.address)
    }

    /// The address and port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the user ends it with Ctrl-C. `ready` is called once that is listened for.
    ///
    /// # Errors
    /// When the system does not pass Ctrl-C on.
    pub fn wait(mut self, ready: impl FnOnce()) -> io::Result<()> {
        let Some(runtime) = &self.runtime else { return Ok(()) };
        let ended = runtime.block_on(async {
            let mut interrupt = pin!(tokio::signal::ctrl_c());
            // Asked once, it is listened for.
            if let Some(early) = poll_fn(|context| match interrupt.as_mut().poll(context) {
                Poll::Ready(ended) => Poll::Ready(Some(ended)),
                Poll::Pending => Poll::Ready(None),
            })
            .await
            {
                return early;
            }
            ready();
            interrupt.await
        });
        // A build that is under way leaves nothing behind, so its end is not waited for.
        self.builder = None;
        ended
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(builder) = self.builder.take() {
            let _ = builder.join();
        }
        // Pages hold their streams of events open, so the end of none is waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(1));
        }
    }
}

/// The home page at `address`; one that stands for all addresses is shown as this computer's own.
fn url(address: SocketAddr) -> String {
    let mut shown = address;
    if address.ip().is_unspecified() {
        let own =
            if address.is_ipv4() { [127, 0, 0, 1].into() } else { IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1u16]) };
        shown.set_ip(own);
    }
    format!("http://{shown}/")
}

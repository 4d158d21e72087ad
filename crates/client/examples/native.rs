//! A program without a browser: registers, calls with a token that is kept fresh underneath, and
//! signs out.
//!
//! `cargo run -p client --example native -- http://127.0.0.1:8000 NAME PASSWORD`

use client::{
    Client, Clock, LocalFuture, Millis, NetworkError, Platform, Request, Response, Rng, Snapshot,
    Spawn, Storage, TabChannel, Transport,
};
use reqwest::header::{COOKIE, HeaderMap, ORIGIN, RETRY_AFTER, SET_COOKIE};
use shared::auth::Register;
use shared::password::Password;
use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::task::{LocalSet, spawn_local};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("give the address, a name and a password")
    };
    let (origin, name, password) = (next()?, next()?, next()?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = LocalSet::new();
    client.block_on(&runtime, run(origin, name, password))
}

async fn run(origin: String, username: String, password: String) -> Result<(), Box<dyn Error>> {
    let client = Client::start(Program::ports(origin));
    let password = Password::new(password);
    client
        .auth()
        .register(&Register { username, password })
        .await?;

    let me = client.api().me().await?;
    println!("{} is signed in", me.username);
    // By itself a refresh comes before the token is over.
    client.refresh_now();
    let sessions = client.api().sessions().await?;
    println!("{} session", sessions.sessions.len());

    client.auth().logout();
    until(&client, |now| !now.pending_logout).await;
    println!("signed out");
    Ok(())
}

/// Waits for something of the session.
async fn until(client: &Client, is_so: impl Fn(&Snapshot) -> bool + 'static) {
    let (tell, heard) = futures::channel::oneshot::channel();
    let tell = RefCell::new(Some(tell));
    let look = move |now: Snapshot| {
        if is_so(&now)
            && let Some(tell) = tell.take()
        {
            let _ = tell.send(());
        }
    };
    look(client.snapshot());
    let _subscription = client.observe(look);
    let _ = heard.await;
}

/// What a browser does by itself: it sends to one origin, and keeps the cookie.
struct Program {
    origin: String,
    http: reqwest::Client,
    /// The refresh cookie as `name=value`. A real program may keep it on disk, for its owner alone.
    cookie: RefCell<Option<String>>,
    /// Notes without a secret, which a real program keeps along with the cookie.
    notes: RefCell<HashMap<String, String>>,
    begun: Instant,
}

impl Program {
    fn ports(origin: String) -> Platform {
        let program = Rc::new(Self {
            origin,
            http: reqwest::Client::new(),
            cookie: RefCell::default(),
            notes: RefCell::default(),
            begun: Instant::now(),
        });
        Platform {
            transport: Rc::new(ByProgram(program.clone())),
            storage: program.clone(),
            tab_channel: program.clone(),
            clock: program.clone(),
            rng: program.clone(),
            spawn: program,
        }
    }

    async fn exchange(&self, request: Request) -> Result<Response, reqwest::Error> {
        let url = format!("{}{}", self.origin, request.path);
        let method = request
            .method
            .as_str()
            .parse()
            .expect("the contract's are HTTP's");
        // `Origin` says that we mean this app; `X-CSRF` is among the request's own headers.
        let mut sent = self.http.request(method, url).header(ORIGIN, &self.origin);
        for (name, value) in request.headers {
            sent = sent.header(name, value);
        }
        if let Some(cookie) = self.cookie.borrow().as_ref() {
            sent = sent.header(COOKIE, cookie);
        }
        let answer = sent.body(request.body.unwrap_or_default()).send().await?;
        self.keep(answer.headers());
        Ok(Response {
            status: answer.status().as_u16(),
            retry_after: text(answer.headers().get(RETRY_AFTER)),
            body: answer.text().await?,
        })
    }

    /// Keeps the refresh cookie; an empty one is none.
    fn keep(&self, headers: &HeaderMap) {
        for set in headers.get_all(SET_COOKIE) {
            let set = text(Some(set)).unwrap_or_default();
            let pair = set.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap_or_default();
            if name.contains("refresh") {
                let kept = (!value.is_empty()).then(|| pair.to_owned());
                self.cookie.replace(kept);
            }
        }
    }
}

fn text(value: Option<&reqwest::header::HeaderValue>) -> Option<String> {
    value?.to_str().ok().map(str::to_owned)
}

struct ByProgram(Rc<Program>);

impl Transport for ByProgram {
    fn send(&self, request: Request) -> LocalFuture<Result<Response, NetworkError>> {
        let program = self.0.clone();
        Box::pin(async move { program.exchange(request).await.map_err(|_| NetworkError) })
    }
}

impl Storage for Program {
    fn read(&self, key: &str) -> Option<String> {
        self.notes.borrow().get(key).cloned()
    }

    fn write(&self, key: &str, value: &str) {
        self.notes
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
    }

    fn remove(&self, key: &str) {
        self.notes.borrow_mut().remove(key);
    }
}

impl TabChannel for Program {
    /// There are no tabs.
    fn broadcast(&self, _message: &str) {}
}

impl Clock for Program {
    fn now(&self) -> Millis {
        millis(self.begun.elapsed())
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn wall_clock(&self) -> Millis {
        millis(
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
        )
    }

    fn sleep(&self, duration: Millis) -> LocalFuture<()> {
        Box::pin(tokio::time::sleep(Duration::from_millis(duration.0)))
    }
}

fn millis(duration: Duration) -> Millis {
    Millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

impl Rng for Program {
    fn next_u64(&self) -> u64 {
        getrandom::u64().expect("the system has random numbers")
    }
}

impl Spawn for Program {
    fn spawn(&self, work: LocalFuture<()>) {
        spawn_local(work);
    }
}

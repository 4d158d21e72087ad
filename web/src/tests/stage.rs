//! A page with the app in it, a store of its own, and a server that answers by a table.

use crate::app::{App, AppProps};
use crate::browser::window;
use client::{
    Client, Clock, LocalFuture, Millis, NetworkError, Platform, Request, Response, Rng, Spawn,
    Storage, TabChannel, Transport,
};
use gloo_timers::future::TimeoutFuture;
use serde::Serialize;
use shared::account::User;
use shared::auth::{AccessToken, TokenInfo, TokenResponse, TokenType};
use shared::error_code::ErrorCode;
use shared::problem::Problem;
use shared::role::Role;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};
use yew::AppHandle;

/// What the server says to that method and path; `None` never answers.
pub type Server = fn(&Request) -> Option<Response>;

struct World {
    server: Server,
    hint: &'static str,
    sent: RefCell<Vec<String>>,
}

/// The app on a stage; it leaves when it is dropped.
pub struct Stage {
    world: Rc<World>,
    root: Element,
    app: Option<AppHandle<App>>,
}

impl Stage {
    /// Opens the app at that address, with that note in its store.
    pub fn open(path: &str, hint: &'static str, server: Server) -> Self {
        let history = window().history().expect("BUG: a page has a history");
        let moved = history.push_state_with_url(&JsValue::NULL, "", Some(path));
        moved.expect("BUG: an address of our own");
        let world = Rc::new(World {
            server,
            hint,
            sent: RefCell::default(),
        });
        let document = window().document().expect("BUG: a page has a document");
        let root = document
            .create_element("div")
            .expect("BUG: a div is an element");
        let body = document.body().expect("BUG: a document has a body");
        body.append_child(&root).expect("BUG: a body takes a div");
        let client = Client::start(ports(&world));
        let props = AppProps { client };
        let app = yew::Renderer::<App>::with_root_and_props(root.clone(), props).render();
        Self {
            world,
            root,
            app: Some(app),
        }
    }

    /// Waits until an element is there.
    pub async fn find(&self, selector: &str) -> HtmlElement {
        for _ in 0..200 {
            if let Some(element) = self.look(selector) {
                return element;
            }
            TimeoutFuture::new(10).await;
        }
        panic!("no {selector} in {}", self.root.inner_html());
    }

    /// Waits until this is the address.
    pub async fn is_at(&self, expected: &str) {
        for _ in 0..200 {
            if address() == expected {
                return;
            }
            TimeoutFuture::new(10).await;
        }
        panic!("the address is {} and not {expected}", address());
    }

    /// Waits until no such element is there.
    pub async fn gone(&self, selector: &str) {
        for _ in 0..200 {
            if self.look(selector).is_none() {
                return;
            }
            TimeoutFuture::new(10).await;
        }
        panic!("{selector} is still there");
    }

    /// The element, if it is there now.
    pub fn look(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.root.query_selector(selector).ok().flatten();
        found.map(JsCast::unchecked_into)
    }

    /// What was sent so far.
    pub fn sent(&self) -> Vec<String> {
        self.world.sent.borrow().clone()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Where the page is now.
pub fn address() -> String {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.expect("BUG: a page has an address");
    part(location.pathname()) + &part(location.search())
}

fn json(status: u16, body: &impl Serialize) -> Response {
    Response {
        status,
        retry_after: None,
        body: serde_json::to_string(body).expect("BUG: the contract is JSON"),
    }
}

pub fn problem(code: ErrorCode) -> Response {
    json(code.status(), &Problem::new(code))
}

/// An answer that is not the API's.
pub fn page_of_a_proxy(status: u16) -> Response {
    Response {
        status,
        retry_after: None,
        body: "<h1>A page of a proxy</h1>".to_owned(),
    }
}

/// What the API reads from alice's token.
pub fn token_facts() -> Response {
    json(
        200,
        &TokenInfo {
            sub: "a".to_owned(),
            sid: "id-of-a-session".to_owned(),
            roles: vec![Role::User],
            expires_in: 900,
        },
    )
}

pub fn alice_signed_in() -> Response {
    signed_in(user("a", "alice"), "tell-nobody")
}

/// Somebody who looks after accounts.
pub fn admin_signed_in() -> Response {
    let mut admin = user("z", "admin");
    admin.roles.push(Role::Admin);
    signed_in(admin, "tell-nobody")
}

/// The answer to a later sign-in of hers.
pub fn alice_again() -> Response {
    person_signed_in("a", "alice")
}

pub fn person_signed_in(id: &str, username: &str) -> Response {
    signed_in(user(id, username), "tell-nobody-either")
}

/// Alice's own record.
pub fn alice_herself() -> Response {
    json(200, &user("a", "alice"))
}

fn user(id: &str, username: &str) -> User {
    User {
        id: id.to_owned(),
        username: username.to_owned(),
        display_name: None,
        roles: vec![Role::User],
        created_at: 1_700_000_000,
    }
}

fn signed_in(user: User, token: &str) -> Response {
    json(
        200,
        &TokenResponse {
            access_token: AccessToken(token.to_owned()),
            token_type: TokenType::Bearer,
            expires_in: 900,
            user,
        },
    )
}

fn ports(world: &Rc<World>) -> Platform {
    Platform {
        transport: world.clone(),
        storage: world.clone(),
        tab_channel: world.clone(),
        clock: world.clone(),
        rng: world.clone(),
        spawn: world.clone(),
    }
}

impl Transport for World {
    fn send(&self, request: Request) -> LocalFuture<Result<Response, NetworkError>> {
        self.sent.borrow_mut().push(request.path.clone());
        match (self.server)(&request) {
            Some(response) => Box::pin(async { Ok(response) }),
            None => Box::pin(std::future::pending()),
        }
    }
}

impl Storage for World {
    fn read(&self, key: &str) -> Option<String> {
        (key == "countersign.session").then(|| self.hint.to_owned())
    }

    fn write(&self, _: &str, _: &str) {}

    fn remove(&self, _: &str) {}
}

impl TabChannel for World {
    fn broadcast(&self, _: &str) {}
}

impl Clock for World {
    fn now(&self) -> Millis {
        Millis(1_000_000)
    }

    fn wall_clock(&self) -> Millis {
        Millis(1_700_000_000_000)
    }

    /// Moments pass, and nothing longer does.
    fn sleep(&self, duration: Millis) -> LocalFuture<()> {
        if duration < Millis(100) {
            return Box::pin(std::future::ready(()));
        }
        Box::pin(std::future::pending())
    }
}

impl Rng for World {
    fn next_u64(&self) -> u64 {
        4
    }
}

impl Spawn for World {
    fn spawn(&self, work: LocalFuture<()>) {
        wasm_bindgen_futures::spawn_local(work);
    }
}

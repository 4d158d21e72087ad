//! The single-page app: pages and components over the client of the API.
//!
//! Pages know no token and no fetch. What they know of the session is one enum, `session`;
//! HTTP is in `transport`, and all else that only a browser has is in `browser`.

mod app;
mod browser;
mod component;
mod form;
mod guard;
mod list;
mod load;
mod next;
mod now;
mod page;
mod route;
mod router;
mod session;
mod transport;
mod words;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use app::{App, AppProps};

/// Half the code of the one in the standard library.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Shows the app in the element `app` of the document.
pub fn run() {
    let client = browser::start();
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.get_element_by_id("app"));
    let root = root.expect("BUG: index.html has an element `app`");
    browser::languages::begin(|| {
        yew::Renderer::<App>::with_root_and_props(root, AppProps { client }).render();
    });
}

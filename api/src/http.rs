//! The wire. Only here is Poem named.
//!
//! A request passes the `edge` first: it gets an id, must not come from a foreign page, and
//! whatever happens to it comes out as one shape of answer with the same headers. Then a route
//! checks its guard, its body and its parameters, and calls one function of `auth`.

#[cfg(any(test, feature = "fuzz"))]
pub(crate) mod fuzz;
mod guard;
#[cfg(feature = "hot")]
pub(crate) mod hot;
mod openapi;
mod request;
mod response;
mod route;
mod server;
mod static_files;

use crate::AppState;
use crate::config::Config;
use crate::http::response::problem::ApiError;
use crate::http::server::middleware::RequestPipeline;
use crate::metrics::{is_api_path, is_extra_route};
use poem::endpoint::BoxEndpoint;
use poem::{Endpoint, IntoEndpoint, Request, Response, Result, Route, get};
use poem_openapi::OpenApiService;
use server::{Listener, Rules};
use shared::error_code::ErrorCode;
use static_files::StaticFiles;
use std::io;
use std::sync::Arc;
use std::time::Duration;

pub use crate::http::server::metrics_listener::MetricsServer;
pub use crate::http::server::middleware::REQUEST_LOG_TARGET;
pub use crate::http::server::tls::Certificate;
pub use server::fit;
pub use static_files::check as check_static_dir;

/// The whole application as one endpoint. Fails where the web app cannot be read.
pub fn app(app: &Arc<AppState>) -> io::Result<impl Endpoint<Output = Response> + use<>> {
    let static_dir = app.config.static_dir.as_deref();
    let pages = static_dir.map(StaticFiles::read).transpose()?;
    let inner = Router {
        api: service().into_endpoint(),
        extra_routes: extra_routes(&app.config),
        pages,
    };
    Ok(RequestPipeline::new(inner, Arc::clone(app)))
}

/// Answers requests until `stop` resolves, then lets those under way end. With a certificate it
/// speaks TLS itself.
pub async fn serve(
    state: Arc<AppState>,
    certificate: Option<Certificate>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let endpoint = app(&state).map_err(|error| {
        io::Error::new(error.kind(), format!("STATIC_DIR cannot be read: {error}"))
    })?;
    let listen = state.config.listen;
    let listener = Listener::bind(listen, None).await?;
    let rules = Rules {
        limits: state.config.connections,
        exempt: state.config.trusted_proxies.clone(),
        counts: Arc::clone(&state.metrics.connections),
        tls: certificate.map(|certificate| certificate.acceptor()),
        public_url: state.config.public_url.clone(),
        drain: Duration::from_millis(state.config.drain_timeout.0),
    };
    tracing::info!(%listen, public_url = state.config.public_url.origin(), "listening");
    let stop = async move {
        stop.await;
        state.stop();
    };
    listener.serve(endpoint, rules, stop).await;
    Ok(())
}

/// The generated spec.
pub fn spec() -> String {
    openapi::spec::patch(&service().spec())
}

/// The page that shows it.
fn page() -> String {
    let service = service();
    let html = service.swagger_ui_html();
    html.replace(&service.spec(), &spec())
}

fn service() -> OpenApiService<route::Routes, ()> {
    OpenApiService::new(route::routes(), "Countersign", env!("CARGO_PKG_VERSION"))
}

fn extra_routes(config: &Config) -> Route {
    let security_txt = route::well_known::security_txt(config.security_txt.clone());
    let mut routes = Route::new()
        .at("/healthz", get(route::health::healthz))
        .at("/readyz", get(route::health::readyz))
        .at("/.well-known/jwks.json", get(route::jwks::jwks))
        .at(
            "/.well-known/change-password",
            get(route::well_known::change_password()),
        )
        .at("/.well-known/security.txt", get(security_txt));
    if config.api_docs {
        routes = routes
            .at("/api/docs", get(openapi::docs::page(page())))
            .at("/api/openapi.json", get(openapi::docs::spec(spec())));
    }
    routes
}

/// The API's paths are the API's; everything else is the app's, if this process serves it.
struct Router {
    /// Not below another route, which would take every path apart once more.
    api: BoxEndpoint<'static>,
    /// What the contract's endpoints are not.
    extra_routes: Route,
    pages: Option<StaticFiles>,
}

impl Endpoint for Router {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let path = request.uri().path();
        match &self.pages {
            _ if is_extra_route(path) => self.extra_routes.call(request).await,
            _ if is_api_path(path) => self.api.call(request).await,
            // Boxed, so that a call of the API does not carry the room that a file needs.
            Some(pages) => Box::pin(pages.call(request)).await,
            None => Err(ApiError::new(ErrorCode::NotFound).into()),
        }
    }
}

/// The application that the edge put on the request.
fn state(request: &Request) -> &Arc<AppState> {
    let state = request.extensions().get::<Arc<AppState>>();
    state.expect("BUG: the edge puts the application on every request")
}

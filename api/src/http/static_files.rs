//! The built web app, read once at start. What is asked for is looked up by its whole path, so
//! no path leads out of the folder.

mod folder;

use super::openapi::csp_hash;
use super::response::problem::ApiError;
use crate::config::ConfigError;
use folder::File;
use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};
use shared::error_code::ErrorCode;
use shared::page;
use std::collections::HashMap;
use std::io;
use std::path::Path;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const INDEX: &str = "/index.html";

/// The app's files, ready to be sent.
pub struct StaticFiles {
    files: HashMap<String, File>,
    policy: String,
}

/// Whether the app can be read from there; nothing is kept of it.
pub fn check(folder: &Path) -> Result<(), ConfigError> {
    let refuse = |problem: String| {
        let remedy = "name the folder of the built app, like dist/web, that this user can read";
        ConfigError::new("STATIC_DIR", problem, remedy)
    };
    folder::try_all(folder).map_err(|error| refuse(format!("cannot be read ({error})")))?;
    if folder.join(&INDEX[1..]).is_file() {
        Ok(())
    } else {
        Err(refuse("holds no index.html".to_owned()))
    }
}

impl StaticFiles {
    /// Reads the folder. It must hold an `index.html`.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let files = folder::read(folder)?;
        let index = files.get(INDEX).ok_or(io::ErrorKind::NotFound)?;
        let html = String::from_utf8_lossy(index.plain());
        // The policy of the document, as the wire's contract has it. Neither Yew nor the glue of
        // wasm-bindgen writes HTML or code from a string, so no script may (Trusted Types).
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'; \
             img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'; object-src 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'",
            csp_hash::scripts(&html),
        );
        Ok(Self { files, policy })
    }

    /// What is at that path, and nothing where nothing is.
    fn find(&self, path: &str) -> Option<Found<'_>> {
        if path == INDEX {
            return Some(Found::Moved("/"));
        }
        if page::ALL.contains(&path) {
            return Some(Found::Document(&self.files[INDEX]));
        }
        let page = path.strip_suffix('/').filter(|path| *path != "/");
        let page = page.and_then(|path| page::ALL.iter().find(|page| **page == path));
        let moved = page.copied().map(Found::Moved);
        moved.or_else(|| self.files.get(path).map(Found::File))
    }

    fn respond(&self, file: &File, is_document: bool, headers: &HeaderMap) -> Response {
        let mut response = Response::builder()
            .content_type(file.content_type)
            .header(header::VARY, "Accept-Encoding")
            .header(header::ETAG, &file.etag)
            .header(
                header::CACHE_CONTROL,
                if file.hashed { IMMUTABLE } else { "no-cache" },
            );
        if is_document {
            response = response
                .header(header::CONTENT_SECURITY_POLICY, &self.policy)
                .header("cross-origin-opener-policy", "same-origin")
                .header(
                    "permissions-policy",
                    "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
                );
        }
        if file.matches_etag(headers) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        let (encoding, bytes) = file.choose(headers);
        if let Some(encoding) = encoding {
            response = response.header(header::CONTENT_ENCODING, encoding);
        }
        response.body(bytes)
    }
}

/// What is at a path.
enum Found<'a> {
    /// A page: the app's document.
    Document(&'a File),
    /// A file.
    File(&'a File),
    /// Another spelling of a page.
    Moved(&'static str),
}

/// To the one address of a page, with the query.
fn moved(to: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Response::builder()
        .status(StatusCode::PERMANENT_REDIRECT)
        .header(header::LOCATION, format!("{to}{query}"))
        .finish()
}

impl Endpoint for StaticFiles {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let found = self.find(request.uri().path());
        let found = found.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(ApiError::new(ErrorCode::MethodNotAllowed).into());
        }
        let mut response = match found {
            Found::Document(file) => self.respond(file, true, request.headers()),
            Found::File(file) => self.respond(file, false, request.headers()),
            Found::Moved(page) => moved(page, request.uri().query()),
        };
        if *request.method() == Method::HEAD {
            response.take_body();
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests;

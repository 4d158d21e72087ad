//! The built web app, read once at start. What is asked for is looked up by its whole path, so
//! no path leads out of the folder.

mod folder;

use super::content_hash;
use super::problem::Refused;
use crate::config::ConfigError;
use folder::File;
use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};
use shared::code::ErrorCode;
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
            content_hash::scripts(&html),
        );
        Ok(Self { files, policy })
    }

    fn answer(&self, path: &str, headers: &HeaderMap) -> Result<Response> {
        let page = !path.rsplit('/').next().unwrap_or_default().contains('.');
        let (path, file) = match self.files.get_key_value(path) {
            Some((path, file)) => (path.as_str(), file),
            // Any other page is the app's own affair; a file that is not there is not there.
            None if page => (INDEX, &self.files[INDEX]),
            None => return Err(Refused::new(ErrorCode::NotFound).into()),
        };
        let mut response = Response::builder()
            .content_type(file.content_type)
            .header(header::VARY, "Accept-Encoding")
            .header(header::ETAG, &file.etag)
            .header(
                header::CACHE_CONTROL,
                if file.hashed { IMMUTABLE } else { "no-cache" },
            );
        if path == INDEX {
            response = response
                .header(header::CONTENT_SECURITY_POLICY, &self.policy)
                .header("cross-origin-opener-policy", "same-origin")
                .header(
                    "permissions-policy",
                    "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
                );
        }
        let known = headers.get(header::IF_NONE_MATCH);
        let known = known.and_then(|tags| tags.to_str().ok());
        if known.is_some_and(|tags| file.is_among(tags)) {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        let accepts = headers.get(header::ACCEPT_ENCODING);
        let (encoding, bytes) = file.choose(accepts.and_then(|value| value.to_str().ok()));
        if let Some(encoding) = encoding {
            response = response.header(header::CONTENT_ENCODING, encoding);
        }
        Ok(response.body(bytes))
    }
}

impl Endpoint for StaticFiles {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        match *request.method() {
            Method::GET => self.answer(request.uri().path(), request.headers()),
            Method::HEAD => {
                let mut response = self.answer(request.uri().path(), request.headers())?;
                response.take_body();
                Ok(response)
            }
            _ => Err(Refused::new(ErrorCode::MethodNotAllowed).into()),
        }
    }
}

#[cfg(test)]
mod tests;

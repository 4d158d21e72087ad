//! `cargo xtask doctor`: what this machine or a running deployment lacks, each finding with its
//! remedy. It only looks: nothing is installed, and nobody is signed in unless a name is given.

mod address;
mod app;
mod clock;
mod connectivity;
mod cookie;
mod csrf;
mod curl;
mod environment;
mod finding;
mod sign_in;
mod tls;

use crate::args::{Flags, Usage};
use address::Address;
use curl::Curl;
use finding::{Finding, fine, problem};
use std::process::ExitCode;

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &[], &["--url", "--as"])?;
    let findings = match (flags.value("--url"), flags.value("--as")) {
        (Some(url), name) => {
            let address = Address::parse(url);
            deployment(&address.map_err(Usage)?, name)?
        }
        (None, None) => environment::examine()?,
        (None, Some(_)) => return Err(Usage("--as wants --url, too".to_owned()).into()),
    };
    for finding in &findings {
        println!("{finding}");
    }
    let problems = findings.iter().filter(|one| one.is_problem()).count();
    println!("{} looked at, {problems} problems", findings.len());
    Ok(ExitCode::from(u8::from(problems > 0)))
}

/// From the outside in: what cannot be reached is not asked further.
fn deployment(address: &Address, name: Option<&str>) -> anyhow::Result<Vec<Finding>> {
    let mut curl = match Curl::find(address) {
        Ok(curl) => curl,
        Err(missing) => return Ok(vec![missing]),
    };
    let mut findings = vec![scheme(address)];
    let (reached, more) = connectivity::examine(&mut curl);
    findings.extend(more);
    if !reached {
        return Ok(findings);
    }
    findings.extend(tls::examine(&curl));
    findings.extend(clock::examine(&curl));
    findings.extend(csrf::examine(&curl));
    findings.extend(cookie::examine(&curl));
    findings.extend(app::examine(&curl));
    if let Some(name) = name {
        findings.extend(sign_in::examine(&curl, name)?);
    }
    Ok(findings)
}

/// Browsers keep no secure cookie that plain http brought.
fn scheme(address: &Address) -> Finding {
    match (address.is_https(), address.is_loopback()) {
        (true, _) => fine("browsers come by https"),
        (false, true) => fine("browsers come by http, on this machine alone"),
        (false, false) => problem(
            "browsers come by plain http",
            "put a proxy with TLS in front (docs/proxies) or set TLS_CERTIFICATE and TLS_KEY; then set PUBLIC_URL to the https address",
        ),
    }
}

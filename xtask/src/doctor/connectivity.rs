//! Whether anybody answers, whether it is ours, and whether it can work.

use super::curl::{Curl, CurlError, Request};
use super::finding::{Finding, fine, problem};

/// Our own answer to `/healthz`.
const ALIVE: &str = r#"{"status":"ok"}"#;
/// curl's word for a certificate that it does not trust.
const NOT_TRUSTED: i32 = 60;

/// Whether the rest can be asked, and what was found.
pub fn examine(curl: &mut Curl) -> (bool, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut answer = curl.send(&Request::get("/healthz", &[]));
    if let Err(silence) = &answer
        && silence.code == NOT_TRUSTED
    {
        findings.push(of_silence(silence));
        curl.trusts_anybody = true;
        answer = curl.send(&Request::get("/healthz", &[]));
    }
    match answer {
        Ok(answer) if answer.status == 200 && answer.body == ALIVE => {
            findings.push(fine("the API is alive"));
            findings.push(ready(curl));
            (true, findings)
        }
        Ok(answer) => {
            let what = format!(
                "/healthz is answered with {}, not by the API",
                answer.status
            );
            let remedy = "start the API, and let the proxy pass /api/*, /.well-known/*, /healthz and /readyz on to it (docs/proxies)";
            findings.push(problem(what, remedy));
            (false, findings)
        }
        Err(silence) => {
            findings.push(of_silence(&silence));
            (false, findings)
        }
    }
}

fn ready(curl: &Curl) -> Finding {
    match curl.send(&Request::get("/readyz", &[])) {
        Ok(answer) if answer.status == 200 => fine("the API is ready: its database answers"),
        _ => problem(
            "the API is alive and not ready",
            "its log says why: the database is away (docs/runbook.md), its schema is older (`api migrate`), or it is stopping",
        ),
    }
}

/// curl's exit codes are contract.
fn of_silence(silence: &CurlError) -> Finding {
    let remedy = match silence.code {
        6 => "the name leads nowhere: add it to the DNS, or mend its spelling",
        7 => "nobody listens there: start the server, or open the port (LISTEN, the firewall)",
        28 => {
            "no answer in 15 s: look for a firewall that drops packets, and at the proxy's backend"
        }
        35 => {
            "no TLS is spoken there, or only versions before 1.2: mend the proxy's TLS, or TLS_CERTIFICATE and TLS_KEY"
        }
        NOT_TRUSTED => {
            "browsers would warn: serve the whole chain of a certificate for this name that has not expired"
        }
        _ => "curl's manual explains the number",
    };
    let CurlError { code, said } = silence;
    let said = said.split_once(") ").map_or(&**said, |(_, said)| said);
    let said = said.lines().next().unwrap_or_default();
    problem(format!("curl {code}: {said}"), remedy)
}

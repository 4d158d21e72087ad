//! What stands between browsers and the API and can go wrong there: answers that are lost, late, or
//! somebody else's.

mod answer;

use crate::patience::until;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// What happens to the answer of a request, which the API has served by then, or never sees.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trouble {
    /// The API did it; the answer is lost, once.
    Lost,
    /// The API did it; the answer comes when the weather clears.
    Late,
    /// Somebody gives this answer instead; the API never hears of it.
    Instead(String),
}

/// What becomes of late answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sky {
    /// They arrive.
    Clear,
    /// They wait.
    Holding,
    /// They never arrive.
    Lost,
}

/// The way to the API and back, one request a connection.
#[derive(Debug)]
pub struct Weather {
    inner: Arc<Inner>,
    listener: AbortHandle,
}

#[derive(Debug)]
struct Inner {
    api_port: u16,
    troubles: Mutex<HashMap<String, Trouble>>,
    seen: Mutex<Vec<String>>,
    sky: watch::Sender<Sky>,
}

impl Weather {
    /// Between that port and the API's.
    pub(crate) async fn over(port: u16, api_port: u16) -> Self {
        let inner = Arc::new(Inner {
            api_port,
            troubles: Mutex::default(),
            seen: Mutex::default(),
            sky: watch::Sender::new(Sky::Clear),
        });
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.expect("the port is free");
        let between = Arc::clone(&inner);
        let listener = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let inner = Arc::clone(&between);
                // A browser that hangs up is no trouble of ours.
                tokio::spawn(async move { inner.carry(browser).await.ok() });
            }
        });
        Self {
            inner,
            listener: listener.abort_handle(),
        }
    }

    /// The next answer to that request, like `POST /api/me`, is lost; the API has done it.
    pub fn loses_an_answer_to(&self, line: &str) {
        self.brings(line, Trouble::Lost);
    }

    /// Answers to that request wait until the weather clears.
    pub fn delays_answers_to(&self, line: &str) {
        self.inner.sky.send_replace(Sky::Holding);
        self.brings(line, Trouble::Late);
    }

    /// A proxy answers that request with that status.
    pub fn answers_instead(&self, line: &str, status: u16) {
        self.brings(line, Trouble::Instead(answer::of_a_proxy(status)));
    }

    /// The answer to that request breaks off in its middle.
    pub fn cuts_off(&self, line: &str) {
        self.brings(line, Trouble::Instead(answer::cut_off()));
    }

    /// That request is answered as by an API whose database is away.
    pub fn says_unavailable(&self, line: &str, retry_after: Duration) {
        self.brings(line, Trouble::Instead(answer::unavailable(retry_after)));
    }

    /// That request is answered as by an API that does not allow it.
    pub fn says_forbidden(&self, line: &str) {
        self.brings(line, Trouble::Instead(answer::forbidden()));
    }

    /// What was late arrives, and nothing is in the way any more.
    pub fn clears(&self) {
        self.inner.troubles().clear();
        self.inner.sky.send_replace(Sky::Clear);
    }

    /// What was late never arrives, and nothing is in the way any more.
    pub fn loses_what_is_late(&self) {
        self.inner.troubles().clear();
        self.inner.sky.send_replace(Sky::Lost);
    }

    /// How often that request came by.
    pub fn count(&self, line: &str) -> usize {
        let seen = self.inner.seen();
        seen.iter().filter(|seen| *seen == line).count()
    }

    /// Waits until that request has come by so often.
    pub async fn has_passed(&self, line: &str, times: usize) {
        until(&format!("{line} came by {times} times"), async || {
            (self.count(line) >= times).then_some(())
        })
        .await;
    }

    /// From here on, only what comes is counted.
    pub fn counts_from_here(&self) {
        self.inner.seen().clear();
    }

    fn brings(&self, line: &str, trouble: Trouble) {
        self.inner.troubles().insert(line.to_owned(), trouble);
    }
}

impl Drop for Weather {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Inner {
    async fn carry(&self, mut browser: TcpStream) -> std::io::Result<()> {
        let request = read_request(&mut browser).await?;
        let line = line(&request);
        if line.is_empty() {
            return Ok(());
        }
        self.seen().push(line.clone());
        let trouble = self.trouble(&line);
        if let Some(Trouble::Instead(answer)) = trouble {
            return browser.write_all(answer.as_bytes()).await;
        }
        let mut api = TcpStream::connect(("127.0.0.1", self.api_port)).await?;
        api.write_all(&closing(&request)).await?;
        let mut answer = Vec::new();
        api.read_to_end(&mut answer).await?;
        match trouble {
            Some(Trouble::Lost) => return Ok(()),
            Some(Trouble::Late) => {
                let mut sky = self.sky.subscribe();
                // The journey that held it back may have ended.
                let sky = sky.wait_for(|sky| *sky != Sky::Holding).await;
                if sky.is_ok_and(|sky| *sky == Sky::Lost) {
                    return Ok(());
                }
            }
            Some(Trouble::Instead(_)) | None => {}
        }
        browser.write_all(&answer).await
    }

    fn trouble(&self, line: &str) -> Option<Trouble> {
        let mut troubles = self.troubles();
        let trouble = troubles.get(line).cloned();
        if trouble == Some(Trouble::Lost) {
            troubles.remove(line);
        }
        trouble
    }

    fn troubles(&self) -> MutexGuard<'_, HashMap<String, Trouble>> {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Vec<String>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One whole request: its head, and as much body as the head says.
async fn read_request(browser: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
            let length = head.split("\r\ncontent-length:").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.trim().parse().ok());
            if request.len() >= end + 4 + length.unwrap_or(0) {
                return Ok(request);
            }
        }
        if browser.read_buf(&mut request).await? == 0 {
            return Ok(Vec::new());
        }
    }
}

/// Method and path.
fn line(request: &[u8]) -> String {
    let head = String::from_utf8_lossy(request);
    let mut words = head.split(' ').take(2);
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return String::new();
    };
    let path = path.split('?').next().unwrap_or_default();
    format!("{method} {path}")
}

/// The same request, the last on its connection, so that its answer ends where the connection does.
fn closing(request: &[u8]) -> Vec<u8> {
    let at = request.windows(2).position(|two| two == b"\r\n");
    let (first, rest) = request.split_at(at.unwrap_or(request.len()));
    let rest = String::from_utf8_lossy(rest).replace("\r\nConnection: keep-alive", "");
    [first, b"\r\nConnection: close", rest.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_the_last_on_its_connection() {
        let request = b"GET /a?b HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n";
        let closing = String::from_utf8(closing(request)).expect("it is text");
        assert_eq!(
            closing,
            "GET /a?b HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n"
        );
        assert_eq!(line(request), "GET /a");
    }
}

//! Going from page to page.

use super::Person;
use serde_json::{Value, json};

/// Moves the wall clock, and leaves the monotonic one alone.
const WRONG_CLOCK: &str = "
    const Right = Date;
    globalThis.Date = class extends Right {
        constructor(...at) { super(...(at.length ? at : [Right.now() + off])); }
        static now() { return Right.now() + off; }
    };
";

impl Person {
    /// Opens a page of the app by its address.
    pub async fn opens(&self, path: &str) {
        self.does(&format!("opens {path}"));
        let address = format!("{}{path}", self.origin);
        self.driver.goto(address).await.expect("the page opens");
    }

    /// Sets out for a page of the app, and does not wait until all of it is there.
    pub async fn begins_to_open(&self, path: &str) {
        self.does(&format!("begins to open {path}"));
        self.run(&format!("setTimeout(() => location.assign({path:?}))"))
            .await;
        self.is_at(path).await;
    }

    /// Leaves the app for an empty page, in the same tab.
    pub async fn looks_away(&self) {
        self.does("looks away");
        self.driver.goto("about:blank").await.expect("it opens");
    }

    /// Presses the reload button.
    pub async fn reloads(&self) {
        self.does("reloads");
        self.driver.refresh().await.expect("the page reloads");
    }

    /// Presses the back button.
    pub async fn goes_back(&self) {
        self.does("goes back");
        self.driver
            .back()
            .await
            .expect("there is a page to go back to");
    }

    /// The laptop falls asleep: timers wait and monotonic time stands still, the world goes on.
    pub async fn falls_asleep(&self) {
        self.does("closes the laptop");
        self.run("window.journey.sleep()").await;
    }

    /// The laptop wakes up.
    pub async fn wakes_up(&self) {
        self.does("opens the laptop");
        self.run("window.journey.wake()").await;
    }

    /// The browser stops this tab's tasks and timers, as it does with tabs in the background; time
    /// goes on.
    pub async fn is_frozen(&self, frozen: bool) {
        let (did, state) = if frozen {
            ("is frozen", "frozen")
        } else {
            ("thaws", "active")
        };
        self.does(did);
        self.inspects("Page.setWebLifecycleState", json!({ "state": state }))
            .await;
    }

    /// From the next document on, this tab's wall clock is off by that many seconds.
    pub async fn has_a_clock_that_is_off(&self, seconds: i32) {
        self.does(&format!("has a clock that is off by {seconds} s"));
        let script = format!("const off = {seconds} * 1000;\n{WRONG_CLOCK}");
        let script = json!({ "source": format!("(() => {{ {script} }})()") });
        self.inspects("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
    }

    /// Runs a script in the page and returns its value.
    pub async fn run(&self, script: &str) -> Value {
        let ran = self.driver.execute(script, Vec::new()).await;
        ran.expect("the script runs").json().clone()
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn runs_until_done(&self, script: &str) -> Value {
        let ran = self.driver.execute_async(script, Vec::new()).await;
        ran.expect("the script runs").json().clone()
    }

    /// Sends a command to the browser's inspector.
    pub(crate) async fn inspects(&self, command: &str, arguments: Value) -> Value {
        let answer = self.driver.cdp().send_raw(command, arguments).await;
        answer.expect("the inspector answers")
    }
}

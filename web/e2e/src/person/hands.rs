//! What a person does with mouse and keyboard.

use super::Person;
use crate::patience::until;
use serde_json::json;
use thirtyfour::{By, Key, WebElement};

/// More presses of Tab than any page has controls.
const FAR: usize = 30;

const FIND: &str = include_str!("../find.js");

impl Person {
    /// Clicks the link or button of that name, once it can be clicked.
    pub async fn clicks(&self, name: &str) {
        self.does(&format!("clicks “{name}”"));
        let what = format!("{} clicks “{name}”", self.name);
        until(&what, async || {
            self.find("control", name).await?.click().await.ok()
        })
        .await;
    }

    /// Clicks it twice where it stands, as fast as a mouse can.
    pub async fn double_clicks(&self, name: &str) {
        self.does(&format!("double-clicks “{name}”"));
        let what = format!("{} double-clicks “{name}”", self.name);
        until(&what, async || {
            let button = self.find("control", name).await?;
            let mouse = self.driver.action_chain();
            mouse.double_click_element(&button).perform().await.ok()
        })
        .await;
    }

    /// A password manager writes into the field of that name, with that event or without one.
    pub async fn has_written(&self, name: &str, text: &str, event: Option<&str>) {
        self.does(&format!("has “{name}” filled in with {event:?}"));
        let (name, text) = (json!(name), json!(text));
        let tell = event.map_or_else(String::new, |event| {
            format!("field.dispatchEvent(new Event('{event}', {{ bubbles: true }}));")
        });
        self.run(&format!(
            "const scope = document.querySelector('dialog[open]') ?? document.querySelector('main');
             const field = scope.querySelector(`form [name=${{{name}}}]:not([readonly])`);
             field.value = {text}; {tell}"
        ))
        .await;
    }

    /// Clicks it so often before anything else happens.
    pub async fn clicks_in_one_go(&self, name: &str, times: usize) {
        self.does(&format!("clicks “{name}” {times} times in one go"));
        let what = format!("{} clicks “{name}” in one go", self.name);
        until(&what, async || {
            let button = self.find("control", name).await?;
            let click = format!("for (let n = 0; n < {times}; n += 1) arguments[0].click()");
            let button = button.to_json().ok()?;
            self.driver
                .execute(click, vec![button])
                .await
                .ok()
                .map(drop)
        })
        .await;
    }

    /// There is no link or button of that name now.
    pub async fn has_nothing_to_click(&self, name: &str) {
        self.does(&format!("has no “{name}” to click"));
        let found = self.find("control", name).await;
        assert!(found.is_none(), "{} could click “{name}”", self.name);
    }

    /// Sends the form with the button of that name; a link may have the same.
    pub async fn submits(&self, name: &str) {
        self.does(&format!("submits with “{name}”"));
        let what = format!("{} submits with “{name}”", self.name);
        until(&what, async || {
            self.find("submit", name).await?.click().await.ok()
        })
        .await;
    }

    /// Waits until there is a sign-in form.
    pub async fn has_the_form(&self) {
        self.does("has the sign-in form");
        let what = format!("{} has the sign-in form", self.name);
        until(&what, async || {
            self.find("submit", "Sign in").await.map(drop)
        })
        .await;
    }

    /// Fills in the field of that label.
    pub async fn fills(&self, label: &str, text: &str) {
        self.does(&format!("fills in “{label}”"));
        let what = format!("{} fills in “{label}”", self.name);
        until(&what, async || {
            let field = self.find("field", label).await?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()
        })
        .await;
    }

    /// Picks an option of the list of that label, by its words.
    pub async fn chooses(&self, label: &str, words: &str) {
        self.does(&format!("chooses “{words}” for “{label}”"));
        let what = format!("{} chooses “{words}”", self.name);
        let option = format!(".//option[normalize-space()='{words}']");
        until(&what, async || {
            let list = self.find("field", label).await?;
            let option = list.find(By::XPath(&option)).await.ok()?;
            option.click().await.ok()
        })
        .await;
    }

    /// Types where the focus is.
    pub async fn types(&self, text: &str) {
        self.does("types");
        let typing = self.driver.action_chain().send_keys(text);
        typing.perform().await.expect("keys can be pressed");
    }

    /// Presses one key where the focus is.
    pub async fn presses(&self, key: Key) {
        let keys = self.driver.action_chain().key_down(key.clone()).key_up(key);
        keys.perform().await.expect("keys can be pressed");
    }

    /// Presses Tab until the control or field of that name has the focus.
    pub async fn tabs_to(&self, name: &str) {
        self.does(&format!("tabs to “{name}”"));
        for _ in 0..FAR {
            if self.focus().await == name {
                return;
            }
            self.presses(Key::Tab).await;
        }
        panic!(
            "{} cannot reach “{name}” with {FAR} presses of Tab",
            self.name
        );
    }

    /// Waits until the focus is on the control or field of that name.
    pub async fn has_the_focus_on(&self, name: &str) {
        let what = format!("{} has the focus on “{name}”", self.name);
        until(&what, async || (self.focus().await == name).then_some(())).await;
    }

    /// What the focus is on, by its label or its words.
    async fn focus(&self) -> String {
        let name = self
            .run(
                "const at = document.activeElement;
                 const text = at.labels?.[0]?.textContent ?? at.ariaLabel ?? at.textContent;
                 return at === document.body ? '' : text.replace(/\\s+/g, ' ').trim();",
            )
            .await;
        name.as_str().unwrap_or_default().to_owned()
    }

    async fn find(&self, kind: &str, name: &str) -> Option<WebElement> {
        let arguments = vec![json!(kind), json!(name)];
        self.driver
            .execute(FIND, arguments)
            .await
            .ok()?
            .element()
            .ok()
    }
}

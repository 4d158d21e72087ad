//! What a person sees.

use super::Person;
use crate::patience::until;

/// Upper and lower case are a matter of style sheets.
const VISIBLE_TEXT: &str = "return document.body?.innerText.toLowerCase() ?? ''";
const HEADING: &str = "return document.querySelector('h1')?.textContent ?? ''";
const PATH: &str = "return location.pathname + location.search";
const HEADINGS: &str = "return window.journey?.headings ?? []";

impl Person {
    /// Waits until these words stand on the page.
    pub async fn sees(&self, words: &str) {
        self.does(&format!("sees “{words}”"));
        let what = format!("{} sees “{words}”", self.name);
        let wanted = words.to_lowercase();
        until(&what, async || {
            self.look(VISIBLE_TEXT)
                .await?
                .contains(&wanted)
                .then_some(())
        })
        .await;
    }

    /// Waits until these words are gone from the page.
    pub async fn no_longer_sees(&self, words: &str) {
        self.does(&format!("no longer sees “{words}”"));
        let what = format!("{} no longer sees “{words}”", self.name);
        let gone = words.to_lowercase();
        until(&what, async || {
            let text = self.look(VISIBLE_TEXT).await?;
            (!text.contains(&gone)).then_some(())
        })
        .await;
    }

    /// These words do not stand on the page now.
    pub async fn does_not_see(&self, words: &str) {
        self.does(&format!("does not see “{words}”"));
        let text = self.run(VISIBLE_TEXT).await;
        let text = text.as_str().unwrap_or_default();
        assert!(
            !text.contains(&words.to_lowercase()),
            "{} sees “{words}” in:\n{text}",
            self.name
        );
    }

    /// Waits until the page answers a script with this.
    pub async fn finds(&self, script: &str, wanted: &str) {
        let what = format!("{} finds “{wanted}” by {script}", self.name);
        until(&what, async || {
            (self.look(script).await? == wanted).then_some(())
        })
        .await;
    }

    /// Waits until the page of this title is shown.
    pub async fn sees_page(&self, title: &str) {
        self.does(&format!("sees the page “{title}”"));
        let what = format!("{} sees the page “{title}”", self.name);
        until(&what, async || {
            (self.look(HEADING).await? == title).then_some(())
        })
        .await;
    }

    /// Waits until the address is that of this page.
    pub async fn is_at(&self, path: &str) {
        self.does(&format!("is at {path}"));
        let what = format!("{} is at {path}", self.name);
        until(&what, async || {
            (self.look(PATH).await? == path).then_some(())
        })
        .await;
    }

    /// The page of this title was not shown for a moment since the document was loaded.
    pub async fn never_saw_page(&self, title: &str) {
        self.does(&format!("never saw the page “{title}” since it was loaded"));
        let headings = self.run(HEADINGS).await;
        let headings = headings
            .as_array()
            .expect("headings are watched in every document");
        assert!(!headings.is_empty(), "no heading was seen at all");
        let flashed = headings.iter().any(|heading| heading == title);
        assert!(
            !flashed,
            "{} saw “{title}” for a moment: {headings:?}",
            self.name
        );
    }

    /// All that stands on the page, for whoever reads why a journey failed.
    pub(crate) async fn view(&self) -> String {
        let path = self.look(PATH).await.unwrap_or_default();
        let text = self.look("return document.body?.innerText ?? ''").await;
        format!(
            "{} is at {path} and sees:\n{}",
            self.name,
            text.unwrap_or_default()
        )
    }

    /// A text of the page; none while the page is being replaced.
    async fn look(&self, script: &str) -> Option<String> {
        let looked = self.driver.execute(script, Vec::new()).await.ok()?;
        Some(looked.json().as_str()?.to_owned())
    }
}

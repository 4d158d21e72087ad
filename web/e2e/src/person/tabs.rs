//! Several tabs of one browser.

use super::Person;
use crate::browser;
use thirtyfour::WindowHandle;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Person {
    /// Opens another tab, empty, and turns to it.
    pub async fn opens_a_tab(&self) -> Tab {
        self.does("opens a tab");
        let opened = self.driver.new_tab().await;
        let tab = Tab(opened.expect("a tab opens"));
        self.turns_to(&tab).await;
        browser::watch_this_tab(&self.driver).await;
        tab
    }

    /// Opens another tab at that page of one's own, and waits for it.
    pub async fn opens_a_tab_at(&self, path: &str) -> Tab {
        let tab = self.opens_a_tab().await;
        self.opens(path).await;
        self.sees("Sign out").await;
        tab
    }

    /// Turns to that tab.
    pub async fn turns_to(&self, tab: &Tab) {
        let turned = self.driver.switch_to_window(tab.0.clone()).await;
        turned.expect("the tab is there");
    }

    /// The tab one is looking at.
    pub async fn this_tab(&self) -> Tab {
        Tab(self.driver.window().await.expect("a tab is open"))
    }

    /// All tabs.
    pub async fn tabs(&self) -> Vec<Tab> {
        let windows = self.driver.windows().await.expect("a tab is open");
        windows.into_iter().map(Tab).collect()
    }

    /// Reloads all tabs in the same instant, as a browser that restores them.
    pub async fn reloads_all_at_once(&self) {
        self.does("restores all tabs at once");
        let at = self.run("return Date.now() + 1500").await;
        let script =
            format!("window.before = true; setTimeout(() => location.reload(), {at} - Date.now())");
        for tab in self.tabs().await {
            self.turns_to(&tab).await;
            self.run(&script).await;
        }
    }

    /// Waits until this tab shows a new document.
    pub async fn is_restored(&self) {
        crate::patience::until("the tab is restored", async || {
            let script = "return window.before === undefined";
            let asked = self.driver.execute(script, Vec::new()).await.ok()?;
            asked
                .json()
                .as_bool()
                .filter(|restored| *restored)
                .map(drop)
        })
        .await;
    }
}

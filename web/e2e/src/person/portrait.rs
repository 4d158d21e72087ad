//! How a page looks on a phone and on a desk.

use super::Person;
use serde_json::json;

const SIZES: [(&str, u32, u32); 2] = [("narrow", 360, 740), ("wide", 1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];
/// The width of what is on the page, which may be more than the screen's.
const WIDTH: &str = "return document.documentElement.scrollWidth";

impl Person {
    /// Looks at the page as it stands, narrow and wide: nothing sticks out sideways. Where
    /// somebody asked for pictures, takes one of each, light and dark.
    pub async fn looks_at_it(&self, name: &str) {
        self.does(&format!("looks at “{name}” on a phone and on a desk"));
        for (size, width, height) in SIZES {
            let screen = json!({
                "width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 500,
            });
            self.inspects("Emulation.setDeviceMetricsOverride", screen)
                .await;
            let needed = self.run(WIDTH).await.as_u64().unwrap_or(u64::MAX);
            assert!(
                needed <= u64::from(width),
                "{name} needs {needed} pixels of {width}"
            );
            if self.album.is_open() {
                self.takes_pictures(&format!("{name}-{size}")).await;
            }
        }
        self.inspects("Emulation.clearDeviceMetricsOverride", json!({}))
            .await;
    }

    async fn takes_pictures(&self, name: &str) {
        for scheme in SCHEMES {
            let wish = json!({
                "features": [{ "name": "prefers-color-scheme", "value": scheme }],
            });
            self.inspects("Emulation.setEmulatedMedia", wish).await;
            let picture = self.driver.screenshot_as_png().await;
            let picture = picture.expect("the browser can take a picture");
            self.album.keep(&format!("{name}-{scheme}"), &picture);
        }
        self.inspects("Emulation.setEmulatedMedia", json!({ "features": [] }))
            .await;
    }
}

//! Pictures of what a person sees.

use super::Person;
use serde_json::json;

/// How a page is looked at: on a phone and on a desk.
const SIZES: [(&str, u32, u32); 2] = [("narrow", 360, 740), ("wide", 1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];

impl Person {
    /// Takes pictures of the page as it stands: narrow and wide, light and dark.
    pub async fn takes_pictures(&self, name: &str) {
        if !self.album.is_open() {
            return;
        }
        for (size, width, height) in SIZES {
            let screen = json!({
                "width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 500,
            });
            self.inspects("Emulation.setDeviceMetricsOverride", screen)
                .await;
            for scheme in SCHEMES {
                let wish = json!({
                    "features": [{ "name": "prefers-color-scheme", "value": scheme }],
                });
                self.inspects("Emulation.setEmulatedMedia", wish).await;
                let picture = self.driver.screenshot_as_png().await;
                let picture = picture.expect("the browser can take a picture");
                self.album
                    .keep(&format!("{name}-{size}-{scheme}"), &picture);
            }
        }
        self.inspects("Emulation.clearDeviceMetricsOverride", json!({}))
            .await;
        self.inspects("Emulation.setEmulatedMedia", json!({ "features": [] }))
            .await;
    }
}

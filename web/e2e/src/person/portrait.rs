//! How a page looks on a phone and on a desk.

use super::Person;
use serde_json::json;

const SIZES: [(&str, u32, u32); 2] = [("narrow", 320, 640), ("wide", 1280, 800)];
const SCHEMES: [&str; 2] = ["light", "dark"];
/// The width of what is on the page, which may be more than the screen's.
const WIDTH: &str = "return document.documentElement.scrollWidth";

impl Person {
    /// Looks at the page as it stands, narrow and wide: nothing sticks out sideways,
    /// it kept still, and in light and dark nothing keeps anybody out. Where somebody asked for
    /// pictures, takes one of each.
    pub async fn looks_at_it(&self, name: &str) {
        self.saw_it_keep_still(name).await;
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
            self.looks_in_both_lights(&format!("{name}-{size}")).await;
        }
        self.inspects("Emulation.clearDeviceMetricsOverride", json!({}))
            .await;
    }

    /// The system forces a few colours on every page, or stops to.
    pub async fn has_colours_of_their_own(&self, forced: bool) {
        let value = if forced { "active" } else { "none" };
        let forced = json!({ "name": "forced-colors", "value": value });
        self.inspects(
            "Emulation.setEmulatedMedia",
            json!({ "features": [forced] }),
        )
        .await;
    }

    /// Takes a picture of the window as it is, where somebody asked for pictures.
    pub async fn pictures(&self, name: &str) {
        if self.album.is_open() {
            let picture = self.driver.screenshot_as_png().await;
            let picture = picture.expect("the browser can take a picture");
            self.album.keep(name, &picture);
        }
    }

    async fn looks_in_both_lights(&self, name: &str) {
        for scheme in SCHEMES {
            let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
            let light = json!({ "name": "prefers-color-scheme", "value": scheme });
            let wish = json!({ "features": [light, still] });
            self.inspects("Emulation.setEmulatedMedia", wish).await;
            let name = format!("{name}-{scheme}");
            self.meets_no_barrier(&name).await;
            self.pictures(&name).await;
        }
        self.inspects("Emulation.setEmulatedMedia", json!({ "features": [] }))
            .await;
    }
}

use crate::browser::PageClock;
use crate::words::{self, text};
use client::Clock;
use js_sys::{Date, Object};
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// A point in time, in seconds since the Unix epoch: how long ago, or the day; the exact time on
/// request.
pub fn moment(at: u64) -> Html {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this age are far from 2^53"
    )]
    let date = Date::new(&JsValue::from_f64((at * 1000) as f64));
    let words = words::ago(PageClock.wall_clock().as_secs(), at).unwrap_or_else(|| day(&date));
    let title = String::from(date.to_locale_string(words::spoken().tag(), &Object::new()));
    let datetime = date.to_iso_string().as_string();
    html! { <time {datetime} {title}>{ words }</time> }
}

/// So many seconds ago, on this page's own clock.
pub fn moment_ago(seconds: u64) -> Html {
    let ago = text::AGO.fill(&[&words::span(seconds)]);
    html! { <span class="muted">{ ago }</span> }
}

fn day(date: &Date) -> String {
    let style = Object::new();
    // An ordinary object takes any property.
    let _ = js_sys::Reflect::set(&style, &"dateStyle".into(), &"medium".into());
    date.to_locale_date_string(words::spoken().tag(), &style)
        .into()
}

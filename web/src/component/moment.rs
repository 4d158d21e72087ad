use crate::browser::PageClock;
use crate::now::use_tick;
use crate::words;
use client::Clock;
use js_sys::Date;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// How a point in time is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// How long ago, in the middle of a sentence.
    Age,
    /// How long ago, or day and time where that says more.
    AgeOrDate,
    /// The day.
    Day,
}

#[derive(Properties, PartialEq)]
struct MomentProps {
    at: u64,
    told: Told,
}

/// A point in time, in seconds since the Unix epoch; the exact time on request.
pub fn moment(at: u64, told: Told) -> Html {
    html! { <Moment {at} {told} /> }
}

#[component]
fn Moment(props: &MomentProps) -> Html {
    use_tick();
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this age are far from 2^53"
    )]
    let date = Date::new(&JsValue::from_f64((props.at * 1000) as f64));
    // Clocks differ: what lies in the future is just now.
    let age = PageClock.wall_clock().as_secs().saturating_sub(props.at);
    let words = match props.told {
        Told::Day => words::day(&date),
        Told::AgeOrDate if !words::is_recent(age) => words::day_and_time(&date),
        Told::Age | Told::AgeOrDate => words::ago(age),
    };
    let title = words::exactly(&date);
    let datetime = date.to_iso_string().as_string();
    html! { <time {datetime} {title}>{ words }</time> }
}

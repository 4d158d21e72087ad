use crate::words::{
    self,
    text::{self, Text},
};
use shared::event::{ActivityBucket, ActivitySeries};
use yew::prelude::*;

/// Height and width of one row, in its own units.
const HEIGHT: u64 = 40;
const WIDTH: usize = 600;

/// What a row counts.
type Measure = fn(&ActivityBucket) -> u32;

/// How much happened, one row of bars a kind over the same stretch of time. Each row has a scale of
/// its own: a single caught copy must be seen beside a thousand refreshes.
pub fn chart(activities: &ActivitySeries) -> Html {
    let stretches = &activities.stretches;
    let rows: [(Text, &str, Measure); 4] = [
        (text::SIGN_INS, "bars bars-good", |of| of.signed_in),
        (text::FAILURES, "bars bars-warn", |of| of.failed),
        (text::REFRESHES, "bars", |of| of.refreshed),
        (text::REUSES, "bars bars-bad", |of| of.reused),
    ];
    html! { <div class="charts">{ for rows.map(|(text, class, of)| {
        let values: Vec<u64> = stretches.iter().map(|stretch| of(stretch).into()).collect();
        row(text, class, &values)
    }) }</div> }
}

fn row(name: Text, class: &'static str, values: &[u64]) -> Html {
    let sum: u64 = values.iter().sum();
    let sum = words::number(sum);
    let top = values.iter().copied().max().unwrap_or(0).max(1);
    let width = WIDTH / values.len().max(1);
    let bar = |(index, &value): (usize, &u64)| {
        // What happened once is still to be seen.
        let height = (value * HEIGHT / top).max(u64::from(value > 0) * 2);
        html! {
            <rect x={(index * width).to_string()} width={width.saturating_sub(2).max(1).to_string()}
                y={(HEIGHT - height).to_string()} height={height.to_string()} />
        }
    };
    let label = [name.say(), ": ", sum.as_str()].concat();
    html! {
        <figure class="chart">
            <figcaption><span>{ name }</span><strong>{ &sum }</strong></figcaption>
            <svg {class} viewBox="0 0 600 42" preserveAspectRatio="none" role="img" aria-label={label}>
                <path d="M0 41H600" />
                { for values.iter().enumerate().map(bar) }
            </svg>
        </figure>
    }
}

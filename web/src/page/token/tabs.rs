use crate::words::text;
use client::DebugSnapshot;
use yew::prelude::*;

/// This tab and its siblings.
pub fn tabs(inspection: &DebugSnapshot) -> Html {
    let epoch = |epoch: u64| text::EPOCH.fill(&[&epoch.to_string()]);
    let name = |tab: u16| text::TAB.fill(&[&tab.to_string()]);
    html! {
        <section class="card" aria-labelledby="tabs">
            <div class="card-about">
                <h2 id="tabs">{ text::TABS }</h2>
                <p class="muted">{ text::TABS_LEAD }</p>
            </div>
            <ul class="log">
                <li>
                    <span>
                        { name(inspection.tab) }{ " " }
                        <span class="badge badge-good">{ text::THIS_TAB }</span>
                    </span>
                    <span class="muted">{ epoch(inspection.machine.epoch) }</span>
                </li>
                { for inspection.siblings.iter().map(|sibling| html! {
                    <li>
                        <span>{ name(sibling.tab) }</span>
                        <span class="muted">{ epoch(sibling.epoch) }</span>
                    </li>
                }) }
            </ul>
            if inspection.siblings.is_empty() {
                <p class="muted">{ text::NO_SIBLINGS }</p>
            }
        </section>
    }
}

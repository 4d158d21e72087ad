//! Time goes on while a page is shown: one timer for all the ages on it.

use gloo_timers::callback::Interval;
use yew::prelude::*;

/// How often ages are looked at, in milliseconds. They are told in minutes.
const TICK: u32 = 10_000;

#[derive(Clone, PartialEq)]
struct Tick(u32);

#[derive(Properties, PartialEq)]
pub struct TicksProps {
    pub children: Html,
}

/// Lets time go on for everything inside it.
#[component]
pub fn Ticks(props: &TicksProps) -> Html {
    let ticks = use_state(|| 0_u32);
    let set = ticks.setter();
    use_effect_with((), move |()| {
        let mut count = 0;
        let timer = Interval::new(TICK, move || {
            count += 1;
            set.set(count);
        });
        move || drop(timer)
    });
    html! {
        <ContextProvider<Tick> context={Tick(*ticks)}>{ props.children.clone() }</ContextProvider<Tick>>
    }
}

/// What uses it is shown again from time to time.
#[hook]
pub fn use_tick() {
    let _: Option<Tick> = use_context();
}

use crate::component::{Button, Toast, use_notify};
use crate::session::use_client;
use crate::words::{self, text};
use client::{DebugSnapshot, Phase};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ClockProps {
    pub inspection: DebugSnapshot,
}

/// How long the token lives, what comes next, and the means to make it come.
#[component]
pub fn Clock(props: &ClockProps) -> Html {
    let client = use_client();
    let notify = use_notify();
    let calling = use_state(|| false);
    let call = {
        let (api, set) = (client.api(), calling.setter());
        Callback::from(move |()| {
            let (api, set, notify) = (api.clone(), set.clone(), notify.clone());
            set.set(true);
            spawn_local(async move {
                let answered = api.session().await;
                let said = |left: u64| text::API_ANSWERED.fill(&[&words::span(left)]);
                set.set(false);
                notify.emit(match answered {
                    Ok(facts) => Toast::done(said(facts.expires_in)),
                    Err(error) => Toast::failed(&error),
                });
            });
        })
    };
    let renew = Callback::from({
        let client = client.clone();
        move |()| client.refresh_now()
    });
    let phase = client.snapshot().phase;
    let expire = Callback::from(move |()| client.expire_token());
    html! {
        <section class="card clock" aria-labelledby="clock">
            <h2 id="clock">{ text::TIME_LEFT }</h2>
            <div class="clock-face">
                { ring(&props.inspection) }
                { facts(&props.inspection, phase) }
            </div>
            <div class="actions">
                <Button onclick={renew}>{ text::REFRESH_NOW }</Button>
                <Button onclick={expire}>{ text::EXPIRE }</Button>
                <Button onclick={call} busy={*calling}>{ text::CALL_API }</Button>
            </div>
        </section>
    }
}

/// The share of its life that the token has left. The path is 100 long.
fn ring(inspection: &DebugSnapshot) -> Html {
    let left = inspection.expires_in.map_or(0, client::Millis::as_secs);
    let claims = inspection.claims.as_ref();
    let life = claims
        .map_or(left, |claims| claims.exp.saturating_sub(claims.iat))
        .max(1);
    let share = (left * 100 / life).min(100).to_string();
    let minutes = (left / 60).to_string();
    let seconds = (left % 60).to_string();
    let zero = if left % 60 < 10 { "0" } else { "" };
    let shown = [minutes.as_str(), ":", zero, seconds.as_str()].concat();
    html! {
        <svg class="ring" viewBox="0 0 120 120" role="img" aria-label={words::span(left)}>
            <circle class="ring-track" cx="60" cy="60" r="52" />
            <circle class="ring-left" cx="60" cy="60" r="52" pathLength="100"
                stroke-dasharray={[share.as_str(), " 100"].concat()} transform="rotate(-90 60 60)" />
            <text x="60" y="69" text-anchor="middle">{ shown }</text>
        </svg>
    }
}

fn facts(inspection: &DebugSnapshot, phase: Phase) -> Html {
    let state = match phase {
        Phase::Restoring => text::PHASE_RESTORING,
        Phase::SignedOut => text::PHASE_SIGNED_OUT,
        Phase::SignedIn => text::PHASE_SIGNED_IN,
        Phase::Refreshing => text::PHASE_REFRESHING,
        Phase::Offline => text::PHASE_OFFLINE,
        Phase::Rejected => text::PHASE_REJECTED,
    };
    let over = inspection.expires_in.is_some_and(|left| left.0 == 0);
    let next = match inspection.next_request_in {
        Some(_) if over && phase == Phase::SignedIn => text::ON_DEMAND.say().to_owned(),
        Some(wait) => words::ahead(wait.as_secs()),
        None => text::ON_ITS_WAY.say().to_owned(),
    };
    let number = inspection.machine.serial.to_string();
    let waiting = inspection.queued_calls.to_string();
    html! {
        <dl class="facts">
            <div><dt>{ text::STATE }</dt><dd>{ if over { text::EXPIRED } else { state } }</dd></div>
            <div><dt>{ text::NEXT_REFRESH }</dt><dd>{ next }</dd></div>
            <div><dt>{ text::TOKEN_NUMBER }</dt><dd>{ text::TOKEN_COUNT.fill(&[&number]) }</dd></div>
            <div><dt>{ text::WAITING_CALLS }</dt><dd>{ waiting }</dd></div>
        </dl>
    }
}

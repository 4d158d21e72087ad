use crate::component::{Told, moment, roles};
use crate::words::{self, text};
use client::DebugSnapshot;
use shared::claims::AccessClaims;
use yew::prelude::*;

/// What the token says.
pub fn claims(inspection: &DebugSnapshot) -> Html {
    html! {
        <section class="card" aria-labelledby="claims">
            <div class="card-about">
                <h2 id="claims">{ text::CLAIMS }</h2>
                <p class="muted">{ text::CLAIMS_LEAD }</p>
            </div>
            {
                match &inspection.claims {
                    Some(claims) => {
                        let left = inspection.expires_in.map_or(0, client::Millis::as_secs);
                        table(claims, words::ahead(left))
                    }
                    None => html! { <p class="muted">{ text::NO_CLAIMS }</p> },
                }
            }
        </section>
    }
}

fn table(claims: &AccessClaims, ends: String) -> Html {
    let code = |value: &String| html! { <code>{ value }</code> };
    let rows = [
        ("iss", text::CLAIM_ISS, code(&claims.iss)),
        ("aud", text::CLAIM_AUD, code(&claims.aud)),
        ("sub", text::CLAIM_SUB, code(&claims.sub)),
        ("sid", text::CLAIM_SID, code(&claims.sid)),
        ("jti", text::CLAIM_JTI, code(&claims.jti)),
        ("iat", text::CLAIM_IAT, moment(claims.iat, Told::AgeOrDate)),
        ("exp", text::CLAIM_EXP, Html::from(ends)),
        (
            "auth_time",
            text::CLAIM_AUTH,
            moment(claims.auth_time, Told::AgeOrDate),
        ),
        ("roles", text::CLAIM_ROLES, roles(&claims.roles)),
    ];
    let row = |(name, words, value): (&'static str, text::Text, Html)| {
        html! { <div><dt>{ words }{ " " }<code>{ name }</code></dt><dd>{ value }</dd></div> }
    };
    html! { <dl class="facts facts-claims">{ for rows.into_iter().map(row) }</dl> }
}

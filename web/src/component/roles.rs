use shared::role::Role;
use yew::prelude::*;

/// Roles, each a badge.
pub fn roles(roles: &[Role]) -> Html {
    let badge = |role: &Role| html! { <span class="badge">{ role.as_str() }</span> };
    html! { <span class="badges">{ for roles.iter().map(badge) }</span> }
}

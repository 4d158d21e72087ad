//! The address says what a list shows: Back, reload and a link lead to the same list.

use e2e::{Person, Stage, World, journey};
use std::sync::Arc;

const TITLES: &str = "return [...document.querySelectorAll('.row-title')]
    .map((title) => title.firstChild.textContent.trim()).join(' ')";
const ASKED: &str = "return [
        document.querySelector('[name=search]')?.value, document.querySelector('[name=sort]')?.value,
    ].join(' ')";
const KIND: &str = "return document.querySelector('[name=kind]')?.value ?? 'none'";
const NEWEST: &str = "/admin/users?search=b&sort=-created_at";

/// An administrator who looks at bob and bert.
async fn admin_of_two(world: &World) -> Arc<Person> {
    for name in ["bob", "bert"] {
        let person = world.person(name).await;
        person.registers().await;
    }
    let admin = world.administrator("admin").await;
    admin.signs_in().await;
    admin.clicks("People").await;
    admin.finds(TITLES, "admin bert bob").await;
    admin
}

#[tokio::test]
async fn back_and_reload_keep_a_search_and_its_order() {
    journey(Stage::one_binary(), async |world| {
        let admin = admin_of_two(world).await;
        admin.has_written("search", "b", None).await;
        admin.clicks("Search").await;
        admin.is_at("/admin/users?search=b").await;
        admin.chooses("Order", "Newest first").await;
        admin.is_at(NEWEST).await;
        admin.finds(TITLES, "bert bob").await;
        admin.reloads().await;
        admin.finds(TITLES, "bert bob").await;
        admin.finds(ASKED, "b -created_at").await;

        admin.clicks("Events bob").await;
        admin.sees_page("Events").await;
        admin.goes_back().await;
        admin.is_at(NEWEST).await;
        admin.finds(ASKED, "b -created_at").await;
        admin.goes_back().await;
        admin.is_at("/admin/users?search=b").await;
        admin.finds(ASKED, "b username").await;
        admin.goes_back().await;
        admin.is_at("/admin/users").await;
        admin.finds(ASKED, " username").await;
        admin.finds(TITLES, "admin bert bob").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_has_an_address_and_starts_at_its_top() {
    const TOP: &str = "const list = document.querySelector('.turned');
        const { top } = list.getBoundingClientRect();
        const lowest = document.documentElement.scrollHeight - innerHeight;
        const shown = Math.abs(top) < 2 || scrollY >= lowest - 2;
        return [document.activeElement === list, shown].join(' ')";
    const TURNED: &str = r"return String(/^[?]after=[^&]+&limit=1$/.test(location.search))";
    const SCROLLED: &str = "return String(scrollY)";
    journey(Stage::one_binary(), async |world| {
        let admin = admin_of_two(world).await;
        admin.opens("/admin/users?limit=1").await;
        admin.finds(TITLES, "admin").await;
        admin.clicks("Next page").await;
        admin.finds(TITLES, "bert").await;
        admin.finds(TURNED, "true").await;
        admin.finds(TOP, "true true").await;
        admin.clicks("Next page").await;
        admin.finds(TITLES, "bob").await;
        admin.reloads().await;
        admin.finds(TITLES, "bob").await;
        admin.goes_back().await;
        admin.finds(TITLES, "bert").await;
        admin.clicks("First page").await;
        admin.is_at("/admin/users?limit=1").await;
        admin.run("scrollTo(0, 10000)").await;
        admin.clicks("Token").await;
        admin.sees("Refresh now").await;
        admin.finds(SCROLLED, "0").await;
    })
    .await;
}

#[tokio::test]
async fn the_user_in_the_address_and_the_list_agree() {
    journey(Stage::one_binary(), async |world| {
        let admin = admin_of_two(world).await;
        admin.clicks("Events bob").await;
        admin.sees("Only events about bob").await;
        admin.no_longer_sees("bert").await;
        admin.chooses("Show", "Account made").await;
        admin.finds("return String(location.search.includes('user=') && location.search.endsWith('&kind=registered'))", "true").await;
        admin.sees("Only events about bob").await;
        admin.reloads().await;
        admin.sees("Only events about bob").await;
        admin.finds(KIND, "registered").await;
        admin.looks_at_it("events-of-one-kind").await;

        // The same page from the navigation is everybody's, in the address and in the list.
        admin.clicks("Events").await;
        admin.is_at("/admin/events").await;
        admin.sees("bert").await;
        admin.does_not_see("Only events about").await;
        admin.finds(KIND, "").await;
        admin.goes_back().await;
        admin.sees("Only events about bob").await;
        admin.finds(KIND, "registered").await;
        admin.clicks("Show everybody").await;
        admin.is_at("/admin/events?kind=registered").await;
        admin.sees("bert").await;

        admin.opens("/admin/events?kind=nonsense&other=1").await;
        admin.sees("Signed in").await;
        admin.is_at("/admin/events").await;
    })
    .await;
}

#[tokio::test]
async fn a_deep_link_keeps_its_query_through_a_sign_in() {
    journey(Stage::one_binary(), async |world| {
        let admin = admin_of_two(world).await;
        admin.signs_out().await;
        admin.opens(NEWEST).await;
        admin.sees_page("Sign in").await;
        admin
            .is_at("/sign-in?next=%2Fadmin%2Fusers%3Fsearch%3Db%26sort%3D-created_at")
            .await;
        // From one way in to the other and back.
        admin.clicks("Create an account").await;
        admin.sees_page("Create an account").await;
        admin.clicks("Sign in").await;
        admin.enters(&admin.password).await;
        admin.is_at(NEWEST).await;
        admin.finds(TITLES, "bert bob").await;
    })
    .await;
}

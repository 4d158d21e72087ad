//! Looking after people, and not being allowed to.

use e2e::{Stage, journey};

#[tokio::test]
async fn who_may_not_is_told_so_and_stays_signed_in() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.has_nothing_to_click("People").await;
        alice.opens("/admin/users").await;
        alice.sees_page("Not for you").await;
        alice.clicks("Go to your home").await;
        alice.is_home().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_disables_a_person_and_lets_them_in_again() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("People").await;
        admin.clicks("Disable alice").await;
        admin.sees("cannot sign in until enabled").await;
        admin.clicks("Disable").await;
        admin.sees("alice is disabled and signed out.").await;
        alice.clicks("Ask the API again").await;
        alice.sees("This account is disabled").await;
        alice.enters(&alice.password).await;
        alice.sees("Name or password is wrong").await;

        admin.clicks("Enable alice").await;
        admin.clicks("Enable").await;
        admin.sees("alice can sign in again.").await;
        alice.submits("Sign in").await;
        alice.is_home().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_puts_people_in_order_and_sees_what_one_did() {
    journey(Stage::one_binary(), async |world| {
        let bob = world.person("bob").await;
        bob.registers().await;
        let alice = world.person("alice").await;
        alice.registers().await;
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("People").await;
        admin.sees("bob").await;
        let titles = "return [...document.querySelectorAll('.row-title')]
            .map((title) => title.firstChild.textContent.trim()).join(' ')";
        admin.finds(titles, "admin alice bob").await;
        admin.chooses("Order", "Name, from Z").await;
        admin.finds(titles, "bob alice admin").await;

        admin.clicks("Events bob").await;
        admin.sees_page("Events").await;
        admin.sees("Only events about bob").await;
        admin.sees("bob").await;
        admin.does_not_see("alice").await;
        admin.looks_at_it("events-of-one").await;
        admin.clicks("Show everybody").await;
        admin.sees("alice").await;
        admin.goes_back().await;
        admin.sees("Only events about bob").await;
        admin.goes_back().await;
        admin.sees_page("People").await;
        admin.finds(titles, "bob alice admin").await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_gives_a_role_takes_it_and_ends_sessions() {
    journey(Stage::one_binary(), async |world| {
        let bob = world.person("bob").await;
        bob.registers().await;
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("People").await;
        admin.fills("Name begins with", "bo").await;
        admin.clicks("Search").await;
        admin.no_longer_sees("you").await;
        admin.clicks("Make admin bob").await;
        admin.clicks("Make admin").await;
        admin.sees("bob is an administrator now.").await;

        // What is given comes with the next token; what is taken ends the session.
        bob.reloads().await;
        bob.clicks("People").await;
        bob.sees_page("People").await;
        bob.sees("1 session").await;
        admin.clicks("Remove admin bob").await;
        admin.clicks("Remove admin").await;
        admin.sees("bob is no administrator any more.").await;
        bob.clicks("Sessions").await;
        bob.sees("What you may do has changed.").await;
        bob.enters(&bob.password).await;
        bob.sees_page("Sessions").await;

        admin.reloads().await;
        admin.clicks("End sessions bob").await;
        admin.clicks("End sessions").await;
        admin.sees("bob is signed out everywhere.").await;
        bob.clicks("Home").await;
        bob.sees("An administrator ended this session.").await;
    })
    .await;
}

//! Many tabs at once.

use e2e::{Person, Stage, journey};

/// As many as a browser brings back when it is started again.
const TABS: usize = 30;

/// I-02: whoever presented one token got the same successor.
async fn no_generation_has_two_tokens(person: &Person) {
    let generations = person.generations().await;
    let mut distinct = generations.clone();
    distinct.dedup();
    assert_eq!(generations, distinct);
}

/// I-01, I-02.
#[tokio::test]
async fn thirty_tabs_restored_at_once_keep_one_session() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        for _ in 1..TABS {
            alice.opens_a_tab().await;
            alice.opens("/home").await;
            alice.sees_what_the_api_knows().await;
        }
        let before = alice.generation().await;
        alice.counts_from_here().await;
        alice.reloads_all_at_once().await;
        for tab in alice.tabs().await {
            alice.turns_to(&tab).await;
            alice.is_restored().await;
            alice.is_home().await;
            alice.sees_what_the_api_knows().await;
            alice.never_saw_page("Sign in").await;
        }
        let calls = alice.calls().await;
        let refused = calls.iter().find(|call| !call.ends_with(" 200"));
        assert_eq!(refused, None, "{calls:?}");
        let refreshes = alice.refreshes().await;
        assert!(
            (1..=TABS).contains(&refreshes),
            "one a tab at most: {calls:?}"
        );
        assert!(!world.api().log().contains(r#""reason":"reused""#));
        let swaps = usize::try_from(alice.generation().await - before);
        let swaps = swaps.expect("BUG: it is small");
        assert!((1..=refreshes).contains(&swaps), "{swaps} for {calls:?}");
        no_generation_has_two_tokens(&alice).await;

        // The cookie that came last is one that the server goes on with.
        alice.clicks("Sessions").await;
        alice.sees("This browser").await;
        alice.does_not_see("End all other sessions").await;
        alice.reloads().await;
        alice.sees("This browser").await;
    })
    .await;
}

/// I-02, I-16. Whoever lost the answer asks again, and is no thief for it.
#[tokio::test]
async fn tabs_restored_while_an_answer_is_lost_keep_one_session() {
    const SOME: usize = 6;
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        for _ in 1..SOME {
            alice.opens_a_tab().await;
            alice.opens("/home").await;
            alice.sees_what_the_api_knows().await;
        }
        world.weather().loses_an_answer_to("POST /api/auth/refresh");
        alice.reloads_all_at_once().await;
        for tab in alice.tabs().await {
            alice.turns_to(&tab).await;
            alice.is_restored().await;
            alice.sees_what_the_api_knows().await;
            alice.never_saw_page("Sign in").await;
        }
        assert!(!world.api().log().contains(r#""reason":"reused""#));
        no_generation_has_two_tokens(&alice).await;
    })
    .await;
}

/// I-27. One tab hears that the session is over; all stop, without asking.
///
/// Seen in okta/okta-auth-js#717, the other way round: signing in reaches all of them too.
#[tokio::test]
async fn a_terminal_answer_signs_out_all_tabs_and_a_sign_in_brings_all_back() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let first = alice.this_tab().await;
        let others = [
            alice.opens_a_tab_at("/home").await,
            alice.opens_a_tab_at("/account").await,
        ];
        alice.turns_to(&first).await;
        alice.clicks("Token").await;
        alice.sees("Refresh now").await;
        alice.loses_their_cookies().await;
        alice.counts_from_here().await;
        alice.clicks("Refresh now").await;
        for tab in [&others[0], &others[1], &first] {
            alice.turns_to(tab).await;
            alice.sees("Sign in to go on").await;
        }
        assert_eq!(alice.calls().await, ["POST /api/auth/refresh 401"]);

        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        for tab in [&first, &others[1], &others[0]] {
            alice.turns_to(tab).await;
            alice.no_longer_sees("Sign in to go on").await;
            alice.clicks("Home").await;
            alice.sees_what_the_api_knows().await;
        }
        assert_eq!(alice.refreshes().await, 1, "nobody else asked for one");
    })
    .await;
}

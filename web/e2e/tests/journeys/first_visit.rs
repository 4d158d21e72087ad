//! Somebody comes for the first time.

use e2e::{Exchange, Stage, journey};

#[tokio::test]
async fn a_first_visit_makes_no_failing_request() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.sees("Create account").await;
        alice.clicks("Sign in").await;
        alice.sees_page("Sign in").await;

        let requests = alice.requests().await;
        let failed: Vec<_> = requests.iter().filter(|request| request.failed()).collect();
        assert!(failed.is_empty(), "{failed:?}");
        let calls: Vec<_> = requests.iter().filter_map(Exchange::line).collect();
        assert!(
            calls.is_empty(),
            "nobody is signed in, so nothing is asked: {calls:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_document_allows_nothing_but_itself() {
    journey(Stage::one_binary(), async |world| {
        let wire = world.api().wire();
        let policy = wire.header_of_the_document("content-security-policy").await;
        let policy = policy.expect("the document has a policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("'unsafe-inline'"), "{policy}");
        assert!(!policy.contains("'unsafe-eval'"), "{policy}");
    })
    .await;
}

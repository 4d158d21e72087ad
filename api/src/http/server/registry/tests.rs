use super::*;
use futures::FutureExt;

const ALICE: &str = "192.0.2.1";
const BOB: &str = "192.0.2.2";

fn registry(total: usize, per_address: usize, exempt: &str) -> Arc<Registry> {
    let limits = ConnectionLimits { total, per_address };
    let exempt = IpNet::parse_list(exempt).expect("they are networks");
    Arc::new(Registry::new(limits, exempt, Arc::default()))
}

fn admit(registry: &Arc<Registry>, peer: &str) -> Option<Registered> {
    registry.register(peer.parse().expect("it is an address"))
}

#[track_caller]
fn enters(registry: &Arc<Registry>, peer: &str) -> Registered {
    admit(registry, peer).expect("there is room")
}

fn is_told_to_end(registered: &Registered) -> bool {
    registered.connection.close_request() == CloseRequest::Finish
}

#[test]
fn over_its_own_limit_an_address_loses_its_oldest_idle_connection_and_nobody_elses() {
    let registry = registry(10, 2, "");
    let other = enters(&registry, BOB);
    let first = enters(&registry, ALICE);
    let second = enters(&registry, ALICE);
    first.connection.set_phase(Phase::Request);
    let third = enters(&registry, ALICE);
    assert!(is_told_to_end(&second), "it was idle");
    assert!(![&other, &first, &third].into_iter().any(is_told_to_end));
    third.connection.set_phase(Phase::Request);
    assert!(admit(&registry, ALICE).is_none(), "none of hers is idle");
    drop(first);
    assert!(admit(&registry, ALICE).is_some());
}

#[test]
fn over_the_limit_of_all_the_longest_idle_makes_room() {
    let registry = registry(3, 3, "");
    let [first, second, third] = [ALICE, BOB, ALICE].map(|peer| enters(&registry, peer));
    let late = tokio::time::Instant::now() + std::time::Duration::from_secs(9);
    first.connection.touch(late);
    third.connection.touch(late);
    let fourth = enters(&registry, BOB);
    assert!(is_told_to_end(&second));
    for busy in [&first, &third, &fourth] {
        busy.connection.set_phase(Phase::Response);
    }
    assert!(admit(&registry, "192.0.2.3").is_none());
}

#[test]
fn a_trusted_proxy_is_bound_by_the_limit_of_all_alone() {
    let registry = registry(5, 1, "10.0.0.0/8");
    let proxy: Vec<_> = (0..5).map(|_| enters(&registry, "10.0.0.1")).collect();
    assert!(!proxy.iter().any(is_told_to_end));
    let _sixth = enters(&registry, "10.0.0.1");
    assert_eq!(proxy.iter().filter(|one| is_told_to_end(one)).count(), 1);
}

#[test]
fn a_customer_of_ipv6_is_one_address() {
    let registry = registry(10, 1, "");
    let first = enters(&registry, "2001:db8::1");
    let _neighbour = enters(&registry, "2001:db8:0:1::1");
    assert!(!is_told_to_end(&first));
    let _hopped = enters(&registry, "2001:db8::ffff:1");
    assert!(is_told_to_end(&first));
}

#[test]
fn of_too_many_incomplete_requests_the_oldest_goes() {
    let registry = registry(10_000, 10_000, "");
    let crowd: Vec<_> = (0..=INCOMPLETE_MAX)
        .map(|_| enters(&registry, ALICE))
        .collect();
    for one in &crowd[..INCOMPLETE_MAX] {
        registry.is_incomplete(&one.connection);
    }
    registry.is_complete(&crowd[0].connection);
    let last = &crowd[INCOMPLETE_MAX].connection;
    registry.is_incomplete(last);
    assert!(
        crowd
            .iter()
            .all(|one| one.connection.close_request() == CloseRequest::None)
    );
    registry.is_incomplete(&crowd[0].connection);
    assert_eq!(crowd[1].connection.close_request(), CloseRequest::Abort);
    assert_eq!(crowd[2].connection.close_request(), CloseRequest::None);
}

#[test]
fn what_is_closed_is_forgotten() {
    let registry = registry(10, 10, "");
    let one = enters(&registry, ALICE);
    registry.is_incomplete(&one.connection);
    assert!(registry.all_closed().now_or_never().is_none());
    registry.close_all(CloseRequest::Finish);
    assert!(is_told_to_end(&one));
    drop(one);
    assert!(registry.all_closed().now_or_never().is_some());
    assert!(registry.open().by_address.is_empty());
    assert!(registry.incomplete().oldest_first.is_empty());
}

#[test]
fn where_the_system_has_no_room_an_idle_connection_goes() {
    let registry = registry(10, 10, "");
    let one = enters(&registry, ALICE);
    registry.make_room();
    assert!(is_told_to_end(&one));
}

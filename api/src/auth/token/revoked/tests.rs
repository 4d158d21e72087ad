use super::*;

const NOW: Millis = Millis::from_secs(1_800_000_000);
const TTL: Millis = Millis::from_secs(900);

/// The size of the table: hashbrown has one extra byte per bucket, and a power of two of buckets.
fn bytes(list: &DenyList) -> usize {
    let buckets = (list.entries().capacity() * 8 / 7).next_power_of_two();
    buckets * (size_of::<([u8; 16], Entry)>() + 1)
}

fn list(count: u128, now: Millis) -> DenyList {
    let list = DenyList::new(TTL);
    let ids = (0..count).map(|number| random::hex(&number.to_be_bytes()));
    list.add(ids, RevocationReason::SignedOut, now);
    list
}

/// The whole node may use 64 MiB.
#[test]
fn a_third_of_a_million_ended_sessions_take_sixteen_mebibytes_at_most() {
    let list = list(330_000, NOW);
    assert_eq!(list.len(), 330_000);
    let bytes = bytes(&list);
    assert!(bytes <= 16 << 20, "{bytes} bytes");
}

#[test]
fn memory_returns_when_the_tokens_are_over() {
    let list = list(100_000, NOW);
    list.evict_expired(NOW + TTL);
    assert_eq!(list.len(), 100_000, "a token may be younger than the end");
    list.add(
        vec![random::generate()],
        RevocationReason::ByUser,
        NOW + TTL,
    );
    list.evict_expired(NOW + TTL + OVERLAP + Millis::from_secs(1));
    assert_eq!(list.len(), 1);
    let bytes = bytes(&list);
    assert!(bytes < 1024, "{bytes} bytes");
}

#[test]
fn what_is_over_is_looked_for_once_a_minute() {
    let list = list(1, NOW);
    let over = NOW + TTL + OVERLAP + Millis::from_secs(1);
    list.evict_expired(over - Millis::from_secs(30));
    list.evict_expired(over);
    assert_eq!(list.len(), 1);
    list.evict_expired(over + Millis::from_secs(30));
    assert_eq!(list.len(), 0);
    // A clock that was set back must not keep entries for ever.
    list.add(vec![random::generate()], RevocationReason::ByUser, NOW);
    list.evict_expired(NOW);
    assert_eq!(list.len(), 1);
    list.evict_expired(over);
    assert_eq!(list.len(), 0);
}

#[test]
fn an_id_that_is_none_is_not_known() {
    let list = list(3, NOW);
    for id in ["", "0", &"G".repeat(32), &"0".repeat(33)] {
        list.add(vec![id.to_owned()], RevocationReason::ByUser, NOW);
        assert_eq!(list.revocation_of(id), None);
    }
    assert_eq!(list.len(), 3);
    let known = random::hex(&2_u128.to_be_bytes());
    assert_eq!(
        list.revocation_of(&known),
        Some(Some(RevocationReason::SignedOut))
    );
}

use super::*;
use crate::config::HashCost;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;
use std::time::Duration;

#[track_caller]
fn check(password: &str, broken: Option<Violation>) {
    assert_eq!(
        check_strength(&Password::new(password), "alice"),
        broken,
        "{password}"
    );
}

#[test]
fn what_everybody_chooses_is_refused() {
    check("passwordpassword", Some(Violation::TooWeak));
    check("123456789012", Some(Violation::TooWeak));
    check("qwertyuiop12", Some(Violation::Common));
}

#[test]
fn a_phrase_of_unrelated_words_is_good() {
    check("correct zebra battery plum", None);
    check("vq7-Tm2x-Lp9r-Wz4k", None);
}

/// The last ones have more substitutions than the limit and are scored with one sign per letter.
#[test]
fn common_words_are_refused_in_other_signs_too() {
    for password in [
        "p@ssw0rdp@ssw0rd",
        "P4$$w0rdP4$$w0rd",
        "qw3r7yu10p12",
        "!loveyou|loveyou",
        "b@$k3tb4ll!1|",
        "p@$$w0rdp@$$w0rd",
    ] {
        let broken = check_strength(&Password::new(password), "alice");
        assert!(broken.is_some(), "{password}");
    }
    assert!(count_substitutions("b@$k3tb4ll!1|5(") > MAX_SUBSTITUTIONS);
    assert!(count_substitutions("p@$$w0rdp@$$w0rd") <= MAX_SUBSTITUTIONS);
}

#[test]
fn what_is_judged_has_few_readings_and_keeps_its_digits() {
    let every_sign: String = LEET_SUBSTITUTIONS.concat();
    let judged = scored_prefix(&every_sign);
    // Two for "6" and "9", two for "1" and "7", which stand for two letters each.
    assert!(
        count_substitutions(&judged) <= 2 * MAX_SUBSTITUTIONS * 2,
        "{judged}"
    );
    assert_eq!(scored_prefix("123456789 (secret)"), "123456789 (secret)");
}

/// Alphabets that make zxcvbn enumerate, repeat, follow the keyboard or look for dates.
const HOSTILE: [&str; 9] = [
    "4@8({[<3691!|70$5+%2",
    "48(3610$7%2",
    "1|7!+",
    "ab",
    "a",
    "0123456789/.-",
    "qwertyuiop1234567890[]",
    "Pp@4sS5$wW0oRrDd",
    "\u{130}\u{df}\u{e9}\u{1f600}e\u{301}",
];

fn hostile() -> impl Strategy<Value = String> {
    let alphabet = select(&HOSTILE[..]);
    alphabet.prop_flat_map(|alphabet| {
        let chars: Vec<char> = alphabet.chars().collect();
        let drawn = vec(select(chars.clone()), 12..=128);
        let in_turn = (12..=128_usize).prop_map(move |n| {
            let chars = chars.iter().copied().cycle().take(n);
            chars.collect::<String>()
        });
        prop_oneof![drawn.prop_map(String::from_iter), in_turn,]
    })
}

/// The minimum CPU time, so that other processes do not count.
fn takes<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = || {
        let before = crate::auth::password::hash::cpu_time();
        std::hint::black_box(work());
        crate::auth::password::hash::cpu_time().saturating_sub(before)
    };
    std::iter::repeat_with(once)
        .take(3)
        .min()
        .unwrap_or_default()
}

/// A hash with the default parameters.
static HASH: LazyLock<Duration> = LazyLock::new(|| {
    let hasher = Hasher::new(HashCost {
        memory_kib: 19_456,
        iterations: 2,
        parallelism: 1,
        queue: 1,
    });
    takes(|| hasher.hash_blocking("correct zebra battery plum"))
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn no_password_takes_longer_to_judge_than_one_and_a_half_hashes(text in hostile()) {
        let password = Password::new(text);
        let judging = takes(|| check_strength(&password, "alice"));
        prop_assert!(judging <= *HASH * 3 / 2, "{judging:?}, a hash takes {:?}", *HASH);
    }
}

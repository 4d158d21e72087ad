//! Hashes of other implementations: Python's `crypt`, `hashlib.scrypt` and `hashlib.pbkdf2_hmac`.

use super::*;

const COST: HashCost = HashCost {
    memory_kib: 64,
    iterations: 1,
    parallelism: 1,
    queue: 1,
};

const MADE_ELSEWHERE: [&str; 13] = [
    "$2a$04$abcdefghijklmnopqrstuuRYz91t9bcA.D8kZMbui9bw6W7v3oU76",
    "$2b$04$abcdefghijklmnopqrstuuRYz91t9bcA.D8kZMbui9bw6W7v3oU76",
    "$2y$04$abcdefghijklmnopqrstuuRYz91t9bcA.D8kZMbui9bw6W7v3oU76",
    "$scrypt$ln=4,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$WANfCZJ3xnopjkx2+u/GlFJ+JD0V7+Y01ORoPEyI9CY",
    "$scrypt$ln=5,r=4,p=3$MDEyMzQ1Njc4OWFiY2RlZg$D6cqTfzN9If7XGY+Ko9jNJsMQQlENXmrEzuBryW5hAY",
    "$scrypt$ln=4,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$WANfCZJ3xnopjkx2+u/GlFJ+JD0V7+Y01ORoPEyI9CZzmwjpzrTO1QHZghD2LyycyoHp4cJXadv23gGU9pEUqw",
    "$pbkdf2-sha256$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$oUOo8dthut+GfXi3L0HXtqhrLfZsitUEvnG+mAApYUg",
    "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$oUOo8dthut+GfXi3L0HXtqhrLfZsitUEvnG+mAApYUg",
    "$pbkdf2-sha256$1000$.//..//..//..//..//..w$1HC5LWbOxbmmkTco0n0OFcljTE6d5bc.6WtAthir8dg",
    "$pbkdf2-sha512$i=1000,l=64$MDEyMzQ1Njc4OWFiY2RlZg$KVsebs/LA9jeS9vUlDlwuT9hu7UOyKEXZgnoy+iyisHiUlLH/tvPrFnOUdTpEE0LKjsfDh6WiE+6KrUu79t2KA",
    "$pbkdf2-sha512$1000$.//..//..//..//..//..w$3UWCfs8xZyz6xK4o25FYuDctWwcQbTMM4EwRhIlZ.Yf1tsenQKcQGla9d4BMSXIwyz6GQQ/Luz63lBS.13F9Ew",
    "pbkdf2_sha256$1000$Zkz1lx9wQ3nE$xrivbtLc4mdFCSXJzzxqyUQX33vl61MJma4eXNWj6Pc=",
    "$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$44xQGF4hmNExF9+i/ISWr+zvD6d863OIHjB9iVrxGPs",
];

fn error(text: &str) -> Option<UnsupportedHash> {
    ParsedHash::read(text, &COST).err()
}

#[test]
fn hashes_of_other_programs_match_their_password_alone() {
    let argon = Argon::new(COST);
    for text in MADE_ELSEWHERE {
        let stored = ParsedHash::read(text, &COST).expect(text);
        assert!(stored.matches(&argon, "correct zebra"), "{text}");
        assert!(stored.covers_whole_password("correct zebra"), "{text}");
        for other in ["", "correct zebr", "Correct zebra", "correct zebra\0"] {
            assert!(!stored.matches(&argon, other), "{other:?} {text}");
        }
    }
}

/// Only the first 72 bytes were verified; a rehash would cover all of them.
#[test]
fn bcrypt_judges_seventy_two_bytes_and_no_more() {
    let argon = Argon::new(COST);
    let text = "$2b$05$abcdefghijklmnopqrstuum5b7001msdSbBfQPUa.5.JBZ3wxD.GK";
    let stored = ParsedHash::read(text, &COST).expect("Python's crypt made it");
    for (count, all) in [(36, true), (40, false)] {
        let password = "ü".repeat(count);
        assert!(stored.matches(&argon, &password));
        assert_eq!(stored.covers_whole_password(&password), all);
    }
    assert!(!stored.matches(&argon, &"ü".repeat(35)));
}

#[test]
fn a_part_too_few_too_many_or_misspelt_is_unknown() {
    for text in MADE_ELSEWHERE {
        let (start, hash) = text.rsplit_once('$').expect("it has parts");
        for broken in [
            start.to_owned(),
            format!("{start}$"),
            format!("{start}$AAAA"),
            format!("{text}$"),
            format!("{text}$x"),
            format!("{text}*"),
            format!("{start}$ {hash}"),
            format!(" {text}"),
            text[1..].to_owned(),
        ] {
            assert_eq!(
                error(&broken),
                Some(UnsupportedHash::UnknownFormat),
                "{broken}"
            );
        }
    }
    for (sign, other) in [
        ("i=1", "i=01"),
        ("i=1", "i=+1"),
        ("l=32", "l=31"),
        ("ln=4", "ln=04"),
        ("r=8,p=1", "p=1,r=8"),
        ("$04$", "$4$"),
        ("$04$", "$03$"),
        ("$1000$.", "$1000$+"),
        ("v=19", "v=18"),
    ] {
        let some = MADE_ELSEWHERE.iter().filter(|text| text.contains(sign));
        let broken: Vec<_> = some.map(|text| text.replace(sign, other)).collect();
        assert!(!broken.is_empty(), "{sign}");
        for text in broken {
            assert_eq!(error(&text), Some(UnsupportedHash::UnknownFormat), "{text}");
        }
    }
    let long = format!("$2b$04${}", "a".repeat(MAX_LEN));
    for text in [
        "",
        "$",
        "$$",
        "x",
        "$1$ab$cd",
        "$2x$04$",
        "$6$rounds=5000$a$b",
        &long,
    ] {
        assert_eq!(error(text), Some(UnsupportedHash::UnknownFormat), "{text}");
    }
}

#[test]
fn what_is_costly_is_refused_unread_at_its_bound() {
    let bcrypt = |cost| format!("$2b${cost}$abcdefghijklmnopqrstuuRYz91t9bcA.D8kZMbui9bw6W7v3oU76");
    let of = |params: &str| {
        let hash = "oUOo8dthut+GfXi3L0HXtqhrLfZsitUEvnG+mAApYUg";
        format!("${params}$MDEyMzQ1Njc4OWFiY2RlZg${hash}")
    };
    for (good, costly) in [
        (bcrypt(15), bcrypt(16)),
        (bcrypt(10), bcrypt(31)),
        (of("scrypt$ln=17,r=8,p=4"), of("scrypt$ln=17,r=8,p=5")),
        (of("scrypt$ln=14,r=8,p=5"), of("scrypt$ln=18,r=8,p=1")),
        (of("scrypt$ln=1,r=8,p=1"), of("scrypt$ln=255,r=8,p=1")),
        (
            of("scrypt$ln=1,r=1,p=1"),
            of("scrypt$ln=1,r=4294967295,p=4294967295"),
        ),
        (of("pbkdf2-sha256$i=3000000"), of("pbkdf2-sha256$i=3000001")),
        (of("pbkdf2-sha512$i=1"), of("pbkdf2-sha512$i=4294967295")),
        (
            of("argon2id$v=19$m=1048576,t=4,p=16"),
            of("argon2id$v=19$m=1048576,t=5,p=16"),
        ),
        (
            of("argon2i$v=19$m=1048576,t=1,p=1"),
            of("argon2i$v=19$m=1048577,t=1,p=1"),
        ),
        (
            of("argon2d$m=8192,t=3,p=1"),
            of("argon2id$v=19$m=8192,t=3,p=17"),
        ),
    ] {
        assert_eq!(error(&good), None, "{good}");
        assert_eq!(
            error(&costly),
            Some(UnsupportedHash::TooExpensive),
            "{costly}"
        );
    }
    let ours = HashCost {
        memory_kib: 4_194_304,
        iterations: 100,
        ..COST
    };
    let dear = of("argon2id$v=19$m=4194304,t=100,p=1");
    assert!(
        ParsedHash::read(&dear, &ours).is_ok(),
        "ours is never too much"
    );
}

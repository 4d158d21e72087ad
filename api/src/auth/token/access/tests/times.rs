//! From when and for how long a token is valid.

use super::*;

/// I-22: the clocks of two nodes may differ by five seconds, and no more.
#[test]
fn a_token_of_the_future_is_refused_beyond_five_seconds() {
    let access = access();
    let at = |iat: u64, nbf: Option<u64>| {
        let claims = AccessClaims {
            iat,
            nbf,
            exp: iat + 900,
            auth_time: NOW.as_secs(),
            ..claims()
        };
        sign(&access, &claims)
    };
    let now = NOW.as_secs();
    for (iat, nbf, is_good) in [
        (now + 5, None, true),
        (now + 6, None, false),
        (now + 3_600, None, false),
        (now, Some(now + 5), true),
        (now, Some(now + 6), false),
        (now, Some(0), true),
        (now + 6, Some(0), false),
        (now, Some(u64::MAX), false),
    ] {
        let token = at(iat, nbf);
        let verified = access.verify(&token, NOW);
        assert_eq!(verified.is_ok(), is_good, "{iat} {nbf:?}");
        assert_eq!(access.verify_ignoring_expiry(&token, NOW).is_ok(), is_good);
    }
    // The cache is no exception when the clock is set back.
    let token = at(now, None);
    assert!(access.verify(&token, NOW).is_ok());
    let earlier = NOW - Millis::from_secs(6);
    assert_eq!(access.verify(&token, earlier), Err(AccessError::Invalid));
}

#[test]
fn no_token_lives_longer_than_the_configuration_allows() {
    let access = AccessTokens {
        ttl: Millis::from_secs(60),
        ..access()
    };
    for (life, is_good) in [(60, true), (65, true), (66, false), (900, false)] {
        let claims = AccessClaims {
            exp: NOW.as_secs() + life,
            ..claims()
        };
        let token = sign(&access, &claims);
        assert_eq!(access.verify(&token, NOW).is_ok(), is_good, "{life}");
    }
}

/// The same check for both: no token is issued that would be rejected.
#[test]
fn what_is_issued_verifies_and_what_would_not_is_not_issued() {
    let access = access();
    let now = NOW.as_secs();
    let times = [
        0,
        now - 901,
        now - 1,
        now,
        now + 5,
        now + 6,
        now + 900,
        now + 3_601,
    ];
    let mut issued = 0;
    for iat in times {
        for exp in times {
            for auth_time in times {
                let claims = AccessClaims {
                    iat,
                    exp,
                    auth_time,
                    ..claims()
                };
                let verified = access.verify(&sign(&access, &claims), NOW);
                let token = access.issue(&claims, NOW);
                assert_eq!(token.is_some(), verified.is_ok(), "{claims:?}");
                issued += usize::from(token.is_some());
            }
        }
    }
    assert!(issued > 20, "{issued}");
}

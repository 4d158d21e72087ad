//! The lifecycle of a key directory, and the operator's changes to it.

use super::rotation::{KeyStatus, Rotated, RotationError, list, remove, rotate};
use super::*;
use crate::config::Secret;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use tempfile::TempDir;

const NOW: Millis = Millis::from_secs(1_800_000_000);
const HOUR: Millis = Millis::from_secs(3_600);
/// How long a key verifies after its successor has started to sign.
const TAIL: Millis = Millis::from_secs(16 * 60);

fn key_dir() -> (TempDir, KeySource) {
    let folder = TempDir::new().expect("a folder can be made");
    let source = KeySource {
        signing: Signing::KeySet,
        key_dir: Some(folder.path().join("keys")),
    };
    (folder, source)
}

fn secret(digits: &str) -> Secret {
    Secret::parse("JWT_SECRET", Some(digits.repeat(4))).expect("it is good")
}

fn file(source: &KeySource, id: &str) -> PathBuf {
    let folder = source.key_dir.as_ref().expect("there is a folder");
    folder.join(format!("{id}.json"))
}

fn add(source: &KeySource, now: Millis) -> String {
    match rotate(source, HOUR, now).expect("it rotates") {
        Rotated::Pair { id, .. } | Rotated::Secret { id, .. } => id,
    }
}

#[track_caller]
fn states(source: &KeySource, now: Millis) -> Vec<(String, KeyStatus)> {
    let keys = list(source, now).expect("they are good");
    keys.into_iter().map(|key| (key.id, key.status)).collect()
}

fn signing(source: &KeySource, now: Millis) -> Option<String> {
    let keys = Keys::open(source.clone(), now).ok()?;
    let ring = keys.key_set();
    ring.signing(now).map(|key| key.id.clone())
}

#[test]
fn a_planned_rotation_publishes_then_signs_then_ends_the_one_before() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    assert_eq!(states(&source, NOW), [(first.clone(), KeyStatus::Active)]);
    let second = add(&source, NOW);
    let turn = NOW + HOUR;
    let planned = [
        (first.clone(), KeyStatus::Active),
        (second.clone(), KeyStatus::Pending(turn)),
    ];
    assert_eq!(states(&source, turn - Millis(1)), planned);
    let end = turn + TAIL;
    let taken_over = [
        (first.clone(), KeyStatus::VerifyOnly(Some(end))),
        (second.clone(), KeyStatus::Active),
    ];
    assert_eq!(states(&source, turn), taken_over);
    let over = [
        (first.clone(), KeyStatus::Expired),
        (second.clone(), KeyStatus::Active),
    ];
    assert_eq!(states(&source, end), over);
    add(&source, end);
    assert!(!file(&source, &first).exists(), "what is over is deleted");
    assert!(file(&source, &second).exists());
}

#[test]
fn rotations_that_overlap_end_each_key_after_its_own_successor() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    let second = add(&source, NOW);
    let third = add(&source, NOW + Millis::from_secs(60));
    let minute = Millis::from_secs(60);
    let expected = [
        (first, KeyStatus::VerifyOnly(Some(NOW + HOUR + TAIL))),
        (
            second,
            KeyStatus::VerifyOnly(Some(NOW + HOUR + minute + TAIL)),
        ),
        (third, KeyStatus::Active),
    ];
    assert_eq!(states(&source, NOW + HOUR + minute), expected);
}

#[test]
fn a_key_that_ended_never_comes_back_when_its_successor_is_taken_away_by_hand() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    let second = add(&source, NOW);
    let later = NOW + HOUR + TAIL;
    fs::remove_file(file(&source, &second)).expect("it is there");
    assert_eq!(states(&source, later), [(first, KeyStatus::Expired)]);
    assert_eq!(signing(&source, later), None);
    let refused = Keys::open(source, later).err().expect("nobody signs");
    assert!(refused.to_string().contains("api key rotate"), "{refused}");
}

#[test]
fn a_rotation_that_was_cut_short_ends_the_key_before_it_all_the_same() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    let unaware = fs::read(file(&source, &first)).expect("it is there");
    let second = add(&source, NOW);
    // Simulates a process that stopped before it wrote the end of the first key.
    fs::write(file(&source, &first), unaware).expect("it can be written");
    let expected = [
        (first, KeyStatus::VerifyOnly(Some(NOW + HOUR + TAIL))),
        (second, KeyStatus::Active),
    ];
    assert_eq!(states(&source, NOW + HOUR), expected);
}

#[test]
fn the_signing_key_goes_at_once_and_a_new_one_is_there_before() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    let made = remove(&source, &first, NOW).expect("it is there");
    let made = made.expect("somebody must sign");
    assert_eq!(states(&source, NOW), [(made, KeyStatus::Active)]);
    assert!(matches!(
        remove(&source, &first, NOW),
        Err(RotationError::Unknown)
    ));
}

#[test]
fn a_key_that_was_to_follow_is_replaced_and_its_turn_stays() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    let second = add(&source, NOW);
    let made = remove(&source, &second, NOW).expect("it is there");
    let made = made.expect("the first one ends");
    let expected = [
        (first.clone(), KeyStatus::Active),
        (made, KeyStatus::Pending(NOW + HOUR)),
    ];
    assert_eq!(states(&source, NOW), expected);
    // The old key alone may be removed without a replacement once it does not sign.
    let turn = NOW + HOUR;
    assert_eq!(remove(&source, &first, turn).expect("it is there"), None);
}

#[test]
fn a_secret_verifies_beside_the_one_that_took_its_place() {
    let (_folder, mut source) = key_dir();
    source.signing = Signing::Secret(secret("0123456789abcdef"));
    let old = add(&source, NOW);
    assert_eq!(states(&source, NOW), [(old.clone(), KeyStatus::Active)]);
    let refused = remove(&source, &old, NOW).expect_err("it signs");
    assert!(matches!(refused, RotationError::Secret), "{refused}");

    source.signing = Signing::Secret(secret("fedcba9876543210"));
    let until = NOW + HOUR + TAIL;
    let [(_, KeyStatus::Active), retired] = &states(&source, NOW)[..] else {
        panic!("the new one signs");
    };
    assert_eq!(*retired, (old.clone(), KeyStatus::VerifyOnly(Some(until))));
    assert_eq!(remove(&source, &old, NOW).expect("it is there"), None);
    assert_eq!(states(&source, NOW).len(), 1);
}

#[test]
fn what_cannot_be_trusted_stops_the_start() {
    let (_folder, source) = key_dir();
    let id = add(&source, NOW);
    let good = fs::read_to_string(file(&source, &id)).expect("it is there");
    let other = "0".repeat(16);
    let chmod = |path: &PathBuf, mode| {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
    };
    let refused = |why: &str| {
        let error = Keys::open(source.clone(), NOW)
            .err()
            .expect(why)
            .to_string();
        assert!(error.starts_with("JWT_KEYS "), "{error}");
        assert!(error.contains(why), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    };
    let key = file(&source, &id);
    for mode in [0o604, 0o620, 0o602] {
        chmod(&key, mode);
        refused("chmod 600");
    }
    chmod(&key, 0o640);
    assert!(
        Keys::open(source.clone(), NOW).is_ok(),
        "the group may read"
    );
    chmod(&key, 0o600);
    let folder = source.key_dir.clone().expect("there is a folder");
    for mode in [0o720, 0o702] {
        chmod(&folder, mode);
        refused("others can write");
    }
    chmod(&folder, 0o700);

    let strange = good.replace(&id, &other);
    let halves = add(&source, NOW);
    let another = fs::read_to_string(file(&source, &halves)).expect("it is there");
    fs::remove_file(file(&source, &halves)).expect("it is there");
    let x = |text: &str| {
        let jwk: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        jwk["x"].as_str().expect("it is public").to_owned()
    };
    let mixed = good.replace(&x(&good), &x(&another));
    let member = good.replacen('{', r#"{"note":1,"#, 1);
    let twice = good.replacen('{', r#"{"kty":"OKP","#, 1);
    let weak = format!(r#"{{"kty":"oct","alg":"HS256","kid":"{id}","k":"YWJj"}}"#);
    let rsa = good.replace("OKP", "RSA");
    for (text, why) in [
        (strange.as_str(), "kid of another"),
        (&mixed, "do not belong together"),
        (&member, "JSON Web Key"),
        (&twice, "JSON Web Key"),
        (&weak, "too weak"),
        (&rsa, "neither"),
        ("", "JSON Web Key"),
    ] {
        fs::write(&key, text).expect("it can be written");
        refused(why);
    }
    fs::write(&key, &good).expect("it can be written");
    fs::rename(&key, file(&source, &other)).expect("it can be renamed");
    refused("named unlike its key");
    fs::remove_dir_all(&folder).expect("it is ours");
    refused("cannot be read");
}

#[test]
fn a_single_file_is_a_ring_of_one() {
    let (_folder, mut source) = key_dir();
    let id = add(&source, NOW);
    source.key_dir = Some(file(&source, &id));
    assert_eq!(signing(&source, NOW), Some(id));
    let refused = rotate(&source, HOUR, NOW).expect_err("there is no room");
    assert!(refused.to_string().contains("is one file"), "{refused}");
}

#[test]
fn a_key_is_written_for_its_owner_alone_and_leaves_nothing_half_done() {
    let (_folder, source) = key_dir();
    let id = add(&source, NOW);
    let mode = |path: &PathBuf| {
        let metadata = fs::metadata(path).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(&file(&source, &id)), 0o600);
    let folder = source.key_dir.clone().expect("there is a folder");
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(fs::read_dir(&folder).expect("it is ours").count(), 1);
}

#[test]
fn a_running_ring_follows_what_it_can_read_and_keeps_what_it_cannot() {
    let (_folder, source) = key_dir();
    let first = add(&source, NOW);
    let keys = Keys::open(source.clone(), NOW).expect("it is good");
    let knows = |id: &str| keys.key_set().find(id, NOW).is_some();
    let second = add(&source, NOW);
    assert!(!knows(&second), "it has not looked yet");
    keys.reload();
    assert!(knows(&first) && knows(&second));

    let text = fs::read(file(&source, &second)).expect("it is there");
    fs::write(file(&source, &second), "half a ke").expect("it can be written");
    fs::write(file(&source, "strange"), "{}").expect("it can be written");
    keys.reload();
    assert!(
        knows(&first) && knows(&second),
        "nobody is signed out by it"
    );
    fs::remove_file(file(&source, &first)).expect("it is there");
    keys.reload();
    assert!(!knows(&first), "what is taken away is gone in any case");
    assert!(knows(&second));

    fs::write(file(&source, &second), text).expect("it can be written");
    let folder = source.key_dir.clone().expect("there is a folder");
    let aside = folder.with_extension("aside");
    fs::rename(&folder, &aside).expect("it is ours");
    keys.reload();
    assert!(knows(&second), "a folder that is away changes nothing");
}

use super::*;
use serde_json::Value;

fn written() -> Value {
    let dist = tempfile::tempdir().expect("BUG: there is a temporary folder");
    write(dist.path()).expect("BUG: cargo knows what it builds");
    let text = fs::read_to_string(dist.path().join(FILE)).expect("BUG: it is text");
    serde_json::from_str(&text).expect("BUG: it is JSON")
}

fn find<'a>(document: &'a Value, name: &str) -> &'a Value {
    let components = document["components"].as_array().expect("BUG: a list");
    let found = components.iter().find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not in it"))
}

#[test]
fn it_names_what_is_shipped_and_nothing_else() {
    let document = written();
    assert_eq!(document["bomFormat"], "CycloneDX");
    assert_eq!(document["specVersion"], "1.5");
    let inside = |name: &str| {
        let properties = find(&document, name)["properties"].as_array();
        let properties = properties.expect("BUG: a list").iter();
        let values = properties.map(|one| one["value"].as_str().unwrap_or_default());
        values.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(inside("poem"), "api");
    assert_eq!(inside("yew"), "web");
    assert_eq!(inside("serde"), "api web");
    let components = document["components"].as_array().expect("BUG: a list");
    for test_only in ["proptest", "insta", "xtask", "thirtyfour"] {
        assert!(components.iter().all(|one| one["name"] != test_only));
    }
}

#[test]
fn every_crate_from_elsewhere_has_a_checksum_and_a_licence() {
    let document = written();
    let ours = ["api", "web", "shared", "protocol", "client", "heap-trim"];
    for one in document["components"].as_array().expect("BUG: a list") {
        let name = one["name"].as_str().expect("BUG: a string");
        let hash = one["hashes"][0]["content"].as_str().unwrap_or_default();
        assert_eq!(
            hash.len(),
            if ours.contains(&name) { 0 } else { 64 },
            "{name}"
        );
        let license = one["licenses"][0]["expression"].as_str();
        assert!(
            license.is_some_and(|it| !it.contains('/')),
            "{name}: {license:?}"
        );
    }
}

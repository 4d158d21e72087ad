use super::{Court, with};
use serde_json::{Value, json};

#[tokio::test]
async fn claims_of_any_other_kind_are_none_of_ours_though_the_right_hand_signed_them() {
    for court in Court::both().await {
        let good = court.claims();
        let header = court.mint.header();
        court.believes(&header, &good.to_string()).await;
        for claims in strange(&good) {
            let token = court.mint.token(&header.to_string(), &claims);
            court.refuses(&token, &claims).await;
        }
    }
}

/// CVE-2026-25537: a claim of a wrong type is not an absent one, and neither is let pass.
fn strange(good: &Value) -> Vec<String> {
    let changes = [times(good), texts(good)].concat();
    let each = changes.into_iter();
    let mut all: Vec<_> = each
        .map(|(name, value)| with(good.clone(), name, value).to_string())
        .collect();
    for (name, value) in good.as_object().unwrap() {
        let mut without = good.clone();
        without.as_object_mut().unwrap().remove(name);
        all.push(without.to_string());
        let wrong = [
            Value::Null,
            json!({}),
            json!([[]]),
            json!(true),
            json!([value]),
        ];
        all.extend(wrong.map(|wrong| with(good.clone(), name, wrong).to_string()));
        // Twice, though both agree.
        let double = format!("{{{}:{value},", json!(name));
        all.push(good.to_string().replacen('{', &double, 1));
    }
    all.extend(numbers(good));
    all.extend(malformed(good, &good.to_string()));
    all
}

/// A claim, and what it says instead.
type Change = (&'static str, Value);

fn times(good: &Value) -> Vec<Change> {
    let (iat, exp) = (good["iat"].as_u64().unwrap(), good["exp"].as_u64().unwrap());
    let mut changes = vec![
        ("exp", json!(iat - 1)),
        ("iat", json!(iat - 1)),
        ("auth_time", json!(iat + 7_200)),
        ("iat", json!(iat + 6)),
        ("nbf", json!(iat + 6)),
        ("nbf", json!(u64::MAX)),
        ("nbf", json!(iat.to_string())),
        ("nbf", Value::Null),
        ("cutoff", json!("1")),
        ("cutoff", json!(-1)),
        ("cutoff", json!(0.5)),
        ("cutoff", Value::Null),
    ];
    let far = [exp + 1, exp + 3_600, 253_402_300_800, 1 << 53, u64::MAX - 1];
    changes.extend(far.map(|exp| ("exp", json!(exp))));
    for name in ["iat", "exp", "auth_time"] {
        let wrong = [
            json!(exp.to_string()),
            json!(-1),
            json!(-9.5),
            json!(1e300),
            json!(u64::MAX),
        ];
        changes.extend(wrong.map(|wrong| (name, wrong)));
    }
    changes
}

fn texts(good: &Value) -> Vec<Change> {
    let mut changes = vec![
        ("aud", json!(["countersign-api", "another"])),
        ("roles", json!("admin")),
        ("roles", json!(["root"])),
        ("roles", json!({"admin": true})),
    ];
    for name in ["iss", "aud", "sub", "sid", "jti"] {
        let own = good[name].as_str().unwrap();
        let wrong = [
            json!(""),
            json!("https://evil.example.org"),
            json!(format!("{own}/")),
            json!(format!("{own} ")),
            json!(own[1..]),
            json!(1),
        ];
        changes.extend(wrong.map(|wrong| (name, wrong)));
    }
    changes
}

/// The end of the token, written as numbers that no integer is, and twice with another value.
fn numbers(good: &Value) -> Vec<String> {
    let (text, exp) = (good.to_string(), good["exp"].as_u64().unwrap());
    let own = format!("\"exp\":{exp}");
    assert!(text.contains(&own), "the claims are written otherwise");
    let others = [
        format!("{exp}.0"),
        format!("{exp}.5"),
        "1e12".to_owned(),
        format!("{exp}0000000000000000"),
        format!("0{exp}"),
        "NaN".to_owned(),
        format!("{exp},\"exp\":9999999999"),
        format!("9999999999,\"exp\":{exp}"),
    ];
    others
        .map(|other| text.replace(&own, &format!("\"exp\":{other}")))
        .to_vec()
}

fn malformed(good: &Value, text: &str) -> [String; 9] {
    // In the order in which the claims are declared: serde would read it.
    let order = [
        "iss",
        "aud",
        "sub",
        "sid",
        "jti",
        "iat",
        "exp",
        "auth_time",
        "roles",
    ];
    let list: Vec<_> = order.iter().map(|name| &good[*name]).collect();
    [
        json!(list).to_string(),
        json!(text).to_string(),
        format!("{text}{text}"),
        format!("{text}]"),
        format!("\n{text}"),
        "null".to_owned(),
        "{}".to_owned(),
        String::new(),
        format!("{{\"a\":{}{}}}", "[".repeat(1000), "]".repeat(1000)),
    ]
}

use super::{Court, with};
use crate::mint::{Hand, sign};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// CVE-2015-9235 and CVE-2022-29165: `none` in all spellings, signed, unsigned or stripped.
#[tokio::test]
async fn none_is_no_algorithm_in_any_spelling() {
    for court in Court::both().await {
        let claims = court.claims().to_string();
        for spelling in 0..16_u8 {
            let letters = "none".chars().enumerate();
            let name: String = letters
                .map(|(at, letter)| match spelling >> at & 1 {
                    0 => letter,
                    _ => letter.to_ascii_uppercase(),
                })
                .collect();
            let header = with(court.mint.header(), "alg", json!(name)).to_string();
            let signed = court.mint.token(&header, &claims);
            let (message, _) = signed.rsplit_once('.').unwrap();
            for token in [&signed, message, &format!("{message}.")] {
                court.refuses(token, &name).await;
            }
        }
    }
}

#[tokio::test]
async fn any_other_header_is_none_of_ours_though_the_right_hand_signed_it() {
    for court in Court::both().await {
        let claims = court.claims().to_string();
        let ours = court.mint.header();
        court.believes(&ours, &claims).await;
        for header in strange(&ours) {
            let token = court.mint.token(&header, &claims);
            court.refuses(&token, &header).await;
        }
    }
}

/// A member of a header, and what it says instead.
type Change = (&'static str, Value);

/// Header after header with one thing that ours have not.
fn strange(ours: &Value) -> Vec<String> {
    let (alg, kid) = (ours["alg"].as_str().unwrap(), ours["kid"].as_str().unwrap());
    let changes = [algorithms(alg), types(), kids(kid), foreign(kid)].concat();
    let each = changes.into_iter();
    let mut headers: Vec<_> = each
        .map(|(key, value)| with(ours.clone(), key, value).to_string())
        .collect();
    headers.extend(malformed(ours, alg, kid));
    headers
}

fn algorithms(alg: &str) -> Vec<Change> {
    let known = "HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 ES256K \
                 EdDSA Ed25519 Ed448 dir A128KW";
    let others = known.split(' ').filter(|name| *name != alg);
    let blank = [
        alg.to_lowercase(),
        format!(" {alg}"),
        format!("{alg}\0"),
        String::new(),
    ];
    let names = others.map(str::to_owned).chain(blank);
    let mut changes: Vec<Change> = names.map(|name| ("alg", json!(name))).collect();
    let kinds = [json!([alg]), json!({"name": alg}), Value::Null, json!(1)];
    for key in ["alg", "typ", "kid"] {
        changes.extend(kinds.iter().map(|value| (key, value.clone())));
    }
    changes
}

fn types() -> Vec<Change> {
    let types = [
        "JWT",
        "jwt",
        "application/at+jwt",
        "AT+JWT",
        "at+jwt ",
        "rt+jwt",
        "logout+jwt",
        "",
    ];
    types.map(|name| ("typ", json!(name))).to_vec()
}

/// Paths, statements, commands, and what nearly is our key's name.
fn kids(kid: &str) -> Vec<Change> {
    let kids = [
        "../../../../../../../../etc/passwd".to_owned(),
        "/dev/null".to_owned(),
        "' OR '1'='1".to_owned(),
        "x' UNION SELECT 'secret'; --".to_owned(),
        "| id".to_owned(),
        String::new(),
        "0".repeat(16),
        format!("{kid}0"),
        format!("{kid}.json"),
        format!("{kid} "),
        format!("{kid}\0"),
        kid[1..].to_owned(),
        kid.repeat(100),
    ];
    kids.map(|name| ("kid", json!(name))).to_vec()
}

/// Keys, addresses of keys, extensions, and members that change what the others mean.
fn foreign(kid: &str) -> Vec<Change> {
    let jwk = json!({"kty": "oct", "k": "AAAA", "kid": kid});
    vec![
        ("jwk", jwk.clone()),
        ("jku", json!("https://evil.example.org/jwks.json")),
        ("x5u", json!("https://evil.example.org/cert.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("crit", Value::Null),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
        ("enc", json!("A128GCM")),
        ("epk", jwk),
        ("exp", json!(9_999_999_999_u64)),
        ("ALG", json!("none")),
    ]
}

/// Missing, doubled, and not even an object.
fn malformed(ours: &Value, alg: &str, kid: &str) -> Vec<String> {
    let text = ours.to_string();
    let without = |key: &str| {
        let mut header = ours.clone();
        header.as_object_mut().unwrap().remove(key);
        header.to_string()
    };
    let mut headers: Vec<_> = ["alg", "typ", "kid"].into_iter().map(without).collect();
    for double in [
        r#""alg":"none""#.to_owned(),
        format!(r#""alg":"{alg}""#),
        format!(r#""kid":"{kid}""#),
        r#""typ":"at+jwt""#.to_owned(),
    ] {
        headers.push(text.replacen('{', &format!("{{{double},"), 1));
    }
    headers.extend([
        json!([alg, kid, "at+jwt"]).to_string(),
        json!([alg, "at+jwt", kid]).to_string(),
        json!(text).to_string(),
        format!(" {text}"),
        format!("{text}{text}"),
        format!("{text}x"),
        "null".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        String::new(),
        format!("{}{}", "[".repeat(1000), "]".repeat(1000)),
        "{\"a\":".repeat(400),
    ]);
    headers
}

/// CVE-2026-22817, CVE-2026-48526, CVE-2026-34950: the public key is no secret, in whatever form.
#[tokio::test]
async fn the_public_key_is_no_secret_in_any_form() {
    let [by_secret, by_pair] = Court::both().await;
    let public = by_pair.mint.hand.public().unwrap();
    let jwks = by_pair
        .mint
        .world
        .browser()
        .gets("/.well-known/jwks.json")
        .await
        .text;
    let claims = by_pair.claims().to_string();
    for form in forms(&public, &jwks) {
        for alg in ["HS256", "HS384", "HS512", "EdDSA"] {
            let header = with(by_pair.mint.header(), "alg", json!(alg)).to_string();
            let token = sign(&Hand::Secret(form.clone()), &header, &claims);
            by_pair.refuses(&token, alg).await;
        }
    }
    // And the other way round: a pair of the attacker's, under the name of our secret.
    let claims = by_secret.claims().to_string();
    let header = with(by_secret.mint.header(), "alg", json!("EdDSA")).to_string();
    let token = sign(&Hand::stranger(), &header, &claims);
    by_secret.refuses(&token, "another's pair").await;
}

fn forms(public: &[u8], jwks: &str) -> Vec<Vec<u8>> {
    // SubjectPublicKeyInfo of Ed25519 (RFC 8410, section 10.1).
    let mut der = vec![
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ];
    der.extend(public);
    let lines = STANDARD.encode(&der);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----");
    let set: Value = serde_json::from_str(jwks).unwrap();
    let hex = api::auth::random::hex(public);
    let texts = [
        format!("{pem}\n"),
        pem.replace('\n', "\r\n"),
        pem.clone(),
        STANDARD.encode(public),
        URL_SAFE_NO_PAD.encode(public),
        URL_SAFE_NO_PAD.encode(&der),
        STANDARD.encode(&pem),
        hex.to_uppercase(),
        hex,
        lines,
        set["keys"][0].to_string(),
        set.to_string(),
        jwks.to_owned(),
        String::new(),
    ];
    let mut forms: Vec<_> = texts.into_iter().map(String::into_bytes).collect();
    forms.extend([public.to_vec(), der]);
    forms
}

/// CVE-2018-0114: a key in the token's own header is no key, nor is one that is not in the ring.
#[tokio::test]
async fn a_key_that_the_token_brings_is_not_used() {
    for court in Court::both().await {
        let claims = court.claims().to_string();
        let stranger = Hand::stranger();
        let x = URL_SAFE_NO_PAD.encode(stranger.public().unwrap());
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": court.mint.kid});
        let mut header = with(court.mint.header(), "alg", json!("EdDSA"));
        court
            .refuses(&sign(&stranger, &header.to_string(), &claims), "unknown")
            .await;
        header["jwk"] = jwk;
        court
            .refuses(&sign(&stranger, &header.to_string(), &claims), "jwk")
            .await;
    }
}

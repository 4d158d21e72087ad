//! Who may name whom inside a crate, and what only one file may know.

use super::tree::{SourceFile, Tree, has_word};

/// Code below the first may not name the second, except below the third.
const FORBIDDEN: [(&str, &str, &str); 9] = [
    ("api/src/", "poem", "api/src/http"),
    ("api/src/", "poem_openapi", "api/src/http"),
    ("api/src/db", "auth", ""),
    ("api/src/db", "http", ""),
    ("api/src/auth", "http", ""),
    ("api/src/config", "auth", ""),
    ("web/src/page", "reqwasm", ""),
    ("web/src/page", "access_token", ""),
    ("web/src/component", "access_token", ""),
];

/// What stands in one file below the folder and in no other.
const ONLY_ONE_FILE: [(&str, &str, &[&str]); 5] = [
    ("api/src/", "builds a cookie", &["samesite"]),
    (
        "api/src/",
        "sends Set-Cookie",
        &[
            "set_cookie",
            "header(\"set-cookie\"",
            "append(\"set-cookie\"",
        ],
    ),
    (
        "api/src/",
        "asks for the time",
        &["systemtime::now", "utc::now", "utcdatetime::now", "now_utc"],
    ),
    (
        "web/src/",
        "asks for the time",
        &["date::now(", "date::new_0("],
    ),
    (
        "web/src/",
        "knows fetch",
        &["reqwasm", "gloo_net", "fetch_with"],
    ),
];

/// Dependencies inside a crate go one way, and what must be changeable in an hour is in one place.
pub fn check(tree: &Tree) -> Vec<String> {
    let named = FORBIDDEN
        .iter()
        .flat_map(|(folder, name, except)| names_of(tree, folder, name, except));
    let spread = ONLY_ONE_FILE
        .iter()
        .filter_map(|(folder, what, signs)| spread(tree, folder, what, signs));
    named.chain(spread).collect()
}

fn names_of(tree: &Tree, folder: &str, name: &str, except: &str) -> Vec<String> {
    let is_excepted = |path: &str| !except.is_empty() && path.starts_with(except);
    let files = tree.rust(folder).filter(|file| !is_excepted(&file.path));
    files
        .flat_map(|file| {
            let lines = file.code().filter(|(_, line)| is_named(line, name));
            lines.map(|(number, _)| format!("{}:{number} names {name}", file.path))
        })
        .collect()
}

/// As a path or in a list of imports; a local variable of that name is none of our business.
fn is_named(line: &str, name: &str) -> bool {
    has_word(line, name)
        && (line.contains(&format!("{name}::"))
            || line.contains(&format!("::{name}"))
            || line.trim_start().starts_with("use ")
            || name == "access_token")
}

fn spread(tree: &Tree, folder: &str, what: &str, signs: &[&str]) -> Option<String> {
    let does = |file: &&SourceFile| {
        file.code().any(|(_, line)| {
            let line = line.to_lowercase();
            signs.iter().any(|sign| line.contains(sign))
        })
    };
    let files: Vec<_> = tree.rust(folder).filter(does).collect();
    if files.len() < 2 {
        return None;
    }
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    Some(format!("{}: more than one file {what}", paths.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn a_layer_that_names_one_above_is_a_breach() {
        for (path, text) in [
            ("api/src/auth/flow/login.rs", "use poem::Request;"),
            ("api/src/auth.rs", "fn f(r: poem_openapi::ApiResponse) {}"),
            ("api/src/db/user.rs", "use crate::auth::Password;"),
            ("api/src/db.rs", "use crate::{\n    auth::Password,\n};"),
            ("web/src/page/home.rs", "let t = answer.access_token;"),
        ] {
            assert_eq!(check(&tree(&[(path, text)])).len(), 1, "{path}");
        }
    }

    #[test]
    fn the_ways_down_comments_and_tests_are_free() {
        let good = tree(&[
            (
                "api/src/http/route.rs",
                "use poem::Route;\nuse crate::auth::login;",
            ),
            (
                "api/src/auth/flow/login.rs",
                "//! Never names poem::Request.\nuse crate::db::User;",
            ),
            (
                "api/src/db/user.rs",
                "let auth = 1;\n#[cfg(test)]\nuse crate::auth;",
            ),
        ]);
        assert_eq!(check(&good), Vec::<String>::new());
    }

    #[test]
    fn what_belongs_in_one_file_may_not_be_in_two() {
        let (built, sent) = (
            "\"; SameSite=Strict\"",
            "headers.append(SET_COOKIE, value);",
        );
        let once = [
            ("api/src/http/request/cookie.rs", built),
            ("api/src/http/response/responses.rs", sent),
        ];
        assert!(check(&tree(&once)).is_empty());
        let [built, sent] = once;
        for (first, second, breach) in [
            (
                built,
                "format!(\"{name}=; SameSite=None\")",
                "api/src/http/request/cookie.rs, api/src/http/logout.rs: more than one file builds a cookie",
            ),
            (
                sent,
                "header(\"Set-Cookie\")",
                "api/src/http/response/responses.rs, api/src/http/logout.rs: more than one file sends Set-Cookie",
            ),
        ] {
            let twice = tree(&[first, ("api/src/http/logout.rs", second)]);
            assert_eq!(check(&twice), [breach]);
        }
        for asks in [
            "Utc::now()",
            "time::UtcDateTime::now()",
            "OffsetDateTime::now_utc()",
        ] {
            let clocks = tree(&[
                ("api/src/clock.rs", "SystemTime::now()"),
                ("api/src/db/user.rs", asks),
            ]);
            assert_eq!(check(&clocks).len(), 1, "{asks}");
        }
        let fetches = tree(&[
            ("web/src/transport.rs", "use reqwasm::http::Request;"),
            ("web/src/load.rs", "window.fetch_with_str(url)"),
        ]);
        assert_eq!(check(&fetches).len(), 1);
    }
}

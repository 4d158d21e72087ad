//! Two processes on one database, and many who ask both of them at once.

use crate::place::Place;
use crate::server::{Server, between};
use crate::world::PASSWORD;
use api::auth::token::refresh_token::UnverifiedToken;
use std::sync::Barrier;
use std::thread;

const COOKIE: &str = "set-cookie: refresh-8000=";
/// Everybody here has one address.
const LIMITLESS: [(&str, &str); 1] = [("ADDRESS_LIMIT", "100000")];

fn enters(server: &Server, path: &str, name: &str) -> String {
    let form = format!(r#"{{"username":"{name}","password":"{PASSWORD}"}}"#);
    let answer = server.posts(path, "", &form);
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    between(&answer, COOKIE, ";").to_owned()
}

/// Ten people on four more browsers each, all at the same time.
fn all_sign_in(servers: &[Server; 2]) -> Vec<String> {
    thread::scope(|scope| {
        let entering = (0..40).map(|index| {
            let name = format!("person-{}", index % 10);
            scope.spawn(move || enters(&servers[index % 2], "/api/auth/login", &name))
        });
        let entering: Vec<_> = entering.collect();
        let entered = entering.into_iter().map(|thread| thread.join().unwrap());
        entered.collect()
    })
}

/// Every one of them at the same time, to each process in turn: cookie and attempt key.
fn all_refresh(servers: &[Server; 2], asked: &[(String, String)]) -> Vec<String> {
    let ready = Barrier::new(asked.len());
    thread::scope(|scope| {
        let asking = asked.iter().enumerate().map(|(index, (cookie, attempt))| {
            let (ready, server) = (&ready, &servers[index % 2]);
            scope.spawn(move || {
                let brought =
                    format!("Cookie: refresh-8000={cookie}\r\nRefresh-Attempt: {attempt}\r\n");
                ready.wait();
                server.posts("/api/auth/refresh", &brought, "{}")
            })
        });
        let asking: Vec<_> = asking.collect();
        let answered = asking.into_iter().map(|thread| thread.join().unwrap());
        answered.collect()
    })
}

#[track_caller]
fn successor(answer: &str) -> String {
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    between(answer, COOKIE, ";").to_owned()
}

fn generation(cookie: &str) -> u32 {
    UnverifiedToken::parse(cookie).unwrap().generation()
}

/// I-01, I-02.
#[track_caller]
fn one_successor(servers: &[Server; 2], asked: &[(String, String)]) -> String {
    let before = generation(&asked[0].0);
    let answers = all_refresh(servers, asked);
    let next = successor(&answers[0]);
    assert_eq!(generation(&next), before + 1);
    for answer in answers {
        assert_eq!(successor(&answer), next);
    }
    next
}

/// I-01, I-02.
#[test]
fn fifty_presentations_to_two_processes_have_one_successor() {
    let place = Place::fresh();
    let servers = Server::pair(&place.url(), &LIMITLESS);
    let mut cookie = enters(&servers[0], "/api/auth/register", "alice");
    for round in 0..5 {
        let one_key = vec![(cookie.clone(), format!("one-{round}")); 50];
        cookie = one_successor(&servers, &one_key);
        let keys = (0..20).map(|key| (cookie.clone(), format!("other-{round}-{key}")));
        cookie = one_successor(&servers, &keys.collect::<Vec<_>>());
    }
}

/// Source: a deferred transaction that reads before it writes fails at once with `SQLITE_BUSY`.
#[test]
fn nobody_hears_that_another_process_is_writing() {
    let place = Place::fresh();
    let servers = Server::pair(&place.url(), &LIMITLESS);
    let mut cookies = Vec::new();
    for person in 0..10 {
        let name = format!("person-{person}");
        cookies.push(enters(&servers[0], "/api/auth/register", &name));
    }
    cookies.extend(all_sign_in(&servers));
    for round in 0..5 {
        let asked = cookies
            .into_iter()
            .map(|cookie| (cookie, format!("{round}")));
        let answers = all_refresh(&servers, &asked.collect::<Vec<_>>());
        cookies = answers.iter().map(|answer| successor(answer)).collect();
    }
    assert!(cookies.iter().all(|cookie| generation(cookie) == 5));
}

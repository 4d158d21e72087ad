//! `kill -9` at any moment, again and again, while people refresh, leave and come back.

use crate::constants::PASSWORD;
use crate::crash::fresh;
use crate::server::Server;
use crate::tab::Tab;
use rustix::process::{Signal, kill_process};
use std::thread;
use std::time::{Duration, Instant};

/// How often, unless `KILLS` says otherwise.
const KILLS: u32 = 25;
const PEOPLE: usize = 6;
/// A process lives at most so long, in microseconds.
const LIFE: u64 = 60_000;

/// What a person was told last.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// Nothing but good news.
    In,
    /// They want out, and were not answered.
    Leaving,
    /// They were told that they are out.
    Out,
}

struct Person {
    tab: Tab,
    standing: Standing,
}

impl Person {
    /// Does one thing after the other until no answer comes.
    fn lives_on(&mut self, address: &str, dice: &mut Dice) {
        loop {
            let answer = if dice.below(12) == 0 {
                self.standing = Standing::Leaving;
                let answer = self.tab.leaves(address);
                if answer.as_ref().is_some_and(|answer| answer.status == 204) {
                    self.standing = Standing::Out;
                }
                answer
            } else {
                self.tab.refreshes(address)
            };
            match answer {
                None => return,
                Some(_) if self.standing == Standing::Out => return,
                Some(answer) => assert_eq!(answer.status, 200, "{}", self.tab.name),
            }
        }
    }

    /// On the next process: whoever was not told to be out is in, and whoever was told is out.
    fn is_as_told(&mut self, address: &str) {
        if self.standing == Standing::Leaving {
            assert_eq!(self.tab.leaves(address).unwrap().status, 204);
            self.standing = Standing::Out;
        }
        if self.standing == Standing::In {
            self.tab.lives(address);
            return;
        }
        self.tab.is_over(address);
        let back = self.tab.enters(address, "login", PASSWORD).unwrap();
        assert_eq!(back.status, 200, "{back:?}");
        self.standing = Standing::In;
    }
}

/// Random numbers that a seed repeats (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by the environment how long to go on"
)]
fn kills() -> u32 {
    let wanted = std::env::var("KILLS").ok();
    wanted.map_or(KILLS, |wanted| wanted.parse().unwrap())
}

/// I-04, I-16: nobody honest is signed out, and nobody who left is let in.
#[test]
fn nobody_is_signed_out_and_nobody_is_let_in_by_kill_9() {
    let place = fresh();
    let limits = [
        ("ADDRESS_LIMIT", "1000000"),
        ("LOGIN_LIMIT", "1000000"),
        ("REFRESH_LIMIT", "1000000"),
    ];
    let mut server = Server::on(&place.url(), &limits);
    let join = |number| Person {
        tab: Tab::registers(server.address(), &format!("person-{number}")),
        standing: Standing::In,
    };
    let mut people: Vec<_> = (0..PEOPLE).map(join).collect();
    for round in 0..u64::from(kills()) {
        let life = Duration::from_micros(Dice(round).below(LIFE));
        let (address, pid) = (server.address().to_owned(), server.pid());
        thread::scope(|scope| {
            for (seat, person) in (0..).zip(&mut people) {
                let mut dice = Dice(round << 8 | seat);
                let address = &address;
                scope.spawn(move || person.lives_on(address, &mut dice));
            }
            let end = Instant::now() + life;
            while Instant::now() < end {
                thread::yield_now();
            }
            kill_process(pid, Signal::KILL).unwrap();
        });
        drop(server);
        server = Server::on(&place.url(), &limits);
        for person in &mut people {
            person.is_as_told(server.address());
        }
    }
}

//! The ports of one tab.

use super::{Shared, Waiting};
use client::{
    Clock, LocalFuture, Millis, NetworkError, Platform, Request, Response, Rng, Spawn, Storage,
    TabChannel, Transport,
};
use futures::channel::oneshot;
use futures::task::LocalSpawnExt;
use std::rc::Rc;

struct Tab {
    shared: Rc<Shared>,
    id: usize,
}

impl Shared {
    pub fn ports(self: &Rc<Self>, id: usize) -> Platform {
        let tab = Rc::new(Tab {
            shared: self.clone(),
            id,
        });
        Platform {
            transport: tab.clone(),
            storage: tab.clone(),
            tab_channel: tab.clone(),
            clock: tab.clone(),
            rng: tab.clone(),
            spawn: tab,
        }
    }
}

impl Transport for Tab {
    fn send(&self, request: Request) -> LocalFuture<Result<Response, NetworkError>> {
        let (answer, answered) = oneshot::channel();
        self.shared.sent.borrow_mut().push(request.path.clone());
        self.shared
            .wire
            .borrow_mut()
            .push(Waiting { request, answer });
        Box::pin(async { answered.await.unwrap_or(Err(NetworkError)) })
    }
}

impl Storage for Tab {
    fn read(&self, key: &str) -> Option<String> {
        self.shared.store.borrow().get(key).cloned()
    }

    fn write(&self, key: &str, value: &str) {
        let mut store = self.shared.store.borrow_mut();
        store.insert(key.to_owned(), value.to_owned());
    }

    fn remove(&self, key: &str) {
        self.shared.store.borrow_mut().remove(key);
    }
}

impl TabChannel for Tab {
    fn broadcast(&self, message: &str) {
        self.shared
            .mail
            .borrow_mut()
            .push((self.id, message.to_owned()));
    }
}

impl Clock for Tab {
    fn now(&self) -> Millis {
        self.shared.now.get()
    }

    fn wall_clock(&self) -> Millis {
        // As of 2023, so that nobody takes it for the other clock.
        self.now() + Millis(1_700_000_000_000)
    }

    fn sleep(&self, duration: Millis) -> LocalFuture<()> {
        let (ring, alarm) = oneshot::channel();
        let at = self.shared.now.get() + duration;
        self.shared.sleepers.borrow_mut().push((at, ring));
        Box::pin(async {
            // A test that ends drops its clock.
            let _ = alarm.await;
        })
    }
}

impl Rng for Tab {
    fn next_u64(&self) -> u64 {
        // Any full-period generator will do (Knuth's MMIX constants).
        let next_u64 = self
            .shared
            .random
            .get()
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.shared.random.set(next_u64);
        next_u64.rotate_left(32)
    }
}

impl Spawn for Tab {
    fn spawn(&self, work: LocalFuture<()>) {
        self.shared
            .spawner
            .spawn_local(work)
            .expect("BUG: the pool runs");
    }
}

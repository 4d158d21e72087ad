//! Whether an answer is right where the model stands, and where it stands then. Mostly there is
//! one way on; where a request reads first and acts later there may be two.

use super::deed::{Act, Deed, Due, Entered, Presented, Seen};
use super::model::{IDLE, Model, Person, RACE, RACES, RETRY, Scene};

/// The ways on: none where the answer is wrong.
pub type Ways = Vec<Model>;

pub fn when(right: bool, model: &Model) -> Ways {
    if right {
        vec![model.clone()]
    } else {
        Vec::new()
    }
}

impl Model {
    pub fn allowed(&self, deed: &Deed, seen: &Seen, scene: Scene<'_>) -> Ways {
        let scene = Scene {
            node: deed.node,
            ..scene
        };
        match &deed.act {
            Act::Register(who) => self.register(*who, seen, scene),
            Act::SignIn(who, password) => self.sign_in((*who, *password), seen, scene),
            Act::Refresh(by, attempt) => self.refresh((by, *attempt), seen, scene),
            Act::Leave(by, scope) => self.leave(
                (&by.sid, scope),
                self.cookie_refusal(by, scene),
                seen,
                scene,
            ),
            Act::LeaveByAccess(by, scope) => {
                let refused = match self.sessions[&by.sid].ended {
                    _ if scene.now >= by.ends => Some("token_expired"),
                    Some(_) => Some("session_revoked"),
                    None => None,
                };
                self.leave((&by.sid, scope), refused, seen, scene)
            }
            Act::Call(by) => {
                self.guarded(by, seen, scene, |model| when(seen == &Seen::Done, model))
            }
            Act::Administer(by) => self.guarded(by, seen, scene, |model| {
                let right = if by.admin {
                    seen == &Seen::Done
                } else {
                    seen.is("insufficient_scope")
                };
                when(right, model)
            }),
            Act::ChangePassword(by, current) => self.guarded(by, seen, scene, |model| {
                model.change_password((by, *current), seen, scene)
            }),
            Act::EndOne(by, target) => self.guarded(by, seen, scene, |model| {
                model.end_one((by, target), seen, scene)
            }),
            Act::Change(who, change) => {
                when(seen == &Seen::Done, &self.changed(*who, *change, scene))
            }
            // I-07, I-20, I-21: refused, and the rows say whether anything changed.
            Act::Forge(Due::Refresh, _) => when(seen.is("refresh_invalid"), self),
            Act::Forge(Due::Access, _) => when(seen.is("invalid_token"), self),
        }
    }

    /// I-14: whose tokens these are, and I-12: what they may do now.
    pub fn names(&self, who: usize, entered: &Entered) -> bool {
        let person = &self.people[&who];
        person.sub == entered.sub && person.admin == entered.admin
    }

    fn register(&self, who: usize, seen: &Seen, scene: Scene<'_>) -> Ways {
        // I-19: one name, one person.
        if self.people.contains_key(&who) {
            return when(seen.is("username_taken"), self);
        }
        let Seen::Entered(entered) = seen else {
            return Vec::new();
        };
        let mut next = self.clone();
        let person = Person {
            sub: entered.sub.clone(),
            password: 0,
            enabled: true,
            admin: false,
        };
        next.people.insert(who, person);
        next.start((who, &entered.sid), scene);
        when(entered.generation == 0 && !entered.admin, &next)
    }

    fn sign_in(&self, (who, password): (usize, usize), seen: &Seen, scene: Scene<'_>) -> Ways {
        let person = self.people.get(&who);
        if !person.is_some_and(|person| person.enabled && person.password == password) {
            return when(seen.is("invalid_credentials"), self);
        }
        let Seen::Entered(entered) = seen else {
            return Vec::new();
        };
        let mut next = self.clone();
        next.start((who, &entered.sid), scene);
        let new = !self.sessions.contains_key(&entered.sid);
        when(
            new && entered.generation == 0 && self.names(who, entered),
            &next,
        )
    }

    fn refresh(
        &self,
        (by, attempt): (&Presented, Option<u8>),
        seen: &Seen,
        scene: Scene<'_>,
    ) -> Ways {
        let session = &self.sessions[&by.sid];
        if let Some(why) = session.ended {
            // Two who present a spent token at once both find the session alive.
            let lived = scene.start.sessions[&by.sid].ended.is_none();
            let both = lived && by.generation < session.generation && seen.is("refresh_reused");
            return when(both || is_revoked(seen, why), self);
        }
        if session.is_expired(scene.now) {
            return when(seen.is("session_expired"), self);
        }
        let mut next = self.clone();
        let row = next.sessions.get_mut(&by.sid).expect("it was issued");
        let age = scene.now - session.rotated_at;
        let previous = by.generation + 1 == session.generation;
        if by.generation == session.generation {
            row.generation += 1;
            row.rotated_at = scene.now;
            row.attempt = attempt;
            row.races = 0;
            row.idle_end = session.absolute_end().min(scene.now + IDLE);
        } else if previous && attempt.is_some() && attempt == session.attempt && age <= RETRY {
        } else if previous && age <= RACE && session.races < RACES {
            row.races += 1;
        } else {
            // I-06, and I-13: nothing but this session ends.
            next.end(vec![by.sid.clone()], "reused", scene);
            return when(seen.is("refresh_reused"), &next);
        }
        let generation = next.sessions[&by.sid].generation;
        let right = |entered: &Entered| {
            let which = (&entered.sid, entered.generation);
            which == (&by.sid, generation) && self.names(session.who, entered)
        };
        when(
            matches!(seen, Seen::Entered(entered) if right(entered)),
            &next,
        )
    }
}

impl Model {
    /// Why a refresh token does not speak for its user's other sessions.
    fn cookie_refusal(&self, by: &Presented, scene: Scene<'_>) -> Option<&'static str> {
        let session = &self.sessions[&by.sid];
        let age = scene.now - session.rotated_at;
        let race = by.generation + 1 == session.generation && age <= RACE && session.races < RACES;
        if session.ended.is_some() {
            Some("session_revoked")
        } else if session.is_expired(scene.now) {
            Some("session_expired")
        } else if by.generation == session.generation || race {
            None
        } else {
            Some("refresh_reused")
        }
    }
}

fn is_revoked(seen: &Seen, why: Option<&'static str>) -> bool {
    let Seen::Refused { code, reason, .. } = seen else {
        return false;
    };
    code == "session_revoked" && (why.is_none() || reason.as_deref() == why)
}

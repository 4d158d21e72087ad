//! What an access token opens, what whoever leaves ends, and what an administrator changes.

use super::deed::{Access, Change, Seen};
use super::model::{Model, Scene};
use super::oracle::{Ways, when};

impl Model {
    pub fn leave(
        &self,
        (sid, scope): (&str, &str),
        refused: Option<&str>,
        seen: &Seen,
        scene: Scene<'_>,
    ) -> Ways {
        let mut next = self.clone();
        let own = self.all_of(self.sessions[sid].who);
        let (Some(code), true) = (refused, scope != "this") else {
            let ending = match scope {
                "others" => own.into_iter().filter(|other| other != sid).collect(),
                "all" => own,
                _ => vec![sid.to_owned()],
            };
            next.end(ending, "signed_out", scene);
            return when(seen == &Seen::Done, &next);
        };
        // Nothing more is done than a reuse does, and success is told only where nothing lives.
        let spent = code == "refresh_reused";
        if spent {
            next.end(vec![sid.to_owned()], "reused", scene);
        }
        let none_lives = !own.iter().any(|id| next.lives(id, scene.now));
        let right = if none_lives && (scope == "all" || !spent) {
            seen == &Seen::Done
        } else {
            seen.is(code)
        };
        when(right, &next)
    }

    /// Why an access token is refused (I-22: without any leeway, so surely within five seconds).
    pub fn refusal(&self, by: &Access, scene: Scene<'_>) -> Option<&'static str> {
        if scene.now >= by.ends {
            Some("token_expired")
        } else if self.denied[scene.node].contains(&by.sid) {
            Some("session_revoked")
        } else {
            None
        }
    }

    /// The token is verified when the request comes, what it wants when its turn comes.
    pub fn guarded(
        &self,
        by: &Access,
        seen: &Seen,
        scene: Scene<'_>,
        then: impl FnOnce(&Model) -> Ways,
    ) -> Ways {
        let mut ways = match self.refusal(by, scene) {
            Some(code) => when(seen.is(code), self),
            None => Vec::new(),
        };
        if scene.start.refusal(by, scene).is_none() {
            ways.extend(then(self));
        }
        ways
    }

    pub fn change_password(
        &self,
        (by, current): (&Access, usize),
        seen: &Seen,
        scene: Scene<'_>,
    ) -> Ways {
        let session = &self.sessions[&by.sid];
        let who = session.who;
        let wrong = self.people[&who].password != current;
        if wrong || session.ended.is_some() {
            // What is seen first depends on what the other requests have done when it looks.
            let known = scene.start.people[&who].password != current;
            let by_password = (wrong || known) && seen.is("invalid_credentials");
            let by_session = session.ended.is_some() && seen.is("session_revoked");
            let told = by_password || by_session && !(scene.alone && wrong);
            return when(told, self);
        }
        let Seen::Entered(entered) = seen else {
            return Vec::new();
        };
        let mut next = self.clone();
        // I-12: every session ends with the old password.
        next.end(self.all_of(who), "password_changed", scene);
        next.people.get_mut(&who).expect("they registered").password = 1 - current;
        next.start((who, &entered.sid), scene);
        when(entered.generation == 0 && self.names(who, entered), &next)
    }

    pub fn end_one(&self, (by, target): (&Access, &str), seen: &Seen, scene: Scene<'_>) -> Ways {
        if self.sessions[&by.sid].ended.is_some() {
            return when(seen.is("session_revoked"), self);
        }
        let session = &self.sessions[target];
        if session.who != self.sessions[&by.sid].who || session.ended.is_some() {
            return when(seen.is("not_found"), self);
        }
        let mut next = self.clone();
        next.end(vec![target.to_owned()], "ended", scene);
        when(seen == &Seen::Done, &next)
    }

    /// I-12: what is taken away ends the sessions that hold it.
    pub fn changed(&self, who: usize, change: Change, scene: Scene<'_>) -> Model {
        let mut next = self.clone();
        let person = next.people.get_mut(&who).expect("they registered");
        let reason = match change {
            Change::Disabled(disabled) => {
                let ends = disabled && person.enabled;
                person.enabled = !disabled;
                ends.then_some("disabled")
            }
            Change::Admin(admin) => {
                let ends = person.admin && !admin;
                person.admin = admin;
                ends.then_some("roles_changed")
            }
            Change::EndSessions => Some("ended_by_admin"),
        };
        if let Some(reason) = reason {
            next.end(self.all_of(who), reason, scene);
        }
        next
    }
}

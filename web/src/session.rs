//! What the interface knows of the session: one enum, from one provider.

use crate::browser::languages;
use crate::router::{self, Address};
use crate::words::{Language, spoken};
use client::{Client, Error, Phase, SignOutReason, Snapshot};
use shared::account::User;
use shared::role::{Permission, has_permission};
use std::rc::Rc;
use yew::prelude::*;

/// Where the person stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Session {
    /// The page was just loaded and asks whether somebody is signed in.
    Restoring,
    /// Somebody may be signed in, but the server cannot be asked now.
    Unreachable,
    /// The server rejects what this browser sends to go on, with what it said. The session may be
    /// alive, and the client keeps trying; a new sign-in replaces it, and a sign-out gives it up.
    Rejected(Option<Person>, Rc<Error>),
    /// Nobody is signed in.
    Away(Away),
    /// Nobody is since a session ran out, but its person's place is kept for them. Why it ended is
    /// known once it is sure that it did.
    Lapsed(Person, Option<Away>),
    /// Somebody is.
    Here(Person),
}

/// Nobody is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Away {
    /// Why the last session ended, if one did.
    pub ending: Option<SignOutReason>,
    /// Whether the server has not heard of the sign-out yet.
    pub leaving: bool,
}

/// Somebody is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub user: Rc<User>,
    /// Whether the server could not be asked for the next token, or for what is on the page.
    pub offline: bool,
}

impl Session {
    pub fn of(snapshot: Snapshot) -> Self {
        let away = Away {
            ending: snapshot.sign_out_reason,
            leaving: snapshot.pending_logout,
        };
        if let Some(error) = snapshot.rejection {
            let person = snapshot.user.or(snapshot.reauth_user).map(|user| Person {
                user,
                offline: false,
            });
            return Self::Rejected(person, Rc::new(error));
        }
        if let (None, Some(user)) = (&snapshot.user, snapshot.reauth_user) {
            let offline = snapshot.phase == Phase::Offline;
            let ended = (snapshot.phase == Phase::SignedOut).then_some(away);
            return Self::Lapsed(Person { user, offline }, ended);
        }
        match (snapshot.phase, snapshot.user) {
            (Phase::SignedOut, _) => Self::Away(away),
            (phase, Some(user)) => Self::Here(Person {
                user,
                offline: phase == Phase::Offline || snapshot.waiting_for_server,
            }),
            (Phase::Offline | Phase::Rejected, None) => Self::Unreachable,
            (Phase::Restoring | Phase::Refreshing | Phase::SignedIn, None) => Self::Restoring,
        }
    }

    /// Whose page it is: who is signed in, or will be again.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Here(person) | Self::Lapsed(person, _) | Self::Rejected(Some(person), _) => {
                Some(person)
            }
            _ => None,
        }
    }
}

impl Person {
    /// Whether they may do that. It only decides what is shown: the API decides what is done.
    pub fn may(&self, permission: Permission) -> bool {
        has_permission(&self.user.roles, permission)
    }

    /// What they want to be called.
    pub fn name(&self) -> &str {
        let name = self.user.display_name.as_deref();
        name.unwrap_or(&self.user.username)
    }
}

#[derive(Clone, PartialEq)]
struct Scope {
    client: Client,
    session: Session,
    address: Address,
    language: Language,
    speak: Callback<Language>,
}

#[derive(Properties, PartialEq)]
pub struct SessionProviderProps {
    pub client: Client,
    #[prop_or_default]
    pub children: Html,
}

/// Gives everything inside it the session, the client, the address and the language.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let session = use_state(|| Session::of(props.client.snapshot()));
    let address = use_state(Address::now);
    let language = use_state(spoken);
    let (set, move_to) = (session.setter(), address.setter());
    use_effect_with(props.client.clone(), move |client| {
        // It may have changed between the first look and this subscription.
        set.set(Session::of(client.snapshot()));
        let subscription = client.observe(move |snapshot| set.set(Session::of(snapshot)));
        let moves = router::listen({
            let move_to = move_to.clone();
            move |address| move_to.set(address)
        });
        // What is inside may have moved on before anybody listened.
        move_to.set(Address::now());
        move || drop((subscription, moves))
    });
    let speak = {
        let set = language.setter();
        Callback::from(move |language| {
            languages::choose(language);
            set.set(language);
        })
    };
    let scope = Scope {
        client: props.client.clone(),
        session: (*session).clone(),
        address: (*address).clone(),
        language: *language,
        speak,
    };
    html! {
        <ContextProvider<Scope> context={scope}>{ props.children.clone() }</ContextProvider<Scope>>
    }
}

/// The session.
#[hook]
pub fn use_session() -> Session {
    use_scope().session
}

/// The client.
#[hook]
pub fn use_client() -> Client {
    use_scope().client
}

/// Where the person is.
#[hook]
pub fn use_address() -> Address {
    use_scope().address
}

/// The language, and the way to another that is known.
#[hook]
pub fn use_language() -> (Language, Callback<Language>) {
    let scope = use_scope();
    (scope.language, scope.speak)
}

#[hook]
fn use_scope() -> Scope {
    use_context().expect("BUG: the app is inside a SessionProvider")
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::role::Role;

    fn snapshot(phase: Phase, known: bool) -> Snapshot {
        let user = known.then(|| Rc::new(alice()));
        Snapshot {
            phase,
            user,
            rejection: None,
            waiting_for_server: false,
            sign_out_reason: Some(SignOutReason::Expired),
            pending_logout: false,
            epoch: 1,
            reauth_user: None,
        }
    }

    fn alice() -> User {
        User {
            id: "1".to_owned(),
            username: "alice".to_owned(),
            display_name: None,
            roles: vec![Role::User],
            created_at: 0,
        }
    }

    #[test]
    fn who_is_known_stays_on_the_page_whatever_the_weather() {
        for phase in [Phase::SignedIn, Phase::Refreshing, Phase::Offline] {
            let session = Session::of(snapshot(phase, true));
            let person = session.person().expect("BUG: alice is here");
            assert_eq!(person.name(), "alice");
            assert_eq!(person.offline, phase == Phase::Offline);
        }
    }

    #[test]
    fn a_loading_page_is_neither_here_nor_away() {
        assert_eq!(
            Session::of(snapshot(Phase::Restoring, false)),
            Session::Restoring
        );
        assert_eq!(
            Session::of(snapshot(Phase::Offline, false)),
            Session::Unreachable
        );
    }

    #[test]
    fn a_rejected_browser_keeps_its_page_and_learns_what_the_server_said() {
        for known in [false, true] {
            let mut rejected = snapshot(Phase::Rejected, known);
            rejected.rejection = Some(Error::UnexpectedResponse { status: 431 });
            let session = Session::of(rejected);
            assert_eq!(session.person().is_some(), known);
            let Session::Rejected(_, error) = session else {
                panic!("the server rejects it");
            };
            assert_eq!(*error, Error::UnexpectedResponse { status: 431 });
        }
    }

    #[test]
    fn whose_session_ran_out_keeps_the_page_and_learns_why_once_it_is_sure() {
        let mut lapsed = snapshot(Phase::SignedOut, false);
        lapsed.reauth_user = Some(Rc::new(alice()));
        let Session::Lapsed(person, Some(away)) = Session::of(lapsed.clone()) else {
            panic!("alice is awaited");
        };
        assert_eq!(
            (person.name(), away.ending),
            ("alice", Some(SignOutReason::Expired))
        );
        lapsed.phase = Phase::Restoring;
        assert!(matches!(Session::of(lapsed), Session::Lapsed(_, None)));
    }

    #[test]
    fn who_is_away_learns_why() {
        let Session::Away(away) = Session::of(snapshot(Phase::SignedOut, false)) else {
            panic!("nobody is signed in");
        };
        assert_eq!(away.ending, Some(SignOutReason::Expired));
    }
}

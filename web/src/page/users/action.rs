use crate::component::Question;
use client::{ApiClient, Error};
use shared::admin::{ManagedUser, UpdateUser};
use shared::role::Role;

/// What an administrator can do about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Promote,
    Demote,
    Disable,
    Enable,
    EndSessions,
}

impl Action {
    /// What can be done about that person now.
    pub fn of(user: &ManagedUser) -> Vec<Self> {
        let role = if user.roles.contains(&Role::Admin) {
            Self::Demote
        } else {
            Self::Promote
        };
        let access = if user.disabled {
            Self::Enable
        } else {
            Self::Disable
        };
        let sessions = (user.live_sessions > 0).then_some(Self::EndSessions);
        [Some(role), sessions, Some(access)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The words of its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Promote => "Make admin",
            Self::Demote => "Remove admin",
            Self::Disable => "Disable",
            Self::Enable => "Enable",
            Self::EndSessions => "End sessions",
        }
    }

    /// What is asked before it is done.
    pub fn question(self, user: &ManagedUser) -> Question {
        let text = match self {
            Self::Promote => {
                "They will see everybody's account and may change it, from their next token on: within a quarter of an hour."
            }
            Self::Demote => "They keep their account and have to sign in again.",
            Self::Disable => "They are signed out everywhere and cannot sign in until enabled.",
            Self::Enable => "They can sign in again with their password.",
            Self::EndSessions => "They are signed out everywhere and can sign in again.",
        };
        Question {
            title: [self.label(), ": ", user.username.as_str(), "?"]
                .concat()
                .into(),
            text: text.into(),
            action: self.label().into(),
        }
    }

    /// What is said when it is done.
    pub fn done(self, user: &ManagedUser) -> String {
        let what = match self {
            Self::Promote => " is an administrator now.",
            Self::Demote => " is no administrator any more.",
            Self::Disable => " is disabled and signed out.",
            Self::Enable => " can sign in again.",
            Self::EndSessions => " is signed out everywhere.",
        };
        [user.username.as_str(), what].concat()
    }

    /// Does it.
    pub async fn run(self, api: &ApiClient, user: &ManagedUser) -> Result<(), Error> {
        match self.change() {
            Some(change) => api.update_user(&user.id, &change).await.map(drop),
            None => api.end_user_sessions(&user.id).await,
        }
    }

    fn change(self) -> Option<UpdateUser> {
        let (roles, disabled) = match self {
            Self::Promote => (Some(vec![Role::User, Role::Admin]), None),
            Self::Demote => (Some(vec![Role::User]), None),
            Self::Disable => (None, Some(true)),
            Self::Enable => (None, Some(false)),
            Self::EndSessions => return None,
        };
        Some(UpdateUser { roles, disabled })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::validate::Validate;

    fn bob(roles: Vec<Role>, disabled: bool, live_sessions: u32) -> ManagedUser {
        ManagedUser {
            id: "b".to_owned(),
            username: "bob".to_owned(),
            display_name: None,
            roles,
            disabled,
            created_at: 0,
            live_sessions,
        }
    }

    #[test]
    fn only_what_would_change_something_is_offered() {
        use Action::{Demote, Disable, Enable, EndSessions, Promote};
        let offered = |user| Action::of(&user);
        assert_eq!(
            offered(bob(vec![Role::User], false, 2)),
            [Promote, EndSessions, Disable]
        );
        assert_eq!(
            offered(bob(vec![Role::User, Role::Admin], true, 0)),
            [Demote, Enable]
        );
    }

    #[test]
    fn every_change_keeps_the_contracts_rules() {
        for action in [
            Action::Promote,
            Action::Demote,
            Action::Disable,
            Action::Enable,
        ] {
            let change = action.change().expect("BUG: it changes the person");
            assert!(change.validate().is_empty(), "{action:?}");
        }
    }
}

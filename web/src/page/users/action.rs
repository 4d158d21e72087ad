use crate::component::Question;
use crate::words::text::{self, Text};
use client::{ApiClient, Error};
use shared::admin::{AdminUserView, UpdateUser};
use shared::role::Role;
use yew::AttrValue;

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
    pub fn of(user: &AdminUserView) -> Vec<Self> {
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
    pub const fn label(self) -> Text {
        match self {
            Self::Promote => text::PROMOTE,
            Self::Demote => text::DEMOTE,
            Self::Disable => text::DISABLE,
            Self::Enable => text::ENABLE,
            Self::EndSessions => text::END_SESSIONS,
        }
    }

    /// What names its button in that person's row.
    pub fn button(self, user: &str) -> AttrValue {
        AttrValue::from([self.label().say(), user].concat())
    }

    /// What is asked before it is done.
    pub fn question(self, user: &AdminUserView) -> Question {
        let text = match self {
            Self::Promote => text::PROMOTE_TEXT,
            Self::Demote => text::DEMOTE_TEXT,
            Self::Disable => text::DISABLE_TEXT,
            Self::Enable => text::ENABLE_TEXT,
            Self::EndSessions => text::END_SESSIONS_TEXT,
        };
        Question {
            title: [self.label().say(), ": ", user.username.as_str(), "?"]
                .concat()
                .into(),
            text: text.into(),
            action: self.label().into(),
        }
    }

    /// What is said when it is done.
    pub fn done(self, user: &AdminUserView) -> String {
        let what = match self {
            Self::Promote => text::PROMOTED,
            Self::Demote => text::DEMOTED,
            Self::Disable => text::IS_DISABLED,
            Self::Enable => text::IS_ENABLED,
            Self::EndSessions => text::SESSIONS_ENDED,
        };
        what.fill(&[&user.username])
    }

    /// What takes it back. Sessions that ended stay ended.
    pub const fn inverse(self) -> Option<Self> {
        match self {
            Self::Promote => Some(Self::Demote),
            Self::Demote => Some(Self::Promote),
            Self::Disable => Some(Self::Enable),
            Self::Enable => Some(Self::Disable),
            Self::EndSessions => None,
        }
    }

    /// Does it.
    pub async fn run(self, api: &ApiClient, user: &AdminUserView) -> Result<(), Error> {
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

    fn bob(roles: Vec<Role>, disabled: bool, live_sessions: u32) -> AdminUserView {
        AdminUserView {
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
    fn what_is_taken_back_twice_is_as_before() {
        for action in [
            Action::Promote,
            Action::Demote,
            Action::Disable,
            Action::Enable,
        ] {
            let back = action.inverse().and_then(Action::inverse);
            assert_eq!(back, Some(action));
        }
        assert_eq!(Action::EndSessions.inverse(), None);
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

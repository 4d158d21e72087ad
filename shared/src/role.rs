//! What a person may do.

use serde::{Deserialize, Serialize};

/// A role, as it stands in the access token and in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
#[cfg_attr(feature = "openapi", oai(rename_all = "snake_case"))]
pub enum Role {
    /// Everybody who registered.
    User,
    /// May look after other people's accounts.
    Admin,
}

/// Something the app lets a person do; guards and pages ask for this, never for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See and change one's own account and sessions.
    OwnAccount,
    /// See people and what happened, change roles, disable people, end their sessions.
    ManageUsers,
}

impl Role {
    /// Every role, least powerful first.
    pub const ALL: [Self; 2] = [Self::User, Self::Admin];

    /// What this role adds.
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::User => &[Permission::OwnAccount],
            Self::Admin => &[Permission::OwnAccount, Permission::ManageUsers],
        }
    }

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Admin => "admin",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// Whether any of these roles gives the permission.
pub fn has_permission(roles: &[Role], permission: Permission) -> bool {
    roles
        .iter()
        .any(|role| role.permissions().contains(&permission))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_admin_manages_users() {
        assert!(!has_permission(&[Role::User], Permission::ManageUsers));
        assert!(has_permission(
            &[Role::User, Role::Admin],
            Permission::ManageUsers
        ));
        assert!(!has_permission(&[], Permission::OwnAccount));
    }

    #[test]
    fn the_word_of_a_role_is_its_json() {
        for role in Role::ALL {
            assert_eq!(
                serde_json::to_value(role).expect("BUG: a role is a string"),
                role.as_str()
            );
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
    }
}

//! User accounts.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, SimpleExpr};

/// A row of `users`. Times are milliseconds since the Unix epoch.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The username in its canonical form.
    #[sea_orm(unique)]
    pub username: String,
    /// The display name.
    pub display_name: Option<String>,
    /// The password hash, usually a PHC string.
    pub password_hash: String,
    /// The names of the roles, separated by a space.
    pub roles: String,
    /// When the account was created.
    pub created_at: i64,
    /// Since when the user is disabled.
    pub disabled_at: Option<i64>,
    /// The number for the next new browser on which the user signs in.
    pub device_next: i64,
    /// Browsers with lower numbers are not known any more, because the password is newer.
    pub device_floor: i64,
}

// Written by hand, so that no hash gets into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A user has sessions.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user's sessions.
    #[sea_orm(has_many = "super::session::Entity")]
    Session,
}

impl Related<super::session::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// Whether the user has more than the default role, which is rare. Written as literal SQL, because
/// SQLite uses a partial index only if the query contains the exact text of its condition.
pub(in crate::db) fn has_more_roles() -> SimpleExpr {
    Expr::cust("roles <> 'user'")
}

//! A person who may sign in.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, SimpleExpr};

/// A row of `users`. Times are milliseconds since the Unix epoch.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// In its canonical form.
    #[sea_orm(unique)]
    pub username: String,
    /// What the person wants to be called.
    pub display_name: Option<String>,
    /// A PHC string.
    pub password_hash: String,
    /// The words of the roles, with a blank between.
    pub roles: String,
    /// When the account was made.
    pub created_at: i64,
    /// Since when the person is kept out.
    pub disabled_at: Option<i64>,
    /// The number that the next browser gets by which the user signs in for the first time.
    pub device_next: i64,
    /// Browsers of lower numbers are not known any more: the password is newer.
    pub device_floor: i64,
}

// By hand, so that a hash cannot slip into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A person has sessions.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The person's sessions.
    #[sea_orm(has_many = "super::session::Entity")]
    Session,
}

impl Related<super::session::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// Few have more than the one that all have. Written out, because SQLite uses an index on few rows only where it reads the very
/// words of the index.
pub(in crate::db) fn has_more_roles() -> SimpleExpr {
    Expr::cust("roles <> 'user'")
}

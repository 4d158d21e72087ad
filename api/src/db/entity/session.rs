//! A session: one sign-in on one browser.

use sea_orm::entity::prelude::*;

/// A row of `sessions`. Times are milliseconds since the Unix epoch.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// 32 hexadecimal digits; the `sid` of access tokens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The user.
    pub user_id: String,
    /// When the user signed in.
    pub created_at: i64,
    /// Together with the server's secret, the key of this session's refresh tokens.
    pub salt: Vec<u8>,
    /// The number of the newest refresh token.
    pub generation: i64,
    /// When that token was issued.
    pub rotated_at: i64,
    /// The hash of the attempt key (idempotency key) with which it was issued.
    pub attempt_hash: Option<Vec<u8>>,
    /// How often the previous token was accepted in the grace period since.
    pub race_uses: i32,
    /// When the session expires unless it is refreshed.
    pub idle_expires_at: i64,
    /// When the session expires in any case.
    pub absolute_expires_at: i64,
    /// When the session was revoked.
    pub revoked_at: Option<i64>,
    /// Why the session was revoked, as in the API.
    pub revoke_reason: Option<String>,
    /// The number in `session_cutoff` when the session started; if it is below the current one, the
    /// session is revoked.
    pub cutoff: i64,
    /// The browser's user agent at sign-in.
    pub user_agent: Option<String>,
    /// The client's IP address at sign-in.
    pub ip: Option<String>,
}

// Written by hand, so that no salt gets into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

/// Each session belongs to a user.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

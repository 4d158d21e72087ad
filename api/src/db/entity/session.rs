//! One sign-in on one browser.

use sea_orm::entity::prelude::*;

/// A row of `sessions`. Times are milliseconds since the Unix epoch.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// 32 hexadecimal digits; the `sid` of access tokens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// When the person signed in.
    pub created_at: i64,
    /// Makes the key of this session's refresh tokens, together with the server's secret.
    pub salt: Vec<u8>,
    /// The number of the newest refresh token.
    pub generation: i64,
    /// When that token was made.
    pub rotated_at: i64,
    /// The hash of the attempt key that made it.
    pub attempt_hash: Option<Vec<u8>>,
    /// How often the race rule answered since.
    pub race_uses: i32,
    /// When it ends if it is not used.
    pub idle_expires_at: i64,
    /// When it ends in any case.
    pub absolute_expires_at: i64,
    /// When it was ended.
    pub revoked_at: Option<i64>,
    /// Why it was ended, in a word of the contract.
    pub revoke_reason: Option<String>,
    /// The number that stood in `session_cutoff` when it began; below today's it is over.
    pub cutoff: i64,
    /// What the browser called itself at sign-in.
    pub user_agent: Option<String>,
    /// The client's address at sign-in.
    pub ip: Option<String>,
}

// By hand, so that a salt cannot slip into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

/// A session is a person's.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Whose it is.
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

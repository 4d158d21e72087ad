//! Recently revoked sessions.

use sea_orm::entity::prelude::*;

/// A row of `revocations`. Triggers write it, with the sequence numbers and the clock of the
/// database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocations")]
pub struct Model {
    /// Assigned by the database.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// The revoked session.
    pub session_id: String,
    /// The reason, as in the API.
    pub reason: Option<String>,
    /// When the row was written, by the database's clock, in milliseconds since the Unix epoch.
    pub at: i64,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

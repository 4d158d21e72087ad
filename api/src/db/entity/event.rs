//! Something that happened.

use sea_orm::entity::prelude::*;

/// A row of `events`. It points at people and sessions without a foreign key, because it outlives
/// both.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Counts up.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// What, in a word of the contract.
    pub kind: String,
    /// Why, in a word of the contract.
    pub reason: Option<String>,
    /// Whose account it is about.
    pub user_id: Option<String>,
    /// In which session.
    pub session_id: Option<String>,
    /// The administrator who did it.
    pub actor_id: Option<String>,
    /// The client's address.
    pub ip: Option<String>,
    /// What the browser called itself.
    pub user_agent: Option<String>,
}

/// It stands alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

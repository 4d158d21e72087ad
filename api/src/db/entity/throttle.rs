//! Rate limit counters.

use sea_orm::entity::prelude::*;

/// A row of `throttles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub struct Model {
    /// What is counted: a kind, a colon, and an address or the hash of a username.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// When the first attempt of this window was, in milliseconds since the Unix epoch.
    pub started_at: i64,
    /// Attempts in this window.
    pub tries: i64,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! How often something was tried.

use sea_orm::entity::prelude::*;

/// A row of `throttles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub struct Model {
    /// What is counted: a kind, a colon, and an address or the hash of a name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// When the first try of this window was, in milliseconds since the Unix epoch.
    pub started_at: i64,
    /// Tries in this window.
    pub tries: i64,
}

/// It stands alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

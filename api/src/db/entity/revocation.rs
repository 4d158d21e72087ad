//! Which sessions ended lately.

use sea_orm::entity::prelude::*;

/// A row of `revocations`. Triggers write it, with the numbers and the clock of the database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocations")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// Which session ended.
    pub session_id: String,
    /// Why, in a word of the contract.
    pub reason: Option<String>,
    /// When it was written, by the database's clock, in milliseconds since the Unix epoch.
    pub at: i64,
}

/// It stands alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

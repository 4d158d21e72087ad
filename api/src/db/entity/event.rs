//! Events of the audit log.

use sea_orm::entity::prelude::*;

/// A row of `events`. It refers to users and sessions without a foreign key, because it outlives
/// both.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Ascending.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When it happened, in milliseconds since the Unix epoch.
    pub at: i64,
    /// The kind of the event, as in the API.
    pub kind: String,
    /// The reason, as in the API.
    pub reason: Option<String>,
    /// The user whom the event is about.
    pub user_id: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The administrator who caused it.
    pub actor_id: Option<String>,
    /// The client's IP address.
    pub ip: Option<String>,
    /// The browser's user agent.
    pub user_agent: Option<String>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The number below which all sessions are revoked. Each session stores the number at its start,
//! and so do its access tokens. Raising the number revokes all sessions in one statement, without
//! comparing clocks.

use super::entity::cutoff::{Column, Entity};
use super::{Database, DbError};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// The id of the only row.
const ID: i32 = 1;

/// The current number.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn current(on: &impl ConnectionTrait) -> Result<i64, DbError> {
    let find = Entity::find_by_id(ID)
        .select_only()
        .column(Column::Number)
        .into_tuple();
    let found: Option<i64> = find.one(on).await?;
    found.ok_or_else(|| DbError::of("session_cutoff has no row; run `api migrate`"))
}

/// Raises the number to at least the seconds since the Unix epoch: after a restore from an older
/// copy it is thus higher than any number before.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn raise(db: &Database, now: Millis) -> Result<(), DbError> {
    let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    let own = || Expr::col(Column::Number);
    let next = Expr::case(own().lt(seconds), seconds).finally(own().add(1));
    Entity::update_many()
        .col_expr(Column::Number, next.into())
        .filter(Column::Id.eq(ID))
        .exec(db.connection())
        .await?;
    super::notify::notify(db.connection()).await
}

/// The current number, as a subquery.
pub(super) fn number() -> SimpleExpr {
    let select = Query::select()
        .column(Column::Number)
        .from(Entity)
        .and_where(Expr::col((Entity, Column::Id)).eq(ID))
        .to_owned();
    SimpleExpr::SubQuery(None, Box::new(select.into()))
}

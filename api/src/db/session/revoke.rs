use super::{Column, Entity, not_expired};
use crate::db::acting::Authority;
use crate::db::prune::id_in;
use crate::db::{DbError, cutoff, to_column};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use shared::session::RevocationReason;

/// Which sessions end.
#[derive(Clone, Copy, Debug)]
pub enum Selector<'a> {
    /// That one, whosever it is.
    One(&'a str),
    /// That one, if it is this person's.
    OneOf(&'a str, &'a str),
    /// All of this person's.
    AllOf(&'a str),
    /// So many of those that are over with everybody's, whosever they are.
    BelowCutoff(u32),
    /// All of this person's but those.
    AllExcept(&'a [&'a str], &'a str),
    /// All of this person's but that one and so many of the newest others.
    ExceedingLimit(&'a str, &'a str, u32),
}

impl<'a> Selector<'a> {
    /// Whose row is to be locked before, because sessions may be about to start. A session that
    /// just started has locked it.
    pub fn user_id(self) -> Option<&'a str> {
        match self {
            Self::One(_) | Self::OneOf(..) | Self::BelowCutoff(_) | Self::ExceedingLimit(..) => {
                None
            }
            Self::AllOf(user_id) | Self::AllExcept(_, user_id) => Some(user_id),
        }
    }

    /// What is over with everybody's ended then, and for that reason.
    fn side_of_the_cutoff(self) -> SimpleExpr {
        let own = Expr::col((Entity, Column::Cutoff));
        match self {
            Self::BelowCutoff(_) => own.lt(cutoff::number()),
            _ => own.gte(cutoff::number()),
        }
    }

    fn condition(self, on: &impl ConnectionTrait, now: Millis) -> Condition {
        let of = |user_id: &str| Condition::all().add(Column::UserId.eq(user_id));
        match self {
            Self::One(id) => Condition::all().add(Column::Id.eq(id)),
            Self::OneOf(id, user_id) => of(user_id).add(Column::Id.eq(id)),
            Self::AllOf(user_id) => of(user_id),
            Self::BelowCutoff(most) => {
                let below = Query::select()
                    .column(Column::Id)
                    .from(Entity)
                    .and_where(Column::RevokedAt.is_null())
                    .and_where(Expr::col(Column::Cutoff).lt(cutoff::number()))
                    .limit(u64::from(most))
                    // Whoever holds one writes the same, or is followed by a later bite.
                    .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                    .to_owned();
                Condition::all().add(id_in(on, Column::Id, below))
            }
            Self::AllExcept(ids, user_id) => {
                of(user_id).add(Column::Id.is_not_in(ids.iter().copied()))
            }
            Self::ExceedingLimit(id, user_id, others) => {
                let newest = Query::select()
                    .column(Column::Id)
                    .from(Entity)
                    .cond_where(of(user_id).add(Column::Id.ne(id)).add(not_expired(now)))
                    .order_by(Column::CreatedAt, sea_orm::Order::Desc)
                    .order_by(Column::Id, sea_orm::Order::Desc)
                    .limit(u64::from(others))
                    .to_owned();
                of(user_id)
                    .add(Column::Id.ne(id))
                    .add(Column::Id.not_in_subquery(newest))
            }
        }
    }
}

/// A session that was just ended.
#[derive(Clone, Debug)]
pub struct Revoked {
    /// Its id.
    pub id: String,
    /// Whose it was.
    pub user_id: String,
    /// Whether it had not expired before.
    pub was_active: bool,
}

/// Ends sessions and says which. Those that were ended before keep their reason; those that merely
/// expired are ended too, so that no clock set back brings them to life.
pub async fn revoke(
    by: Authority<'_>,
    which: Selector<'_>,
    reason: RevocationReason,
    now: Millis,
) -> Result<Vec<Revoked>, DbError> {
    let on = by.transaction();
    let ended = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(to_column(now)))
        .col_expr(Column::RevokeReason, Expr::value(reason.as_str()))
        .filter(which.condition(on, now))
        .filter(Column::RevokedAt.is_null())
        .filter(which.side_of_the_cutoff())
        .exec_with_returning(on)
        .await?;
    let ended = ended.into_iter().map(|session| Revoked {
        was_active: to_column(now) < Ord::min(session.idle_expires_at, session.absolute_expires_at),
        id: session.id,
        user_id: session.user_id,
    });
    Ok(ended.collect())
}

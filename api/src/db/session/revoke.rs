use super::{Column, Entity, not_expired};
use crate::db::acting::Authority;
use crate::db::prune::id_in;
use crate::db::{DbError, cutoff, to_column};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use shared::session::RevocationReason;

/// The sessions to revoke.
#[derive(Clone, Copy, Debug)]
pub enum Selector<'a> {
    /// This session, of any user.
    One(&'a str),
    /// This session, if it belongs to this user.
    OneOf(&'a str, &'a str),
    /// All sessions of this user.
    AllOf(&'a str),
    /// At most this number of sessions below the cutoff, of any user.
    BelowCutoff(u32),
    /// All sessions of this user except these.
    AllExcept(&'a [&'a str], &'a str),
    /// All sessions of this user except this one and this number of the newest others.
    ExceedingLimit(&'a str, &'a str, u32),
}

impl<'a> Selector<'a> {
    /// The user whose row must be locked first, because a concurrent sign-in may start sessions. A
    /// session that was just started has locked it.
    pub fn user_id(self) -> Option<&'a str> {
        match self {
            Self::One(_) | Self::OneOf(..) | Self::BelowCutoff(_) | Self::ExceedingLimit(..) => {
                None
            }
            Self::AllOf(user_id) | Self::AllExcept(_, user_id) => Some(user_id),
        }
    }

    /// Sessions below the cutoff were revoked by it, and keep that reason.
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
                    // Another process that locks a row writes the same, or a later batch does.
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

/// A session that was just revoked.
#[derive(Clone, Debug)]
pub struct Revoked {
    /// Its id.
    pub id: String,
    /// Its user.
    pub user_id: String,
    /// Whether it had not expired before.
    pub was_active: bool,
}

/// Revokes sessions and returns them. Sessions that were revoked before keep their reason; expired
/// ones are revoked too, so that a clock that is set back does not make them active again.
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

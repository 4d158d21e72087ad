use super::{Column, Entity, Session};
use crate::db::batch::{self, BatchQuery};
use crate::db::entity::user;
use crate::db::user::User;
use crate::db::{Database, DbError, cutoff};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
};
use shared::session::RevocationReason;
use std::collections::HashMap;

/// The alias of the current cutoff number in a result.
const CUTOFF: &str = "cutoff_now";

/// A session and its user.
pub async fn find(db: &Database, id: &str) -> Result<Option<(Session, User)>, DbError> {
    let question = Find(id.to_owned());
    db.together.finds.submit(&db.connection, question).await
}

/// These sessions as they are now, with their rows locked until the transaction ends, ordered by
/// id.
pub async fn lock_all(on: &impl ConnectionTrait, ids: Vec<&str>) -> Result<Vec<Session>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = Entity::find()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate);
    let mut sessions = sessions.all(on).await?;
    let cutoff = cutoff::current(on).await?;
    for session in &mut sessions {
        apply_cutoff(session, cutoff);
    }
    Ok(sessions)
}

/// The id of the session to find.
pub(super) struct Find(String);

impl BatchQuery for Find {
    type Reply = Option<(Session, User)>;

    async fn execute_batch(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> Result<Vec<Self::Reply>, DbError> {
        let ids = questions.iter().map(|question| question.0.as_str());
        let ids: Vec<_> = batch::pad_to_power_of_two(ids.collect());
        let mut find = Entity::find()
            .find_also_related(user::Entity)
            .filter(Column::Id.is_in(ids));
        QuerySelect::query(&mut find).expr_as(cutoff::number(), CUTOFF);
        let mut found = HashMap::new();
        for row in on.query_all(&find.into_query()).await? {
            if let Some((session, user)) = pair(&row)? {
                found.insert(session.id.clone(), (session, user));
            }
        }
        let answers = questions
            .iter()
            .map(|question| found.get(&question.0).cloned());
        Ok(answers.collect())
    }
}

/// A session and its user.
fn pair(row: &QueryResult) -> Result<Option<(Session, User)>, DbErr> {
    let mut session = Session::from_query_result(row, "A_")?;
    let Some(user) = User::from_query_result_optional(row, "B_")? else {
        return Ok(None);
    };
    apply_cutoff(&mut session, row.try_get("", CUTOFF)?);
    Ok(Some((session, user)))
}

/// Marks a session below the cutoff as revoked, even if its row is not updated yet.
fn apply_cutoff(session: &mut Session, cutoff: i64) {
    if session.revoked_at.is_none() && session.cutoff < cutoff {
        session.revoked_at = Some(session.rotated_at);
        session.revoke_reason = Some(RevocationReason::EndedByAdmin.as_str().to_owned());
    }
}

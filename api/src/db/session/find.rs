use super::{Column, Entity, Session};
use crate::db::entity::user;
use crate::db::together::{self, Question};
use crate::db::user::User;
use crate::db::{Database, Outage};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// A session and its person.
pub async fn find(db: &Database, id: &str) -> Result<Option<(Session, User)>, Outage> {
    let question = Find(id.to_owned());
    db.together.finds.ask(&db.connection, question).await
}

/// The id of a session that is looked for.
pub(super) struct Find(String);

impl Question for Find {
    type Answer = Option<(Session, User)>;

    async fn ask_all(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> Result<Vec<Self::Answer>, Outage> {
        let ids = questions.iter().map(|question| question.0.as_str());
        let ids: Vec<_> = together::padded(ids.collect());
        let rows = Entity::find()
            .find_also_related(user::Entity)
            .filter(Column::Id.is_in(ids))
            .all(on)
            .await?;
        let found = rows
            .into_iter()
            .filter_map(|(session, user)| Some((session, user?)));
        let found: HashMap<_, _> = found.map(|pair| (pair.0.id.clone(), pair)).collect();
        let answers = questions
            .iter()
            .map(|question| found.get(&question.0).cloned());
        Ok(answers.collect())
    }
}

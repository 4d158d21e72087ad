//! Queries on users.

pub use super::entity::user::Model as User;

use super::acting::{ActingAdmin, ActingUser};
use super::entity::user::{ActiveModel, Column, Entity, has_more_roles};
use super::{Database, DbError, to_column};
use protocol::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, SqlErr, UpdateMany,
};
use shared::admin::UserSort;
use shared::role::Role;
use std::collections::HashMap;

/// More rows in one statement would exceed SQLite's limit of parameters.
const MAX_ROWS: usize = 500;

/// The result of inserting an account.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insertion {
    /// The account was inserted.
    Inserted,
    /// The username exists already, according to the unique index and not to an earlier query.
    NameTaken,
}

/// Inserts an account.
pub async fn insert(on: &impl ConnectionTrait, user: User) -> Result<Insertion, DbError> {
    let insert = Entity::insert(user.into_active_model());
    match insert.exec_without_returning(on).await {
        Ok(_) => Ok(Insertion::Inserted),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(Insertion::NameTaken),
            _ => Err(error.into()),
        },
    }
}

/// Inserts many accounts; the database does not tell which username exists already.
pub async fn insert_all(on: &impl ConnectionTrait, users: Vec<User>) -> Result<Insertion, DbError> {
    let mut rows = users.into_iter().map(IntoActiveModel::into_active_model);
    loop {
        let some: Vec<ActiveModel> = rows.by_ref().take(MAX_ROWS).collect();
        if some.is_empty() {
            return Ok(Insertion::Inserted);
        }
        let insert = Entity::insert_many(some).exec_without_returning(on).await;
        match insert.map_err(|error| (error.sql_err(), error)) {
            Ok(_) => {}
            Err((Some(SqlErr::UniqueConstraintViolation(_)), _)) => {
                return Ok(Insertion::NameTaken);
            }
            Err((_, error)) => return Err(error.into()),
        }
    }
}

/// Those of these canonical usernames that exist.
pub async fn existing_usernames(
    on: &impl ConnectionTrait,
    names: &[&str],
) -> Result<Vec<String>, DbError> {
    let mut taken = Vec::new();
    for some in names.chunks(MAX_ROWS) {
        let find = Entity::find()
            .select_only()
            .column(Column::Username)
            .filter(Column::Username.is_in(some.iter().copied()))
            .into_tuple::<String>();
        taken.extend(find.all(on).await?);
    }
    taken.sort();
    Ok(taken)
}

/// The user with this canonical username.
pub async fn by_username(db: &Database, username: &str) -> Result<Option<User>, DbError> {
    let find = Entity::find().filter(Column::Username.eq(username));
    Ok(find.one(db.connection()).await?)
}

/// The user with this id.
pub async fn by_id(on: &impl ConnectionTrait, id: &str) -> Result<Option<User>, DbError> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// Changes a user's display name; `None` removes it.
pub async fn rename(by: &ActingUser, display_name: Option<String>) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::DisplayName, Expr::value(display_name))
        .filter(Column::Id.eq(&by.user().id))
        .exec(by.transaction())
        .await?;
    Ok(())
}

/// Replaces a user's password hash by that of a new password, if it is still the verified one.
/// Browsers that were known before are not known any more.
pub async fn change_password(
    by: &ActingUser,
    verified: &User,
    password_hash: &str,
) -> Result<super::Cas, DbError> {
    let update = replace_hash(verified, password_hash)
        .col_expr(Column::DeviceFloor, Expr::col(Column::DeviceNext));
    let updated = update.exec(by.transaction()).await?;
    Ok(super::Cas::of(updated.rows_affected))
}

/// Replaces a user's password hash by another one of the same password, if it is still the verified
/// one.
pub async fn update_hash(
    on: &impl ConnectionTrait,
    user: &User,
    password_hash: &str,
) -> Result<super::Cas, DbError> {
    let update = replace_hash(user, password_hash);
    Ok(super::Cas::of(update.exec(on).await?.rows_affected))
}

fn replace_hash(user: &User, password_hash: &str) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .filter(Column::Id.eq(&user.id))
        .filter(Column::PasswordHash.eq(&user.password_hash))
        .filter(Column::DisabledAt.is_null())
}

/// Counts a new browser on which the user signs in.
pub async fn count_device(on: &impl ConnectionTrait, id: &str) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::DeviceNext, Expr::col(Column::DeviceNext).add(1))
        .filter(Column::Id.eq(id))
        .exec(on)
        .await?;
    Ok(())
}

/// Makes all concurrent operations on all sessions of a user wait until the transaction ends. A
/// PostgreSQL statement sees what was committed when it began: a statement that revokes "all"
/// sessions would otherwise miss one that a concurrent sign-in or password change starts.
pub async fn lock(on: &impl ConnectionTrait, id: &str) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::Id, Expr::value(id))
        .filter(Column::Id.eq(id))
        .exec(on)
        .await?;
    Ok(())
}

/// The user as of now, with the row locked until the transaction ends; `None` if the user may not
/// sign in, or has another password hash than the verified one.
pub async fn lock_verified(
    on: &impl ConnectionTrait,
    verified: &User,
) -> Result<Option<User>, DbError> {
    let touch = Entity::update_many()
        .col_expr(Column::Id, Expr::value(&verified.id))
        .filter(Column::Id.eq(&verified.id))
        .filter(Column::PasswordHash.eq(&verified.password_hash))
        .filter(Column::DisabledAt.is_null());
    match super::Cas::of(touch.exec(on).await?.rows_affected) {
        super::Cas::Applied => by_id(on, &verified.id).await,
        super::Cas::Stale => Ok(None),
    }
}

/// Updates a user's roles and whether the account is disabled.
pub async fn set_roles_and_status(
    by: &ActingAdmin,
    id: &str,
    roles: &[Role],
    disabled_at: Option<Millis>,
) -> Result<(), DbError> {
    let change = ActiveModel {
        id: sea_orm::Unchanged(id.to_owned()),
        roles: sea_orm::Set(roles_to_column(roles)),
        disabled_at: sea_orm::Set(disabled_at.map(to_column)),
        ..Default::default()
    };
    Entity::update(change).exec(by.transaction()).await?;
    Ok(())
}

/// The ids of the enabled administrators.
pub async fn admins(on: &impl ConnectionTrait) -> Result<Vec<String>, DbError> {
    let admins = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(has_more_roles())
        .filter(Column::Roles.contains(Role::Admin.as_str()))
        .filter(Column::DisabledAt.is_null())
        .into_tuple();
    Ok(admins.all(on).await?)
}

/// These users as they are now, with their rows locked until the transaction ends, ordered by id:
/// two transactions that lock the same users do not deadlock.
pub async fn lock_all(on: &impl ConnectionTrait, ids: Vec<String>) -> Result<Vec<User>, DbError> {
    let users = Entity::find()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate);
    Ok(users.all(on).await?)
}

/// The usernames of these users, by id.
pub async fn usernames_by_id(
    db: &Database,
    ids: &[&str],
) -> Result<HashMap<String, String>, DbError> {
    let names = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Username])
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_tuple::<(String, String)>();
    Ok(names.all(&db.calls()).await?.into_iter().collect())
}

/// The selection of a page of users.
#[derive(Clone, Copy, Debug)]
pub struct UserQuery<'a> {
    /// Prefix of the canonical username; empty for all users.
    pub name: &'a str,
    /// The sort order; the id decides between users of the same time.
    pub order: UserSort,
    /// The user before the first one of the page.
    pub after: Option<&'a User>,
}

/// One page of users.
pub async fn page(db: &Database, wanted: &UserQuery<'_>, limit: u32) -> Result<Vec<User>, DbError> {
    let mut find = Entity::find().limit(u64::from(limit));
    find = match wanted.order {
        UserSort::Username => find.order_by_asc(Column::Username),
        UserSort::UsernameDesc => find.order_by_desc(Column::Username),
        UserSort::Newest => find
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id),
        UserSort::Oldest => find
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id),
    };
    if let Some(last) = wanted.after {
        find = find.filter(after_cursor(last, wanted.order));
    }
    if !wanted.name.is_empty() {
        // A range, for which the index on usernames is used; a substring search would scan every
        // username. All characters of usernames precede U+007F, the last one of ASCII.
        let end = format!("{}\u{7f}", wanted.name);
        find = find
            .filter(Column::Username.gte(wanted.name))
            .filter(Column::Username.lt(end));
    }
    Ok(find.all(&db.calls()).await?)
}

/// Users after this one. Rows are compared as tuples, so that an index on both columns is used.
fn after_cursor(last: &User, order: UserSort) -> SimpleExpr {
    let moment = || Expr::tuple([Expr::col(Column::CreatedAt), Expr::col(Column::Id)]);
    let this = || Expr::tuple([Expr::val(last.created_at), Expr::val(last.id.as_str())]);
    match order {
        UserSort::Username => Column::Username.gt(last.username.as_str()),
        UserSort::UsernameDesc => Column::Username.lt(last.username.as_str()),
        UserSort::Newest => moment().lt(this()),
        UserSort::Oldest => moment().gt(this()),
    }
}

/// The roles of a row. Names of roles that do not exist any more are ignored.
pub fn roles(user: &User) -> Vec<Role> {
    user.roles.split(' ').filter_map(Role::parse).collect()
}

/// The roles as the column stores them.
pub fn roles_to_column(roles: &[Role]) -> String {
    let words = Role::ALL.into_iter().filter(|role| roles.contains(role));
    words.map(Role::as_str).collect::<Vec<_>>().join(" ")
}

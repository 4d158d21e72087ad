//! Writes on a user's behalf, and the authorization for them.
//!
//! A guard checks an access token, and then the request waits: for a body, a hash, a connection, a
//! lock. Meanwhile the authorization may end. So a write for a user needs an [`ActingUser`] or an
//! [`ActingAdmin`], and these come only from a transaction that has locked and read the rows that
//! grant the authorization. They own the transaction, so no write can use another one.
//!
//! All transactions lock in one order, so that they cannot deadlock: users by ascending id, in one
//! statement; then sessions by ascending id; then other sessions of locked users.

use super::session::{self, Session};
use super::user::{self, User, roles};
use super::{Database, DatabaseTransaction, DbError, commit};
use shared::role::{Permission, Role, has_permission};
use shared::session::RevocationReason;
use thiserror::Error;

/// Why a user whom the guard accepted may not act any more.
#[derive(Debug, Error)]
pub enum Denied {
    /// The session was revoked, or its user is disabled or deleted.
    #[error("the session has ended")]
    Ended(Option<RevocationReason>),
    /// The database failed.
    #[error(transparent)]
    Outage(#[from] DbError),
}

/// The session was revoked, or its user is disabled or deleted.
#[derive(Clone, Copy, Debug)]
pub struct SessionEnded(pub Option<RevocationReason>);

impl From<SessionEnded> for Denied {
    fn from(SessionEnded(reason): SessionEnded) -> Self {
        Self::Ended(reason)
    }
}

/// Why an administrator may not act any more.
#[derive(Debug, Error)]
pub enum AdminDenied {
    /// The administrator's session or account is not active.
    #[error(transparent)]
    User(#[from] Denied),
    /// The user is not an administrator any more.
    #[error("the permission was taken away")]
    Forbidden,
}

impl From<DbError> for AdminDenied {
    fn from(outage: DbError) -> Self {
        Self::User(outage.into())
    }
}

/// The ids of a user and of one of the user's sessions.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// The user.
    pub user_id: &'a str,
    /// The session.
    pub session_id: &'a str,
}

/// A transaction and the rows that it has locked, unchanged until it ends.
pub struct Held {
    transaction: DatabaseTransaction,
    users: Vec<User>,
    sessions: Vec<Session>,
}

impl Held {
    /// Locks the rows of these users and sessions.
    pub async fn lock(db: &Database, holders: &[Holder<'_>]) -> Result<Self, DbError> {
        let users = holders.iter().map(|holder| holder.user_id.to_owned());
        let sessions = holders.iter().map(|holder| holder.session_id);
        let (users, sessions) = (users.collect(), sessions.collect());
        Self::lock_rows(db.begin().await?, users, sessions).await
    }

    async fn lock_rows(
        transaction: DatabaseTransaction,
        users: Vec<String>,
        sessions: Vec<&str>,
    ) -> Result<Self, DbError> {
        let users = user::lock_all(&transaction, users).await?;
        let sessions = session::lock_all(&transaction, sessions).await?;
        Ok(Self {
            transaction,
            users,
            sessions,
        })
    }

    /// A locked user; `None` if no such user exists.
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// A locked session; `None` if no such session exists.
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The transaction, for statements that need no user's authorization.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Commits the transaction.
    pub async fn commit(self) -> Result<(), DbError> {
        commit(self.transaction).await
    }

    /// Whether the user is enabled and the session was not revoked.
    pub fn may_act(&self, holder: Holder<'_>) -> Result<(), SessionEnded> {
        let user = self.user(holder.user_id).ok_or(SessionEnded(None))?;
        let session = self.session(holder.session_id);
        let session = session.filter(|session| session.user_id == user.id);
        let session = session.ok_or(SessionEnded(None))?;
        if session.revoked_at.is_some() {
            let reason = session.revoke_reason.as_deref();
            return Err(SessionEnded(reason.and_then(RevocationReason::parse)));
        }
        if user.disabled_at.is_some() {
            return Err(SessionEnded(Some(RevocationReason::Disabled)));
        }
        Ok(())
    }

    /// The authorization of a user who may act.
    pub fn acting(self, holder: Holder<'_>) -> Result<ActingUser, SessionEnded> {
        self.may_act(holder)?;
        let user = self
            .user(holder.user_id)
            .cloned()
            .ok_or(SessionEnded(None))?;
        Ok(ActingUser { held: self, user })
    }

    /// The enabled administrators among the locked users.
    fn admins(&self) -> impl Iterator<Item = &User> {
        let enabled = self.users.iter().filter(|user| user.disabled_at.is_none());
        enabled.filter(|user| roles(user).contains(&Role::Admin))
    }
}

/// A user who may write to the own account in this transaction.
#[must_use]
pub struct ActingUser {
    held: Held,
    user: User,
}

impl ActingUser {
    /// Starts a transaction and checks again whether the user may act.
    pub async fn begin(db: &Database, holder: Holder<'_>) -> Result<Self, Denied> {
        Ok(Held::lock(db, &[holder]).await?.acting(holder)?)
    }

    /// The user's row, unchanged until the transaction ends.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The transaction.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.held.transaction
    }

    /// Commits the transaction.
    pub async fn commit(self) -> Result<(), DbError> {
        self.held.commit().await
    }
}

/// The author of a change to another user's account in this transaction: an administrator who still
/// has the role, or the operator, who has access to the database itself.
#[must_use]
pub struct ActingAdmin {
    held: Held,
    admin: Option<User>,
}

impl ActingAdmin {
    /// Starts a transaction, locks the target user and all administrators, and checks again whether
    /// the administrator may act.
    pub async fn begin(
        db: &Database,
        holder: Holder<'_>,
        target: &str,
    ) -> Result<Self, AdminDenied> {
        let ids = [holder.user_id, target];
        let held = Self::lock(db, &ids, vec![holder.session_id]).await?;
        let ActingUser { held, user } = held.acting(holder).map_err(Denied::from)?;
        if !has_permission(&roles(&user), Permission::ManageUsers) {
            return Err(AdminDenied::Forbidden);
        }
        let admin = Some(user);
        Ok(Self { held, admin })
    }

    /// The operator, for changes to the user `target`.
    pub async fn operator(db: &Database, target: &str) -> Result<Self, DbError> {
        let held = Self::lock(db, &[target], Vec::new()).await?;
        Ok(Self { held, admin: None })
    }

    async fn lock(db: &Database, ids: &[&str], sessions: Vec<&str>) -> Result<Held, DbError> {
        let transaction = db.begin().await?;
        // The administrators are found without a lock and checked again under it: one statement
        // locks all users, in order.
        let mut users = user::admins(&transaction).await?;
        users.extend(ids.iter().map(|id| (*id).to_owned()));
        Held::lock_rows(transaction, users, sessions).await
    }

    /// The administrator's id; `None` for the operator.
    pub fn id(&self) -> Option<&str> {
        self.admin.as_ref().map(|admin| admin.id.as_str())
    }

    /// A target user, unchanged until the transaction ends.
    pub fn target(&self, id: &str) -> Option<&User> {
        self.held.user(id)
    }

    /// Whether this user is the only enabled administrator.
    pub fn is_last_admin(&self, id: &str) -> bool {
        self.held.admins().all(|admin| admin.id == id) && self.held.admins().next().is_some()
    }

    /// The transaction.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.held.transaction
    }

    /// Commits the transaction.
    pub async fn commit(self) -> Result<(), DbError> {
        self.held.commit().await
    }
}

/// The authorization to revoke sessions.
#[derive(Clone, Copy)]
pub enum Authority<'a> {
    /// The user's own.
    User(&'a ActingUser),
    /// An administrator's or the operator's.
    Admin(&'a ActingAdmin),
    /// A rule that needs no user's authorization: token reuse, the session limit of a user, a
    /// sign-out with the session's own token, or the operator's revocation of many sessions.
    Rule(&'a DatabaseTransaction),
}

impl<'a> Authority<'a> {
    /// The transaction in which the authorization holds.
    pub fn transaction(self) -> &'a DatabaseTransaction {
        match self {
            Self::User(user) => user.transaction(),
            Self::Admin(admin) => admin.transaction(),
            Self::Rule(transaction) => transaction,
        }
    }

    /// The id of the administrator, if there is one.
    pub fn actor_id(self) -> Option<&'a str> {
        match self {
            Self::Admin(admin) => admin.id(),
            Self::User(_) | Self::Rule(_) => None,
        }
    }
}

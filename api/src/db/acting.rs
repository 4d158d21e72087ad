//! Writes on a user's behalf, and the right to them.
//!
//! A guard looks at an access token, and then the request waits: for a body, a hash, a connection, a
//! lock. Meanwhile the right may end. So whoever writes for a user needs an [`ActingUser`] or an
//! [`ActingAdmin`], and these are had only from a transaction that has locked and read the rows which
//! give the right. They hold the transaction, so there is no other to write in.
//!
//! All transactions lock in one order, so that no two wait for each other: users by ascending id, in
//! one statement; then sessions by ascending id; then other sessions of users that are locked.

use super::session::{self, Session};
use super::user::{self, User, roles};
use super::{Database, DatabaseTransaction, DbError, commit};
use shared::role::{Permission, Role, has_permission};
use shared::session::RevocationReason;
use thiserror::Error;

/// Why somebody whom the guard let in may not act any more.
#[derive(Debug, Error)]
pub enum Denied {
    /// The session was ended, or its user is disabled or gone.
    #[error("the session has ended")]
    Ended(Option<RevocationReason>),
    /// Not now.
    #[error(transparent)]
    Outage(#[from] DbError),
}

/// The session was ended, or its user is disabled or gone.
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
    /// They may not act at all.
    #[error(transparent)]
    User(#[from] Denied),
    /// They are no administrator any more.
    #[error("the permission was taken away")]
    Forbidden,
}

impl From<DbError> for AdminDenied {
    fn from(outage: DbError) -> Self {
        Self::User(outage.into())
    }
}

/// A user and a session of theirs, by id.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// The user.
    pub user_id: &'a str,
    /// The session.
    pub session_id: &'a str,
}

/// A transaction and the rows that it has locked, as they are until it ends.
pub struct Held {
    transaction: DatabaseTransaction,
    users: Vec<User>,
    sessions: Vec<Session>,
}

impl Held {
    /// Locks the rows of these holders.
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

    /// A user of those who were locked; `None` where there is none of that id.
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// A session of those that were locked; `None` where there is none of that id.
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The transaction, for what needs nobody's right.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Keeps what was changed.
    pub async fn commit(self) -> Result<(), DbError> {
        commit(self.transaction).await
    }

    /// Whether a user is enabled and their session was not ended.
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

    /// The right of a user who may act.
    pub fn acting(self, holder: Holder<'_>) -> Result<ActingUser, SessionEnded> {
        self.may_act(holder)?;
        let user = self
            .user(holder.user_id)
            .cloned()
            .ok_or(SessionEnded(None))?;
        Ok(ActingUser { held: self, user })
    }

    /// The enabled administrators among those who were locked.
    fn admins(&self) -> impl Iterator<Item = &User> {
        let enabled = self.users.iter().filter(|user| user.disabled_at.is_none());
        enabled.filter(|user| roles(user).contains(&Role::Admin))
    }
}

/// A user who may write on their own account in this transaction.
#[must_use]
pub struct ActingUser {
    held: Held,
    user: User,
}

impl ActingUser {
    /// Asks again, in a transaction that begins here, whether they may.
    pub async fn begin(db: &Database, holder: Holder<'_>) -> Result<Self, Denied> {
        Ok(Held::lock(db, &[holder]).await?.acting(holder)?)
    }

    /// Them, as they are until the transaction ends.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Their transaction.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.held.transaction
    }

    /// Keeps what was changed.
    pub async fn commit(self) -> Result<(), DbError> {
        self.held.commit().await
    }
}

/// Who changes another's account in this transaction: an administrator who still is one, or the
/// operator, who has the database itself.
#[must_use]
pub struct ActingAdmin {
    held: Held,
    admin: Option<User>,
}

impl ActingAdmin {
    /// Asks again, in a transaction that begins here, whether they may, and locks the user whom it is
    /// about and every administrator.
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

    /// The operator, about that user.
    pub async fn operator(db: &Database, target: &str) -> Result<Self, DbError> {
        let held = Self::lock(db, &[target], Vec::new()).await?;
        Ok(Self { held, admin: None })
    }

    async fn lock(db: &Database, ids: &[&str], sessions: Vec<&str>) -> Result<Held, DbError> {
        let transaction = db.begin().await?;
        // Found without a lock and judged with it: all users are locked by one statement, in order.
        let mut users = user::admins(&transaction).await?;
        users.extend(ids.iter().map(|id| (*id).to_owned()));
        Held::lock_rows(transaction, users, sessions).await
    }

    /// The administrator's id; `None` for the operator.
    pub fn id(&self) -> Option<&str> {
        self.admin.as_ref().map(|admin| admin.id.as_str())
    }

    /// A user whom it is about, as they are until the transaction ends.
    pub fn target(&self, id: &str) -> Option<&User> {
        self.held.user(id)
    }

    /// Whether nobody but that user could administer.
    pub fn is_last_admin(&self, id: &str) -> bool {
        self.held.admins().all(|admin| admin.id == id) && self.held.admins().next().is_some()
    }

    /// Their transaction.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.held.transaction
    }

    /// Keeps what was changed.
    pub async fn commit(self) -> Result<(), DbError> {
        self.held.commit().await
    }
}

/// By whose right sessions end.
#[derive(Clone, Copy)]
pub enum Authority<'a> {
    /// Their user's.
    User(&'a ActingUser),
    /// An administrator's, or the operator's.
    Admin(&'a ActingAdmin),
    /// By a rule that needs nobody's right: a spent token came again, a user has too many sessions, a
    /// session's own token signs it out, the operator ends many at once.
    Rule(&'a DatabaseTransaction),
}

impl<'a> Authority<'a> {
    /// The transaction in which it holds.
    pub fn transaction(self) -> &'a DatabaseTransaction {
        match self {
            Self::User(user) => user.transaction(),
            Self::Admin(admin) => admin.transaction(),
            Self::Rule(transaction) => transaction,
        }
    }

    /// The administrator, where it is one.
    pub fn actor_id(self) -> Option<&'a str> {
        match self {
            Self::Admin(admin) => admin.id(),
            Self::User(_) | Self::Rule(_) => None,
        }
    }
}

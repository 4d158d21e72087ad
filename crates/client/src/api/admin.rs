//! Looking after other people's accounts.

use super::ApiClient;
use super::authorized::AuthorizedEndpoint;
use crate::error::Error;
use crate::query::{add, read};
use shared::admin::{AdminUserView, UpdateUser, UserPage, UserSort};
use shared::endpoint;
use shared::event::{ActivitySeries, EventKind, EventPage};

const USERS: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::USERS);
const USER: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::USER);
const UPDATE_USER: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::UPDATE_USER);
const END_USER_SESSIONS: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::END_USER_SESSIONS);

const EVENTS: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::EVENTS);
const ACTIVITY: AuthorizedEndpoint = AuthorizedEndpoint::new(&endpoint::ACTIVITY);

/// Which people to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserSearch {
    /// How the name begins; empty finds everybody.
    pub search: String,
    /// In which order.
    pub order: UserSort,
    /// Where the page before ended.
    pub after: Option<String>,
    /// How many at most.
    pub limit: Option<u32>,
}

impl UserSearch {
    /// The search that a query string asks for; what it does not understand is left out.
    pub fn of(query: &str) -> Self {
        let order = read(query, "sort").and_then(|word| UserSort::parse(&word));
        Self {
            search: read(query, "search").unwrap_or_default(),
            order: order.unwrap_or_default(),
            after: read(query, "after"),
            limit: read(query, "limit").and_then(|limit| limit.parse().ok()),
        }
    }

    /// The query string, with its question mark; empty where nothing is asked for.
    pub fn query(&self) -> String {
        let mut query = String::new();
        add(&mut query, "search", &self.search);
        let order = Some(self.order).filter(|order| *order != UserSort::default());
        add(&mut query, "sort", order.map_or("", UserSort::as_str));
        add(&mut query, "after", self.after.as_deref().unwrap_or(""));
        let limit = self.limit.map(|limit| limit.to_string());
        add(&mut query, "limit", limit.as_deref().unwrap_or(""));
        query
    }
}

/// Which events to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventSearch {
    /// About that person, by id.
    pub user: Option<String>,
    /// Of that kind.
    pub kind: Option<EventKind>,
    /// Where the page before ended.
    pub before: Option<String>,
}

impl EventSearch {
    /// The search that a query string asks for; what it does not understand is left out.
    pub fn of(query: &str) -> Self {
        Self {
            user: read(query, "user"),
            kind: read(query, "kind").and_then(|word| EventKind::parse(&word)),
            before: read(query, "before"),
        }
    }

    /// The query string, with its question mark; empty where nothing is asked for.
    pub fn query(&self) -> String {
        let mut query = String::new();
        add(&mut query, "user", self.user.as_deref().unwrap_or(""));
        add(&mut query, "kind", self.kind.map_or("", EventKind::as_str));
        add(&mut query, "before", self.before.as_deref().unwrap_or(""));
        query
    }
}

impl ApiClient {
    /// A page of what happened, the newest first.
    pub async fn events(&self, search: &EventSearch) -> Result<EventPage, Error> {
        self.fetch(EVENTS.call().query(&search.query())).await
    }

    /// How much happened lately.
    pub async fn activity(&self) -> Result<ActivitySeries, Error> {
        self.fetch(ACTIVITY.call()).await
    }

    /// A page of people.
    pub async fn users(&self, search: &UserSearch) -> Result<UserPage, Error> {
        self.fetch(USERS.call().query(&search.query())).await
    }

    /// One person.
    pub async fn user(&self, id: &str) -> Result<AdminUserView, Error> {
        self.fetch(USER.call_with_id(id)).await
    }

    /// Changes a person's roles, or disables them.
    pub async fn update_user(&self, id: &str, change: &UpdateUser) -> Result<AdminUserView, Error> {
        self.fetch(UPDATE_USER.call_with_id(id).json(change)).await
    }

    /// Ends all of a person's sessions.
    pub async fn end_user_sessions(&self, id: &str) -> Result<(), Error> {
        self.execute(END_USER_SESSIONS.call_with_id(id)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_escaped() {
        let search = UserSearch {
            search: "a&b=ü".to_owned(),
            order: UserSort::Newest,
            after: Some("bob".to_owned()),
            limit: Some(20),
        };
        assert_eq!(
            search.query(),
            "?search=a%26b%3D%C3%BC&sort=-created_at&after=bob&limit=20"
        );
        assert_eq!(UserSearch::of(&search.query()), search);
        assert_eq!(UserSearch::default().query(), "");
    }

    #[test]
    fn a_search_is_read_from_its_query() {
        let search = EventSearch {
            user: Some("0b9".to_owned()),
            kind: Some(EventKind::SignedIn),
            before: Some("17".to_owned()),
        };
        assert_eq!(EventSearch::of(&search.query()), search);
        let unknown = "?kind=nonsense&sort=up&limit=x&search=";
        assert_eq!(EventSearch::of(unknown), EventSearch::default());
        assert_eq!(UserSearch::of(unknown), UserSearch::default());
    }
}

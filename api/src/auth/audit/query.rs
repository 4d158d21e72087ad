//! Queries on the audit log.

use crate::AppState;
use crate::auth::session::issue::millis_to_secs;
use crate::db::event::{self, Cursor, Event as Row, EventFilter};
use crate::db::{DbError, session, user};
use protocol::Millis;
use shared::claims::AccessClaims;
use shared::event::{ActivityBucket, ActivitySeries, Event, EventKind, EventPage};
use shared::session::RevocationReason;
use shared::text;
use std::collections::HashMap;

/// A day is counted in hours, a longer range in days.
const HOUR: Millis = Millis::from_secs(3_600);
const DAY: Millis = Millis::from_secs(86_400);

/// The events of one of the user's own sessions; `None` if the user has no such session.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn session_events(
    app: &AppState,
    claims: &AccessClaims,
    session_id: &str,
    (before, limit): (Option<Cursor>, u32),
) -> Result<Option<EventPage>, DbError> {
    let found = session::find(&app.db, session_id).await?;
    if found.is_none_or(|(session, _)| session.user_id != claims.sub) {
        return Ok(None);
    }
    let which = EventFilter {
        session_id: Some(session_id),
        user_id: Some(&claims.sub),
        before,
        kind: None,
    };
    let (rows, next) = page(app, &which, limit).await?;
    let own = rows.into_iter().map(|row| without_actor(row, &claims.sub));
    let events = own.filter_map(|row| to_event(row, &HashMap::new()));
    Ok(Some(EventPage {
        events: events.collect(),
        next,
    }))
}

/// Hides the client of events that another user caused.
fn without_actor(row: Row, user_id: &str) -> Row {
    if row.actor_id.as_deref().is_none_or(|actor| actor == user_id) {
        return row;
    }
    Row {
        ip: None,
        user_agent: None,
        ..row
    }
}

/// The filter of an administrator's search.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Events about the user with this id.
    pub user_id: Option<String>,
    /// Events of this kind.
    pub kind: Option<EventKind>,
    /// Events before this cursor.
    pub before: Option<Cursor>,
}

/// Events of all users, with their usernames.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn all_events(app: &AppState, search: &Search, limit: u32) -> Result<EventPage, DbError> {
    let which = EventFilter {
        session_id: None,
        user_id: search.user_id.as_deref(),
        kind: search.kind,
        before: search.before,
    };
    let (rows, next) = page(app, &which, limit).await?;
    let ids = rows.iter().flat_map(|row| [&row.user_id, &row.actor_id]);
    let mut ids: Vec<&str> = ids.flatten().map(String::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = user::usernames_by_id(&app.db, &ids).await?;
    let events = rows.into_iter().filter_map(|row| to_event(row, &names));
    Ok(EventPage {
        events: events.collect(),
        next,
    })
}

/// Counts the events of the last days, including the current hour or day.
///
/// # Errors
/// [`DbError`] if the database query fails.
pub async fn activity(app: &AppState, days: u32) -> Result<ActivitySeries, DbError> {
    app.journal.flush(&app.db).await?;
    let step = if days == 1 { HOUR } else { DAY };
    let stretches = if days == 1 { 24 } else { u64::from(days) };
    let last = app.clock.now().0 / step.0;
    let first = (last + 1).saturating_sub(stretches);
    let mut found: Vec<_> = (first..=last)
        .map(|stretch| ActivityBucket {
            from: Millis(stretch * step.0).as_secs(),
            ..ActivityBucket::default()
        })
        .collect();
    for count in event::count(&app.db, Millis(first * step.0), step).await? {
        let place = count.stretch.checked_sub(first);
        let place = place.and_then(|place| usize::try_from(place).ok());
        if let Some(activity) = place.and_then(|place| found.get_mut(place)) {
            add(activity, &count);
        }
    }
    Ok(ActivitySeries {
        step: step.as_secs(),
        stretches: found,
    })
}

fn add(activity: &mut ActivityBucket, count: &event::Count) {
    match (count.kind, count.reason) {
        (Some(EventKind::SignedIn), _) => activity.signed_in += count.times,
        (Some(EventKind::SignInFailed), _) => activity.failed += count.times,
        (Some(EventKind::Refreshed), _) => activity.refreshed += count.times,
        (Some(EventKind::SessionRevoked), Some(RevocationReason::TokenReuse)) => {
            activity.reused += count.times;
        }
        _ => {}
    }
}

async fn page(
    app: &AppState,
    which: &EventFilter<'_>,
    limit: u32,
) -> Result<(Vec<Row>, Option<String>), DbError> {
    // So that the result includes the events up to now.
    app.journal.flush(&app.db).await?;
    // One row more than the page holds shows whether a next page exists.
    let mut rows = event::page(&app.db, which, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| format!("{}-{}", row.at, row.id));
    Ok((rows, next))
}

/// A row as an event of the API; `None` if its kind is not known any more.
fn to_event(row: Row, names: &HashMap<String, String>) -> Option<Event> {
    let name = |id: Option<String>| id.and_then(|id| names.get(&id).cloned());
    Some(Event {
        id: row.id.unsigned_abs(),
        at: millis_to_secs(row.at),
        kind: EventKind::parse(&row.kind)?,
        reason: row.reason.as_deref().and_then(RevocationReason::parse),
        session: row.session_id,
        username: name(row.user_id),
        by: name(row.actor_id),
        ip: row.ip,
        user_agent: row.user_agent.map(text::strip),
    })
}

/// Parses the cursor in the `next` field of a page.
pub fn parse_cursor(next: &str) -> Option<Cursor> {
    let (at, id) = next.split_once('-')?;
    let number = |digits: &str| {
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| plain)
    };
    Some(Cursor {
        at: number(at)?,
        id: number(id)?,
    })
}

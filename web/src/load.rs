//! What a page reads from the API when it is shown.

use crate::session::{Session, use_client, use_outage, use_session};
use client::{ApiClient, Error};
use gloo_timers::callback::Timeout;
use shared::code::ErrorCode;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How far it is.
pub enum Load<T> {
    Loading,
    Ready(Rc<T>),
    Failed(Error),
}

// By hand: a derive would want `T: Clone`.
impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(value.clone()),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

/// What was read, and the way to read it again.
pub struct Loaded<T, Q> {
    pub now: Load<T>,
    /// The question that it answers, which may be the one before the latest.
    pub of: Q,
    pub again: Callback<()>,
}

/// What came of the latest read.
struct Came<T, Q> {
    now: Load<T>,
    of: Q,
    /// How often in a row it failed because of an outage.
    outages: u32,
}

impl<T, Q: PartialEq + Clone> Came<T, Q> {
    /// After an answer. In an outage, what is there stays, if it answers the same question.
    fn next(&self, question: Q, answer: Result<T, Error>) -> Self {
        let outages = match &answer {
            Err(error) if is_outage(error) => self.outages + 1,
            _ => 0,
        };
        let now = match answer {
            Ok(value) => Load::Ready(Rc::new(value)),
            Err(_) if outages > 0 && self.of == question && matches!(self.now, Load::Ready(_)) => {
                self.now.clone()
            }
            Err(error) => Load::Failed(error),
        };
        Self {
            now,
            of: question,
            outages,
        }
    }
}

/// Whether the banner tells of it, and trying again is all that one can do. An error of the server
/// itself is told where it occurred, with what to quote.
pub fn is_outage(error: &Error) -> bool {
    matches!(error, Error::Network | Error::Foreign { .. })
        || error.code() == Some(ErrorCode::Unavailable)
}

/// Reads when the page is shown, and again when the question changes. What is there stays on the
/// page until the next answer takes its place. What fails because of an outage is read again by
/// itself.
#[hook]
pub fn use_load<T, Q, F>(question: Q, read: F) -> Loaded<T, Q>
where
    T: 'static,
    Q: PartialEq + Clone + 'static,
    F: AsyncFn(ApiClient, Q) -> Result<T, Error> + 'static,
{
    let api = use_client().api();
    let came = use_state(|| {
        Rc::new(Came {
            now: Load::Loading,
            of: question.clone(),
            outages: 0,
        })
    });
    let round = use_state(|| 0_u32);
    // The newest answer, for reads that were begun before it came.
    let latest = use_mut_ref(|| (*came).clone());
    let set = came.setter();
    use_effect_with((question, *round), move |(question, _)| {
        let question = question.clone();
        let wanted = Rc::new(Cell::new(true));
        let still = wanted.clone();
        spawn_local(async move {
            let answer = read(api, question.clone()).await;
            if still.get() {
                let next = Rc::new(latest.borrow().next(question, answer));
                latest.replace(next.clone());
                set.set(next);
            }
        });
        move || wanted.set(false)
    });
    let count = use_memo((), |()| Cell::new(0));
    // Whoever kept this from an earlier rendering starts another round, too.
    let again = Callback::from(move |()| {
        count.set(count.get() + 1);
        round.set(count.get());
    });
    let failed = came.outages > 0 || matches!(came.now, Load::Failed(_));
    use_reload(failed, came.outages, again.clone());
    let (now, of) = (came.now.clone(), came.of.clone());
    Loaded { now, of, again }
}

/// Reads again what failed: after a while in an outage, and at once when the client has found its
/// way back to the server.
#[hook]
fn use_reload(failed: bool, outages: u32, again: Callback<()>) {
    let outage = use_outage();
    let cut_off = match use_session() {
        Session::Here(person) => person.offline,
        Session::Rejected(..) => true,
        _ => false,
    };
    let was_cut_off = use_mut_ref(|| false);
    // Not when a try begins: only its answer sets the next timer, however long it takes.
    use_effect_with((failed, outages, cut_off), move |_| {
        let back = was_cut_off.replace(cut_off) && !cut_off;
        let waiting = (outages > 0).then(|| outage.wait(again.clone()));
        let wait = if failed && back { 0 } else { pause(outages) };
        let due = failed && !cut_off && (back || outages > 0);
        let timer = due.then(|| Timeout::new(wait, move || again.emit(())));
        move || drop((waiting, timer))
    });
}

/// Milliseconds until the next try after so many outages: doubling from two seconds to a minute.
fn pause(outages: u32) -> u32 {
    (1000 << outages.min(6)).min(60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Came<u8, u8> {
        Came {
            now: Load::Loading,
            of: 1,
            outages: 0,
        }
        .next(1, Ok(7))
    }

    #[test]
    fn an_outage_takes_nothing_off_the_page() {
        let came = ready().next(1, Err(Error::Network));
        assert_eq!(came.outages, 1);
        assert!(matches!(&came.now, Load::Ready(value) if **value == 7));
        let came = came.next(1, Err(Error::Foreign { status: 502 }));
        assert_eq!(came.outages, 2);
        let came = came.next(1, Ok(8));
        assert_eq!(came.outages, 0);
        assert!(matches!(&came.now, Load::Ready(value) if **value == 8));
    }

    #[test]
    fn an_old_answer_does_not_stand_in_for_another_question() {
        let came = ready().next(2, Err(Error::Network));
        assert!(matches!(came.now, Load::Failed(_)));
        assert_eq!((came.of, came.outages), (2, 1));
    }

    #[test]
    fn what_the_server_refused_is_told_and_not_tried_again() {
        let came = ready().next(1, Err(Error::SignedOut));
        assert!(matches!(came.now, Load::Failed(_)));
        assert_eq!(came.outages, 0);
    }

    #[test]
    fn tries_get_rarer() {
        assert_eq!(
            [1, 2, 5, 6, 40].map(pause),
            [2000, 4000, 32_000, 60_000, 60_000]
        );
    }
}

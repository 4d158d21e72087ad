//! What a page reads from the API when it is shown.

use crate::browser::window;
use crate::session::{Session, use_client, use_session};
use client::{ApiClient, Error, LocalFuture, ServerWait};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use shared::error_code::ErrorCode;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How far it is.
pub enum Load<T: ?Sized> {
    Loading,
    Ready(Rc<T>),
    Failed(Error),
}

// By hand: a derive would want `T: Clone`.
impl<T: ?Sized> Clone for Load<T> {
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

/// Whether the banner tells of it, and trying again is all that one can do. An error of the server
/// itself is told where it occurred, with what to quote.
pub fn is_outage(error: &Error) -> bool {
    matches!(error, Error::Network | Error::UnexpectedResponse { .. })
        || error.code() == Some(ErrorCode::Unavailable)
}

/// How the latest read ended.
#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Good,
    Refused,
    /// For the so manieth time in a row.
    Outage(u32),
}

impl Outcome {
    fn after(self, error: Option<&Error>) -> Self {
        match (error, self) {
            (None, _) => Self::Good,
            (Some(error), _) if !is_outage(error) => Self::Refused,
            (Some(_), Self::Outage(times)) => Self::Outage(times + 1),
            (Some(_), _) => Self::Outage(1),
        }
    }
}

/// Reads when the page is shown, and again when the question changes. What is there stays on the
/// page until the next answer takes its place, and in an outage, where it answers the same
/// question. What fails because of an outage is read again by itself.
#[hook]
pub fn use_load<T, Q, F>(question: Q, read: F) -> Loaded<T, Q>
where
    T: 'static,
    Q: PartialEq + Clone + 'static,
    F: AsyncFn(ApiClient, Q) -> Result<T, Error> + 'static,
{
    let asked = use_mut_ref(|| Rc::new(question.clone()));
    let number = use_mut_ref(|| 0_u32);
    if **asked.borrow() != question {
        asked.replace(Rc::new(question.clone()));
        number.replace_with(|number| *number + 1);
    }
    let asked = Asked {
        number: *number.borrow(),
        question: asked.borrow().clone(),
    };
    let read = move |api: ApiClient| -> LocalFuture<Result<Rc<dyn Any>, Error>> {
        Box::pin(async move {
            let answer = read(api, question).await;
            answer.map(|value| Rc::new(value) as Rc<dyn Any>)
        })
    };
    let (now, of, again) = use_any_load(asked, Box::new(read));
    let now = match now {
        Load::Loading => Load::Loading,
        Load::Ready(value) => Load::Ready(value.downcast().expect("BUG: it was read as this")),
        Load::Failed(error) => Load::Failed(error),
    };
    let of = of.downcast::<Q>().expect("BUG: it was asked as this");
    let of = (*of).clone();
    Loaded { now, of, again }
}

/// A question and its number among those that were asked on one page.
#[derive(Clone)]
struct Asked {
    number: u32,
    question: Rc<dyn Any>,
}

type Read = Box<dyn FnOnce(ApiClient) -> LocalFuture<Result<Rc<dyn Any>, Error>>>;

/// As [`use_load`], once for all kinds of questions and answers: each kind of its own would add some
/// kilobytes to the app.
#[hook]
fn use_any_load(asked: Asked, read: Read) -> (Load<dyn Any>, Rc<dyn Any>, Callback<()>) {
    let api = use_client().api();
    let came = use_state(|| (Load::Loading, asked.clone()));
    let (round, again, ended) = use_rounds();
    let set = came.setter();
    // What this read starts from; where another begins meanwhile, nobody wants this one's answer.
    let stays = came.1.number == asked.number && matches!(came.0, Load::Ready(_));
    use_effect_with((asked.number, round), move |_| {
        let wanted = Rc::new(Cell::new(true));
        let still = wanted.clone();
        spawn_local(async move {
            let answer = read(api).await;
            if !still.get() {
                return;
            }
            ended.emit(answer.as_ref().err().cloned());
            match answer {
                Ok(value) => set.set((Load::Ready(value), asked)),
                Err(error) if stays && is_outage(&error) => {}
                Err(error) => set.set((Load::Failed(error), asked)),
            }
        });
        move || wanted.set(false)
    });
    let (now, of) = (*came).clone();
    (now, of.question, again)
}

/// Which read it is, the way to the next one, and where to tell how it ended. What failed is read
/// again when the network returns, when the client has found its way back to the server, and, in an
/// outage, after a while. One for all kinds of what is read.
#[hook]
fn use_rounds() -> (u32, Callback<()>, Callback<Option<Error>>) {
    let client = use_client();
    let cut_off = match use_session() {
        Session::Here(person) => person.offline,
        Session::Rejected(..) => true,
        _ => false,
    };
    let round = use_state(|| 0_u32);
    // Shared with reads that end later than the rendering that began them.
    let outcome = use_mut_ref(|| Outcome::Good);
    let shown = use_state(|| Outcome::Good);
    let was_cut_off = use_mut_ref(|| false);
    let waits = use_mut_ref(|| None::<ServerWait>);
    let (next, now) = (round.setter(), *round);
    let count = use_memo((), |()| Cell::new(0));
    // Whoever kept this from an earlier rendering starts another round, too.
    let again = Callback::from(move |()| {
        count.set(count.get() + 1);
        next.set(count.get());
    });
    let retry = again.clone();
    // Not when a read begins: only its end sets the next timer, however long it takes.
    use_effect_with((*shown, cut_off), move |&(shown, cut_off)| {
        let back = was_cut_off.replace(cut_off) && !cut_off;
        let failed = shown != Outcome::Good;
        let pause = match shown {
            _ if failed && back => Some(0),
            Outcome::Outage(times) => Some(pause(times)),
            Outcome::Good | Outcome::Refused => None,
        };
        // The next one before the last one goes: nothing is to look reachable in between.
        let waiting = matches!(shown, Outcome::Outage(_)).then(|| client.wait_for_server());
        drop(waits.replace(waiting));
        let later = retry.clone();
        let timer = pause.map(|pause| Timeout::new(pause, move || later.emit(())));
        let online =
            failed.then(|| EventListener::new(&window(), "online", move |_| retry.emit(())));
        move || drop((timer, online))
    });
    let set = shown.setter();
    let ended = Callback::from(move |error: Option<Error>| {
        let next = outcome.borrow().after(error.as_ref());
        outcome.replace(next);
        set.set(next);
    });
    (now, again, ended)
}

/// Milliseconds until the next try after so many outages: doubling from two seconds to a minute.
fn pause(outages: u32) -> u32 {
    (1000 << outages.min(6)).min(60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outages_in_a_row_are_counted_and_what_is_refused_is_none() {
        let first = Outcome::Good.after(Some(&Error::Network));
        assert!(first == Outcome::Outage(1));
        let second = first.after(Some(&Error::UnexpectedResponse { status: 502 }));
        assert!(second == Outcome::Outage(2));
        assert!(second.after(Some(&Error::SignedOut)) == Outcome::Refused);
        assert!(second.after(None) == Outcome::Good);
    }

    #[test]
    fn tries_get_rarer() {
        let pauses = [1, 2, 5, 6, 40].map(pause);
        assert_eq!(pauses, [2000, 4000, 32_000, 60_000, 60_000]);
    }
}

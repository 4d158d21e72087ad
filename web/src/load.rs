//! What a page reads from the API when it is shown.

use crate::session::use_client;
use client::{ApiClient, Error};
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

/// Reads when the page is shown, and again when the question changes. What is there stays on the
/// page until the next answer takes its place.
#[hook]
pub fn use_load<T, Q, F>(question: Q, read: F) -> Loaded<T, Q>
where
    T: 'static,
    Q: PartialEq + Clone + 'static,
    F: AsyncFn(ApiClient, Q) -> Result<T, Error> + 'static,
{
    let api = use_client().api();
    let came = use_state(|| (Load::Loading, question.clone()));
    let round = use_state(|| 0_u32);
    let set = came.setter();
    use_effect_with((question, *round), move |(question, _)| {
        let question = question.clone();
        let wanted = Rc::new(Cell::new(true));
        let still = wanted.clone();
        spawn_local(async move {
            let now = match read(api, question.clone()).await {
                Ok(value) => Load::Ready(Rc::new(value)),
                Err(error) => Load::Failed(error),
            };
            if still.get() {
                set.set((now, question));
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
    let (now, of) = (*came).clone();
    Loaded { now, of, again }
}

//! Whether both sides are up. Each is asked until it says yes and then no more: the API writes a line
//! for every request, which would drown what the first build says for minutes.

const OK: Option<u16> = Some(200);

/// What was seen so far.
#[derive(Default)]
pub struct Up {
    api: bool,
    web: bool,
    both: bool,
}

impl Up {
    /// Looks once more; true the first time that the app, the API and the way from one to the other
    /// are there.
    pub fn has_just_come(
        &mut self,
        (port, api_port): (u16, u16),
        status: impl Fn(u16, &str) -> Option<u16>,
    ) -> bool {
        self.api = self.api || status(api_port, "/readyz") == OK;
        // Trunk answers this itself, once it has built the app.
        self.web = self.web || status(port, "/") == OK;
        if self.both || !self.api || !self.web {
            return false;
        }
        self.both = status(port, "/readyz") == OK;
        self.both
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn the_api_is_asked_until_it_is_ready_and_once_through_the_proxy() {
        let asked = RefCell::new(Vec::new());
        let mut up = Up::default();
        let mut look = |is_up: [bool; 2]| {
            up.has_just_come((80, 8), |port, path| {
                asked.borrow_mut().push(format!("{port}{path}"));
                is_up[usize::from(port == 80)].then_some(200)
            })
        };
        for _ in 0..2 {
            assert!(!look([false, false]));
        }
        for _ in 0..100 {
            assert!(!look([true, false]), "trunk builds");
        }
        assert!(look([true, true]));
        assert!(!look([true, true]), "it is announced once");
        let asked = asked.into_inner();
        let of_api = asked.iter().filter(|one| one.ends_with("/readyz"));
        assert_eq!(
            of_api.count(),
            4,
            "twice in vain, then of it and of the proxy"
        );
    }
}

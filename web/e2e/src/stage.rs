//! How a journey's servers are set up.

/// Who stands before the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Front {
    /// Nobody: the one binary serves the built app too.
    Itself,
    /// Trunk, with its proxy, as in development.
    Trunk,
}

/// How a journey's servers are set up.
#[derive(Clone, Debug)]
pub struct Stage {
    pub(crate) front: Front,
    pub(crate) settings: Vec<(&'static str, &'static str)>,
}

impl Stage {
    /// One process on one port is the whole product.
    pub fn one_binary() -> Self {
        Self {
            front: Front::Itself,
            settings: Vec::new(),
        }
    }

    /// As in development: `trunk serve`, and the API behind its proxy.
    pub fn trunk() -> Self {
        Self {
            front: Front::Trunk,
            settings: Vec::new(),
        }
    }

    /// With that variable of the API.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.settings.push((name, value));
        self
    }
}

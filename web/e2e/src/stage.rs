//! How a journey's servers are set up.

/// Who stands before the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Front {
    /// Nobody: the one binary serves the built app too.
    Itself,
    /// The one binary, behind what can go wrong on the way.
    Weather,
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

    /// The one binary, and between it and the browsers a network that a journey makes fail.
    pub fn in_weather() -> Self {
        Self {
            front: Front::Weather,
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

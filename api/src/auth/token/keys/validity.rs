use protocol::Millis;
use shared::claims::ACCESS_TOKEN_MAX_TTL;

/// The maximum lifetime of an access token, and a minute for clock differences.
pub const MAX_TOKEN_LIFETIME: Millis = Millis::from_secs(ACCESS_TOKEN_MAX_TTL + 60);

/// When a key signs and verifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// From then on it may sign.
    pub signs_from: Millis,
    /// From then on it does not verify; `None` while it has no successor.
    pub verifies_until: Option<Millis>,
}

impl Validity {
    /// The same validity, but ending at `end` at the latest.
    #[must_use]
    pub fn ending_by(self, end: Millis) -> Self {
        let verifies_until = Some(self.verifies_until.map_or(end, |until| until.min(end)));
        Self {
            verifies_until,
            ..self
        }
    }

    /// Whether its tokens are accepted.
    pub fn verifies(&self, now: Millis) -> bool {
        self.verifies_until.is_none_or(|until| now < until)
    }

    /// Whether a token that is signed now is accepted until it expires.
    pub fn outlives_a_token(&self, now: Millis) -> bool {
        let end = now + Millis::from_secs(ACCESS_TOKEN_MAX_TTL);
        self.verifies_until.is_none_or(|until| end <= until)
    }
}

//! Time in the model: a handful of ticks of one second each.

use protocol::Millis;

/// A point in time or a length of time.
pub type Tick = u8;

/// A time that no run reaches.
pub const NEVER: Tick = 100;

/// In the protocol's unit.
pub fn millis(ticks: Tick) -> Millis {
    Millis::from_secs(u64::from(ticks))
}

/// In the model's unit, as soon as that time has come.
pub fn ticks(millis: Millis) -> Tick {
    Tick::try_from(millis.0.div_ceil(1000)).unwrap_or(NEVER)
}

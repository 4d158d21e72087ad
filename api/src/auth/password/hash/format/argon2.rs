use super::{MIN_HASH_LEN, UnsupportedHash};
use crate::config::HashCost;
use argon2_rust::decode_phc;

/// One gibibyte.
const MEMORY_KIB_MAX: u64 = 1024 * 1024;
/// Memory times passes: about two seconds of one core.
const WORK_KIB_MAX: u64 = 4 * MEMORY_KIB_MAX;
/// Each lane may be a thread.
const LANES_MAX: u32 = 16;

/// Returns the string if its cost is bounded. The cost of our own hashes is always accepted.
pub(super) fn check<'a>(text: &'a str, ours: &HashCost) -> Result<&'a str, UnsupportedHash> {
    let decoded = decode_phc(text).map_err(|_| UnsupportedHash::UnknownFormat)?;
    // A hash with associated data could never match here.
    if decoded.hash.len() < MIN_HASH_LEN || !decoded.ad.is_empty() {
        return Err(UnsupportedHash::UnknownFormat);
    }
    let our_memory = u64::from(ours.memory_kib);
    let our_work = our_memory * u64::from(ours.iterations);
    let memory = u64::from(decoded.params.memory_kib());
    let work = memory * u64::from(decoded.params.passes());
    let bounded = memory <= MEMORY_KIB_MAX.max(our_memory)
        && work <= WORK_KIB_MAX.max(our_work)
        && decoded.params.lanes() <= LANES_MAX;
    bounded.then_some(text).ok_or(UnsupportedHash::TooExpensive)
}

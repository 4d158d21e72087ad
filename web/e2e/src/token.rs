//! What the stage can read from a refresh token, which is opaque to everybody but the API.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Version and session stand before the generation.
const GENERATION: std::ops::Range<usize> = 17..21;

/// Which token of its session it is.
pub(crate) fn generation(token: &str) -> u32 {
    let bytes = URL_SAFE_NO_PAD.decode(token).expect("it is base64url");
    let generation = bytes[GENERATION].try_into();
    u32::from_be_bytes(generation.expect("BUG: it is four bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generation_is_behind_version_and_session() {
        let bytes = [&[1; 17][..], &[0, 0, 1, 2], &[9; 32]].concat();
        assert_eq!(generation(&URL_SAFE_NO_PAD.encode(bytes)), 258);
    }
}

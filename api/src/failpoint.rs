//! Where a test makes the process die as by `kill -9`. Built with the feature `failpoints` alone,
//! which nothing that is shipped turns on; without it nothing of this is left.

/// Dies here, if the test says so.
#[cfg(feature = "failpoints")]
pub(crate) fn hit(name: &str) {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test says where to die, and nothing else is built with this"
    )]
    let wanted = std::env::var("FAILPOINT");
    if wanted.is_ok_and(|wanted| wanted == name) {
        // No unwinding, no buffers written, no goodbye: to the database it is a kill -9.
        std::process::abort();
    }
}

/// Nothing.
#[cfg(not(feature = "failpoints"))]
pub(crate) const fn hit(_name: &str) {}

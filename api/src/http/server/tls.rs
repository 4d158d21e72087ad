//! TLS of our own, for those who have no proxy in front. How its handshakes are bounded is the
//! server's affair.

mod certificate;

pub use certificate::Certificate;

//! Ports that stay the same when what listens there is started again. The kernel's own choice is
//! made elsewhere, so that no outgoing connection takes one meanwhile (`ip_local_port_range`).

use std::net::TcpListener;
use std::ops::Range;
use std::sync::atomic::{AtomicU16, Ordering};

const OURS: Range<u16> = 20_000..30_000;

/// A port of loopback where nobody listens, and no other story will.
pub fn fresh() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Runs beside this one begin elsewhere.
    let begin = std::process::id() * 37;
    loop {
        let offset = begin + u32::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = OURS.start + u16::try_from(offset % 10_000).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

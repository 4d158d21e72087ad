//! What the system says of this process.

use std::fs;

/// The memory that it holds, in bytes; `None` where the system does not say.
pub fn resident() -> Option<u64> {
    parse(&fs::read_to_string("/proc/self/status").ok()?)
}

fn parse(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resident_set_is_read() {
        let status = "Name:\tapi\nVmRSS:\t   16384 kB\nThreads:\t3\n";
        assert_eq!(parse(status), Some(16 * 1024 * 1024));
        assert_eq!(parse("Name:\tapi\n"), None);
    }
}

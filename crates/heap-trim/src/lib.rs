//! Returns free heap memory to the operating system.
//!
//! glibc returns freed memory by itself only from the top of a heap. After a peak of many small
//! buffers, one that is still in use keeps all free memory below it resident.

/// Returns the free pages of every heap to the system: `malloc_trim(0)` of glibc. Takes the lock of
/// each heap in turn, for up to some tens of milliseconds after a large peak.
/// Does nothing where the C library is another one.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(
    unsafe_code,
    reason = "a C function without a safe wrapper in a maintained crate"
)]
pub fn release() {
    // SAFETY: `malloc_trim` takes no pointer, is thread-safe (malloc_trim(3), "MT-Safe") and leaves
    // memory that is in use alone.
    unsafe { libc::malloc_trim(0) };
}

/// Does nothing: the C library has no such function.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn release() {}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::release;

    fn resident_kib() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let value = line.and_then(|line| line.split_whitespace().nth(1));
        value
            .and_then(|value| value.parse().ok())
            .expect("a number")
    }

    #[test]
    fn memory_below_a_buffer_in_use_is_returned() {
        let buffers: Vec<Vec<u8>> = (0..2_000).map(|_| vec![1; 16 * 1024]).collect();
        let in_use = vec![1_u8; 16 * 1024];
        drop(buffers);
        let kept = resident_kib();
        release();
        let returned = kept.saturating_sub(resident_kib());
        assert!(returned > 16 * 1024, "{returned} KiB of {kept}");
        assert_eq!(in_use.len(), 16 * 1024);
    }
}

/// What a hash costs, and how many are made at once.
#[derive(Clone, Copy, Debug)]
pub struct HashCost {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub iterations: u32,
    /// Hashes at once.
    pub parallelism: usize,
    /// Hashes that may wait for their turn.
    pub queue: usize,
}

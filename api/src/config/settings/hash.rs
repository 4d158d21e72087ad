use super::value::number;
use crate::config::HashCost;
use crate::config::{ConfigErrors, Faults};
use clap::Args;

/// What a password hash costs, and how many are made at once.
#[derive(Args)]
pub struct HashSettings {
    /// Memory of one argon2id hash, in KiB
    #[arg(
        long,
        env = "ARGON2_MEMORY_KIB",
        hide_env_values = true,
        default_value = "19456"
    )]
    argon2_memory_kib: String,
    /// Passes of one argon2id hash
    #[arg(
        long,
        env = "ARGON2_ITERATIONS",
        hide_env_values = true,
        default_value = "2"
    )]
    argon2_iterations: String,
    /// Hashes at once; by default all cores but one
    #[arg(long, env = "HASH_PARALLELISM", hide_env_values = true)]
    hash_parallelism: Option<String>,
    /// Hashes that may wait; more are answered 503
    #[arg(long, env = "HASH_QUEUE", hide_env_values = true, default_value = "64")]
    hash_queue: String,
}

impl HashSettings {
    /// Checks the numbers. The floor is OWASP's smallest advice for argon2id: 7 MiB.
    pub fn check(&self) -> Result<HashCost, ConfigErrors> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut faults = Faults::default();
        let mut count =
            |variable, value: &str, range| faults.take_or_default(number(variable, value, range));
        let cost = HashCost {
            memory_kib: count(
                "ARGON2_MEMORY_KIB",
                &self.argon2_memory_kib,
                7_168..=4_194_304,
            ),
            iterations: count("ARGON2_ITERATIONS", &self.argon2_iterations, 1..=100),
            parallelism: match self.hash_parallelism.as_deref() {
                Some(value) => count("HASH_PARALLELISM", value, 1..=1024) as usize,
                None => cores.saturating_sub(1).max(1),
            },
            queue: count("HASH_QUEUE", &self.hash_queue, 0..=100_000) as usize,
        };
        faults.finish(Some(cost))
    }
}

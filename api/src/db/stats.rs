//! Connection pool statistics, for the metrics.

use super::Database;

/// The number of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolStats {
    /// Open connections.
    pub open: u32,
    /// Open connections without work.
    pub idle: u32,
    /// The maximum number of open connections.
    pub max: u32,
}

impl Database {
    /// The current connections.
    pub fn pool_stats(&self) -> PoolStats {
        let (open, idle, most) = if self.is_sqlite() {
            let pool = self.connection.get_sqlite_connection_pool();
            let most = pool.options().get_max_connections();
            (pool.size(), pool.num_idle(), most)
        } else {
            let pool = self.connection.get_postgres_connection_pool();
            let most = pool.options().get_max_connections();
            (pool.size(), pool.num_idle(), most)
        };
        let idle = u32::try_from(idle).unwrap_or(u32::MAX);
        PoolStats {
            open,
            idle,
            max: most,
        }
    }
}

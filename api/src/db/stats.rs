//! The connections to the database, for who watches them.

use super::Database;

/// How many connections there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolStats {
    /// Connections that are open.
    pub open: u32,
    /// Those of them that wait for work.
    pub idle: u32,
    /// As many may be open.
    pub max: u32,
}

impl Database {
    /// The connections as they are now.
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

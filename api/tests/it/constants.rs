//! What every story knows.

pub const PASSWORD: &str = "correct zebra battery plum";
pub const JWT_SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
pub const REFRESH_SECRET: &str = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

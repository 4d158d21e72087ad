//! The schema's history. A released migration is never edited; a new one follows it.

mod m0001_accounts;
mod m0002_events;
mod m0003_people_by_age;
mod m0004_rare_rows;
mod m0005_names_by_byte;
mod m0006_revocations;
mod m0007_known_browsers;

use sea_orm_migration::prelude::*;

/// All migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_accounts::Migration),
            Box::new(m0002_events::Migration),
            Box::new(m0003_people_by_age::Migration),
            Box::new(m0004_rare_rows::Migration),
            Box::new(m0005_names_by_byte::Migration),
            Box::new(m0006_revocations::Migration),
            Box::new(m0007_known_browsers::Migration),
        ]
    }
}

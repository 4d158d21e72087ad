//! Attacks that once succeeded, replayed with a bounded number of tries.

mod busy_machine;
mod costly_passwords;
mod deceptive_text;
mod known_browsers;
mod password_spellings;

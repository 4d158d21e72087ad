//! Starts the app.

fn main() {
    web::run();
}

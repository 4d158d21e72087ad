//! Signing up, in and out.

use super::Person;

impl Person {
    /// Makes the account, from the welcome page.
    pub async fn registers(&self) {
        self.does("registers");
        self.opens("/").await;
        self.clicks("Create account").await;
        self.sees_page("Create an account").await;
        self.fills("Username", &self.name).await;
        self.fills("Password", &self.password).await;
        self.submits("Create account").await;
        self.is_home().await;
    }

    /// Signs in, from the sign-in page.
    pub async fn signs_in(&self) {
        self.opens("/sign-in").await;
        self.enters(&self.password).await;
        self.is_home().await;
    }

    /// Fills in the sign-in form and sends it.
    pub async fn enters(&self, password: &str) {
        self.sees_page("Sign in").await;
        self.fills("Username", &self.name).await;
        self.fills("Password", password).await;
        self.submits("Sign in").await;
    }

    /// Sees their own home.
    pub async fn is_home(&self) {
        self.sees_page(&format!("Hello, {}", self.name)).await;
        self.is_at("/home").await;
    }

    /// Sees a private page with what only the API knows on it.
    pub async fn sees_what_the_api_knows(&self) {
        self.sees("What your token says").await;
        self.sees("Subject").await;
    }

    /// Signs out in this tab.
    pub async fn signs_out(&self) {
        self.clicks("Sign out").await;
        self.sees("You are signed out.").await;
    }
}

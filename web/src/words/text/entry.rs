//! The ways in.

super::texts! {
    after frame:
    SIGN_IN = "Sign in";
    CREATE_ACCOUNT = "Create account";
    CREATE_AN_ACCOUNT = "Create an account";
    NEW_HERE = "New here? ";
    ALREADY = "Already have one? ";
    USERNAME = "Username";
    USERNAME_HINT =
        "3 to 32 letters, digits, dots, dashes or underscores; a letter or digit first. Others can see it.";
    USERNAME_TAKEN = "Somebody has this name. Please choose another.";
    PASSWORD = "Password";
    SHOW = "Show";
    HIDE = "Hide";
    CAPS_LOCK = "Caps Lock is on.";
    PASSWORD_ADVICE = "At least 12 characters. A few words that do not belong together are best.";
    PASSWORD_LONGER = "{} more to go. A few words that do not belong together are best.";
    PASSWORD_KEPT = "Long enough. Whether it is a common one, the server checks.";
    AGAIN = "Sign in to go on";
    AGAIN_KEPT = "What is on the page stays as it is, and what was on its way goes on.";
    REJECTED_TEXT = "Your session cannot be renewed. We keep trying; a new sign-in replaces it.";
    SERVER_SAID = "The server says: {}";
    LEAVE_PAGE = "Leave this page";
    SIGNED_OUT_PENDING = "The server has not heard of it yet; this browser tells it as soon as it can.";
    YOU_SIGNED_OUT = "You signed out.";
}

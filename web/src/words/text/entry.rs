//! The ways in.

super::texts! {
    SIGN_IN = "Sign in" / "Anmelden";
    CREATE_ACCOUNT = "Create account" / "Konto anlegen";
    CREATE_AN_ACCOUNT = "Create an account" / "Ein Konto anlegen";
    NEW_HERE = "New here? " / "Neu hier? ";
    ALREADY = "Already have one? " / "Schon eines? ";
    USERNAME = "Username" / "Benutzername";
    USERNAME_HINT = "3 to 32 letters, digits, dots, dashes or underscores; a letter or digit first. Others can see it."
        / "3 bis 32 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche; vorn Buchstabe oder Ziffer. Andere können ihn sehen.";
    USERNAME_TAKEN = "Somebody has this name. Please choose another."
        / "Diesen Namen hat schon jemand. Bitte wählen Sie einen anderen.";
    PASSWORD = "Password" / "Passwort";
    SHOW = "Show" / "Zeigen";
    HIDE = "Hide" / "Verbergen";
    CAPS_LOCK = "Caps Lock is on." / "Die Feststelltaste ist an.";
    PASSWORD_ADVICE = "At least 12 characters. A few words that do not belong together are best."
        / "Mindestens 12 Zeichen. Am besten einige Wörter, die nicht zusammengehören.";
    PASSWORD_LONGER = "{} more to go. A few words that do not belong together are best."
        / "Es fehlen noch {}. Am besten einige Wörter, die nicht zusammengehören.";
    PASSWORD_KEPT = "Long enough. Whether it is a common one, the server checks."
        / "Lang genug. Ob es ein verbreitetes ist, prüft der Server.";
    AGAIN = "Sign in to go on" / "Melden Sie sich an, um fortzufahren";
    AGAIN_KEPT = "What is on the page stays as it is, and what was on its way goes on."
        / "Was auf der Seite steht, bleibt, wie es ist; was unterwegs war, geht weiter.";
    REJECTED_TEXT = "Your session cannot be renewed. We keep trying; a new sign-in replaces it."
        / "Ihre Sitzung lässt sich nicht erneuern. Wir versuchen es weiter; eine neue Anmeldung ersetzt sie.";
    SERVER_SAID = "The server says: {}" / "Der Server sagt: {}";
    LEAVE_PAGE = "Leave this page" / "Diese Seite verlassen";
    SIGNED_OUT_PENDING = "The server has not heard of it yet; this browser tells it as soon as it can."
        / "Der Server weiß es noch nicht; dieser Browser teilt es ihm mit, sobald er kann.";
    YOU_SIGNED_OUT = "You signed out." / "Sie haben sich abgemeldet.";
}

//! Whether everybody can use a page, and whether it keeps still.

use super::Person;
use std::fs;
use std::path::Path;

/// Every rule of WCAG 2.2 A and AA, and the best practices; what is wrong, and where. Judges the
/// page when it stands still: colours that are on their way to others contrast with nothing.
const JUDGE: &str = r"
    const [done] = arguments;
    const frame = () => new Promise(requestAnimationFrame);
    const ends = ({ effect }) => effect.getComputedTiming().endTime !== Infinity;
    const still = () => Promise.allSettled(
        document.getAnimations().filter(ends).map(({ finished }) => finished)
    );
    frame().then(frame).then(still).then(() => axe.run(document, { resultTypes: ['violations'] })).then(
        ({ violations }) => done(
            violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) =>
                html + ' ' + failureSummary).join(' | ')).join('\n')
        ),
        (error) => done(String(error)),
    );
";
/// How far the page jumped since it was loaded, as the Layout Instability API counts it.
const SHIFT: &str = "return window.journey.shift()";
/// Where people begin to notice; 0.1 is what the web calls good.
const MOST_SHIFT: f64 = 0.02;

/// The script.
pub fn script(path: &Path) -> String {
    fs::read_to_string(path).expect("the script that was fetched can be read")
}

impl Person {
    /// Nothing on the page keeps anybody out.
    pub(crate) async fn meets_no_barrier(&self, name: &str) {
        let barriers = self.barriers().await.unwrap_or_default();
        assert_eq!(barriers, "", "{name}");
    }

    /// What keeps somebody out of the page as it stands; unknown where nobody can judge.
    pub async fn barriers(&self) -> Option<String> {
        self.run(self.axe.as_ref()?).await;
        let barriers = self.runs_until_done(JUDGE).await;
        Some(barriers.as_str()?.to_owned())
    }

    /// How far the page jumped by itself since it was loaded.
    pub async fn shift(&self) -> f64 {
        self.run(SHIFT).await.as_f64().unwrap_or(f64::MAX)
    }

    /// The page did not jump while it was loaded.
    pub(crate) async fn saw_it_keep_still(&self, name: &str) {
        let shift = self.shift().await;
        let moves = self.run("return window.journey.moves.join('\\n')").await;
        assert!(shift < MOST_SHIFT, "{name} jumped by {shift}:\n{moves}");
    }
}

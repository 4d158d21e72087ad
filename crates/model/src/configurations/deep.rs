//! Larger worlds.

use super::{people, tabs, weather};
use crate::config::Config;

/// Explored on demand, in addition.
pub fn deep() -> Vec<Config> {
    let harder = |config: Config, more: fn(&mut Config)| {
        let mut config = config;
        more(&mut config);
        config
    };
    let [two, three, keys, calls] = tabs();
    let [_, _, crash, sleep, ..] = weather();
    let [sign_out, another, _, _, thief] = people();
    vec![
        harder(two, |config| config.trouble.loads += 1),
        harder(three, |config| config.trouble.losses += 1),
        harder(three, |config| config.horizon += 1),
        harder(keys, |config| config.trouble.duplicates += 1),
        harder(calls, |config| config.trouble.outages += 1),
        harder(crash, |config| {
            config.trouble.losses += 1;
            config.trouble.sign_outs += 1;
        }),
        harder(sleep, |config| config.trouble.losses += 1),
        harder(sign_out, |config| config.trouble.loads += 1),
        harder(another, |config| config.trouble.loads += 1),
        Config {
            tabs: 2,
            open: 2,
            ..harder(thief, |config| config.trouble.thief_uses += 1)
        },
    ]
}

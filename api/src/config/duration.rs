//! Lengths of time as people write them.

use protocol::Millis;

/// Reads `2s`, `15m`, `12h`, `7d`: a whole number and one unit.
pub fn parse(value: &str) -> Option<Millis> {
    let unit = value.chars().last()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    let digits = value.strip_suffix(unit)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    // A hundred years is a typing error, and keeps all later sums far from any limit.
    let total = count.checked_mul(seconds)?;
    (total <= 36_500 * 86_400).then(|| Millis::from_secs(total))
}

/// Writes `1h 16m`: the two largest units that count, rounded down.
pub fn format(length: Millis) -> String {
    let seconds = length.as_secs();
    let parts = [
        (seconds / 86_400, 'd'),
        (seconds / 3_600 % 24, 'h'),
        (seconds / 60 % 60, 'm'),
        (seconds % 60, 's'),
    ];
    let significant = parts.iter().skip_while(|(count, _)| *count == 0).take(2);
    let words = significant.filter(|(count, _)| *count > 0);
    let words: Vec<_> = words
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    if words.is_empty() {
        "0s".to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_write_them() {
        for (value, seconds) in [
            ("2s", Some(2)),
            ("15m", Some(900)),
            ("12h", Some(43_200)),
            ("7d", Some(604_800)),
            ("0s", Some(0)),
            ("", None),
            ("s", None),
            ("15", None),
            ("15 m", None),
            ("+5m", None),
            ("-5m", None),
            ("1.5h", None),
            ("5ms", None),
            ("5é", None),
            ("99999999999999999999d", None),
            ("36501d", None),
        ] {
            assert_eq!(parse(value), seconds.map(Millis::from_secs), "{value:?}");
        }
    }

    #[test]
    fn lengths_are_told_in_two_units_at_most() {
        for (seconds, told) in [
            (0, "0s"),
            (59, "59s"),
            (60, "1m"),
            (4_560, "1h 16m"),
            (4_559, "1h 15m"),
            (86_400, "1d"),
            (90_061, "1d 1h"),
            (3_601, "1h"),
        ] {
            assert_eq!(format(Millis::from_secs(seconds)), told, "{seconds}");
        }
    }
}

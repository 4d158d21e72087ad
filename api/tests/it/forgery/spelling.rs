use super::Court;
use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

/// I-21.
#[tokio::test]
async fn any_flipped_bit_at_any_position_is_refused() {
    for court in Court::both().await {
        for position in 0..court.token.len() {
            for bit in 0..7 {
                let mut bytes = court.token.clone().into_bytes();
                bytes[position] ^= 1 << bit;
                let forged = String::from_utf8(bytes).unwrap();
                let what = format!("bit {bit} of character {position}");
                court.refuses(&forged, &what).await;
            }
        }
    }
}

#[tokio::test]
async fn any_flipped_bit_of_the_signature_itself_is_refused() {
    for court in Court::both().await {
        let (message, tag) = court.token.rsplit_once('.').unwrap();
        let tag = URL_SAFE_NO_PAD.decode(tag).unwrap();
        for bit in 0..tag.len() * 8 {
            let mut forged = tag.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            let forged = format!("{message}.{}", URL_SAFE_NO_PAD.encode(forged));
            court.refuses(&forged, &format!("bit {bit}")).await;
        }
        for tag in [
            &tag[..tag.len() - 1],
            &[&tag[..], &[0]].concat(),
            &[0; 32],
            &[0; 64],
            &[],
        ] {
            let forged = format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag));
            court.refuses(&forged, "another length").await;
        }
    }
}

/// Two spellings of one token would be two tokens for whoever keeps lists of them.
#[tokio::test]
async fn any_other_spelling_of_the_same_bytes_is_refused() {
    for court in Court::both().await {
        let parts: Vec<_> = court.token.split('.').map(str::to_owned).collect();
        for index in 0..parts.len() {
            let part = &parts[index];
            let (start, last) = part.split_at(part.len() - 1);
            let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9');
            let mut spellings: Vec<_> = letters.map(|end| format!("{start}{end}")).collect();
            spellings.retain(|spelling| spelling != part);
            let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
            spellings.push(URL_SAFE.encode(&bytes) + "=");
            spellings.push(format!("{part}="));
            spellings.push(format!("{part}=="));
            spellings.push(format!("{start}-{last}"));
            spellings.push(format!("{part}A"));
            spellings.push(part.replacen('e', "%65", 1) + "~");
            for spelling in spellings {
                let mut forged = parts.clone();
                forged[index].clone_from(&spelling);
                court
                    .refuses(&forged.join("."), &format!("part {index}: {spelling}"))
                    .await;
            }
        }
    }
}

/// CVE-2025-30204 and CVE-2025-27144: what is long or full of dots costs nothing.
#[tokio::test]
async fn huge_and_dotted_inputs_are_refused_unread() {
    for court in Court::both().await {
        let token = &court.token;
        let (message, tag) = token.rsplit_once('.').unwrap();
        let begun = std::time::Instant::now();
        for length in [1, 2, 3, 4, 100, 4_095, 4_096, 4_097, 100_000, 1_000_000] {
            for text in [".", "a", "a.", "=", "eyJ", "A.A.A.", "-"] {
                court
                    .refuses(&text.repeat(length), &format!("{text} {length} times"))
                    .await;
            }
            court
                .refuses(&format!("{token}{}", "A".repeat(length)), "a tail")
                .await;
            court
                .refuses(&format!("{message}.{}{tag}", "A".repeat(length)), "a belly")
                .await;
            court
                .refuses(&format!("{}{token}", ".".repeat(length)), "a head")
                .await;
        }
        // A hundred inputs of a megabyte at most; something that grows with their square, or
        // decodes them, would take minutes.
        assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
        for forged in [
            message,
            &format!("{message}."),
            &format!(".{tag}"),
            &format!("{token}.{tag}"),
        ] {
            court.refuses(forged, "parts").await;
        }
    }
}

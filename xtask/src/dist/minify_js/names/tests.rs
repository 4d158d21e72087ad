use super::*;

/// A module that imports two functions and exports its memory and a function.
fn sample() -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    let mut section = |kind: u8, entries: &[(&[&str], &[u8])]| {
        let mut body = vec![u8::try_from(entries.len()).expect("BUG: they are few")];
        for (names, what) in entries {
            for name in *names {
                sized(&mut body, name.as_bytes());
            }
            body.extend(*what);
        }
        wasm.push(kind);
        sized(&mut wasm, &body);
    };
    let long = "__wbg_focus_0123456789abcdef";
    section(
        IMPORTS,
        &[
            (&["./a.js", long], &[0, 0x81, 1]),
            (&["./a.js", "own"], &[0, 2]),
        ],
    );
    section(
        EXPORTS,
        &[
            (&["memory"], &[2, 0]),
            (&["__wbindgen_start"], &[0, 0x80, 1]),
        ],
    );
    section(10, &[]);
    section(CUSTOM, &[(&["producers"], &[])]);
    wasm
}

const SCRIPT: &str =
    "i={__wbg_focus_0123456789abcdef:f,own:g};w.__wbindgen_start();w.memory;__wbindgen_starts";

#[test]
fn both_files_have_the_same_short_names() {
    let (wasm, script) = shortened(&sample(), SCRIPT).expect("BUG: it is a module");
    assert_eq!(script, "i={$0:f,own:g};w.$1();w.memory;__wbindgen_starts");
    let mut expected = b"\0asm\x01\0\0\0".to_vec();
    expected.extend(b"\x02\x1b\x02\x06./a.js\x02$0\0\x81\x01\x06./a.js\x03own\0\x02");
    expected.extend(b"\x07\x10\x02\x06memory\x02\0\x02$1\0\x80\x01");
    expected.extend(b"\x0a\x01\0");
    assert_eq!(wasm, expected);
}

#[test]
fn a_script_that_does_not_know_a_name_is_refused() {
    let other = SCRIPT.replace("focus", "blur");
    assert!(shortened(&sample(), &other).is_err());
}

#[test]
fn a_module_that_is_cut_off_is_refused() {
    let wasm = sample();
    for length in [0, 7, 9, 20, wasm.len() - 1] {
        assert!(shortened(&wasm[..length], SCRIPT).is_err(), "{length}");
    }
}

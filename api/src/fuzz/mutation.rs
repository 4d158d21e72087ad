//! What grows from a seed: the same every time.

/// Bytes that mean something to one parser or another.
const WORDS: [&[u8]; 16] = [
    b"\"",
    b"\\u0000",
    b"%00",
    b"%48",
    b"; ",
    b", ",
    b"=",
    b".",
    b"$",
    b"\n",
    b"\0",
    b"\xff",
    b"{",
    b"]",
    b"18446744073709551616",
    b"null",
];

/// Endless descendants of a seed.
pub struct Mutations<'a> {
    seed: &'a [u8],
    others: &'a [Vec<u8>],
    state: u64,
}

impl<'a> Mutations<'a> {
    pub fn of(seed: &'a [u8], others: &'a [Vec<u8>]) -> Self {
        Self {
            seed,
            others,
            state: 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// xorshift64: no secret is made of it.
    fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.state % bound).unwrap_or_default()
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + 1 + self.below(8)).min(bytes.len());
        match self.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < end => drop(bytes.drain(at..end)),
            2 if at < end => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => bytes.truncate(at),
            4 => {
                let other = &self.others[self.below(self.others.len())];
                let from = self.below(other.len() + 1);
                bytes.splice(at.., other[from..].iter().copied());
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
        }
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.seed.to_vec();
        for _ in 0..=self.below(4) {
            self.mutate(&mut bytes);
        }
        Some(bytes)
    }
}

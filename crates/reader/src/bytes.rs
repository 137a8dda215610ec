//! Numbers and texts as bytes. Reading never trusts a length: it cannot allocate more than there is.

use std::fmt;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// The file, where it is known.
    pub file: String,
    /// What is wrong with it.
    pub what: &'static str,
}

impl Damaged {
    pub(crate) fn new(what: &'static str) -> Self {
        // The module that pages load says which file it is; what is wrong is for the terminal.
        let what = if cfg!(feature = "explain") { what } else { "" };
        Self { file: String::new(), what }
    }

    /// The file is of another version.
    pub(crate) fn version() -> Self {
        Self { file: String::new(), what: "it has another version" }
    }

    /// The same, about `file`.
    #[must_use]
    pub fn of(mut self, file: &str) -> Self {
        if self.file.is_empty() {
            file.clone_into(&mut self.file);
        }
        self
    }
}

impl fmt::Display for Damaged {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the search file ")?;
        out.write_str(&self.file)?;
        out.write_str(" is damaged: ")?;
        out.write_str(self.what)
    }
}

impl std::error::Error for Damaged {}

/// What reading gives.
pub type Read<T> = Result<T, Damaged>;

/// Writes numbers and texts.
pub trait Put {
    /// A whole number, seven bits a byte, the lowest first.
    fn number(&mut self, number: u64);
    /// A text, its length first.
    fn text(&mut self, text: &str);
    /// A sorted word as what it adds to the one before.
    fn word_after(&mut self, before: &str, word: &str);
}

impl Put for Vec<u8> {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.push((number as u8) | 0x80);
            number >>= 7;
        }
        self.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.extend_from_slice(text.as_bytes());
    }

    fn word_after(&mut self, before: &str, word: &str) {
        let mut shared = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        while !word.is_char_boundary(shared) {
            shared -= 1;
        }
        self.number(shared as u64);
        self.text(word.get(shared..).unwrap_or_default());
    }
}

/// So many things at most are held against each other one by one: more are no library's, and would keep a
/// page busy for minutes.
pub const FEW: usize = 1 << 13;

/// Reads what [`Put`] has written.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Reads `bytes` from their start.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// One byte.
    ///
    /// # Errors
    /// When there is none.
    pub fn byte(&mut self) -> Read<u8> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| Damaged::new("it ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    /// `count` bytes.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn bytes(&mut self, count: usize) -> Read<&'a [u8]> {
        let (taken, rest) =
            self.rest.split_at_checked(count).ok_or_else(|| Damaged::new("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// A whole number.
    ///
    /// # Errors
    /// When it does not end, or has more than 64 bits.
    pub fn number(&mut self) -> Read<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged::new("a number is too large"))
    }

    /// A whole number of 32 bits.
    ///
    /// # Errors
    /// When it is larger, or does not end.
    pub fn small(&mut self) -> Read<u32> {
        u32::try_from(self.number()?).map_err(|_| Damaged::new("a number is too large"))
    }

    /// How many things follow, each of at least one byte.
    ///
    /// # Errors
    /// When there cannot be so many.
    pub fn count(&mut self) -> Read<usize> {
        let count = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if count > self.rest.len() { Err(Damaged::new("it ends too early")) } else { Ok(count) }
    }

    /// How many things follow, of those that are held against each other.
    ///
    /// # Errors
    /// When there cannot be so many, or more than [`FEW`].
    pub fn few(&mut self) -> Read<usize> {
        let count = self.count()?;
        if count > FEW { Err(Damaged::new("there are too many")) } else { Ok(count) }
    }

    /// A text.
    ///
    /// # Errors
    /// When it ends too early or is not UTF-8.
    pub fn text(&mut self) -> Read<&'a str> {
        let length = self.count()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Damaged::new("a text is not UTF-8"))
    }

    /// Turns `word`, which stands before it, into the next word.
    ///
    /// # Errors
    /// When it does not come after `word`, or cannot be read.
    pub fn word_after(&mut self, word: &mut String) -> Read<()> {
        let shared = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        let added = self.text()?;
        let kept = word.get(..shared).ok_or_else(|| Damaged::new("a word goes on from none"))?;
        // Words that grow by what stands before would let a small file fill the memory.
        if kept.len() + added.len() > 256 {
            return Err(Damaged::new("a word is too long"));
        }
        word.truncate(shared);
        word.push_str(added);
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let mut bytes = Vec::new();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        numbers.iter().for_each(|number| bytes.number(*number));
        bytes.text("Ynys Môn");
        let mut cursor = Cursor::new(&bytes);
        for number in numbers {
            assert_eq!(cursor.number().unwrap(), number);
        }
        assert_eq!(cursor.text().unwrap(), "Ynys Môn");
        assert!(cursor.is_empty());
    }

    #[test]
    fn what_is_too_large_is_an_error() {
        assert!(Cursor::new(&[0xff; 12]).number().is_err());
        assert!(Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1]).count().is_err());
        assert!(Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0x7f]).small().is_err());
    }

    #[test]
    fn words_are_split_between_characters() {
        let mut bytes = Vec::new();
        bytes.word_after("", "né");
        bytes.word_after("né", "nê");
        let mut cursor = Cursor::new(&bytes);
        let mut word = String::new();
        cursor.word_after(&mut word).unwrap();
        cursor.word_after(&mut word).unwrap();
        assert_eq!(word, "nê");
    }
}

//! Text becomes terms, the same way when a library is indexed and when it is searched.
//!
//! Words are lower-cased, accents are taken off, possessives and apostrophes go, and what remains
//! is stemmed as English. `2,118` is `2118`. `multi-agency` gives `multi`, `agenc` and, at the place of the last part,
//! `multiag`. Function words (`the`, `of`, …) are not indexed, but keep their place, so that
//! `"duty of care"` is found where one word stands between `duty` and `care`.

use frostem::{Algorithm, Stemmer};

/// A longer run of letters is no word; it keeps its place and gives no term.
const LONGEST: usize = 64;

/// Too common to tell documents apart, `it` among them although somebody may mean computers. One text: a
/// table of them would take twice the room.
const FUNCTION_WORDS: &str = "\
    a about am an and are as at be been but by can could did do does for from had has have he her his \
    how i if im in into is it its ive me my of on or our she should so than that the their them then \
    there these they this those to us was we were what when where which who will with would you your";

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The stem, as it stands in the index.
    pub term: String,
    /// The word, folded but not stemmed, as it stands in the lexicon.
    pub word: String,
    /// Its place among the words of the text, function words included.
    pub position: u32,
    /// Where it starts in the text, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// It joins the parts of a word with hyphens, the last of which stands at the same place.
    pub joined: bool,
}

/// The words of `text`, in order.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    words(text, &mut |word| {
        if !is_function_word(word.folded) {
            found.push(word.token(stem(word.folded)));
        }
    });
    found
}

/// The terms of `text`, in order, of a word with hyphens those of its parts: what is equal in this means the
/// same to a search.
#[must_use]
pub fn stems(text: &str) -> Vec<String> {
    tokens(text).into_iter().filter(|token| !token.joined).map(|token| token.term).collect()
}

/// Calls `each` with the words of `text`, in order, function words among them. Most of the work of
/// [`tokens`] comes after this: who wants few words, or the same ones again and again, saves it.
pub fn words(text: &str, each: &mut dyn FnMut(Word<'_>)) {
    Scanner { each, position: 0 }.run(text);
}

/// A word of a text, not stemmed yet.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// In small letters, without accents.
    pub folded: &'a str,
    /// As in [`Token`].
    pub position: u32,
    from: usize,
    to: usize,
    joined: bool,
}

impl Word<'_> {
    /// The word as a token whose stem is `term`.
    #[must_use]
    pub fn token(self, term: String) -> Token {
        let Self { folded, position, from, to, joined } = self;
        Token { term, word: folded.to_owned(), position, from, to, joined }
    }
}

/// Lower-cases `text` and takes its accents off, for values that are compared whole.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|character| push_folded(&mut out, character));
    out
}

/// The stem of a folded word.
#[must_use]
pub fn stem(word: &str) -> String {
    // What is not plain letters has no English stem.
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    // `organize` and `organise` are spelt either way.
    let mut spelt = String::new();
    for letter in word.chars() {
        spelt.push(if letter == 'z' && spelt.ends_with('i') { 's' } else { letter });
    }
    let stem = Stemmer::new(Algorithm::English).stem(&spelt);
    // What the stemmer takes for other words: plurals of old, and the field's own nouns.
    let stem = match &*stem {
        "children" => "child",
        "women" => "woman",
        "men" => "man",
        "referr" => "refer",
        "licenc" => "licens",
        other => other,
    };
    stem.to_owned()
}

/// Whether the folded `word` is left out of the index.
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    word.len() <= 6 && FUNCTION_WORDS.split(' ').any(|other| other == word)
}

struct Scanner<'a> {
    each: &'a mut dyn FnMut(Word<'_>),
    position: u32,
}

/// The parts of a word with hyphens that have been read.
#[derive(Default)]
struct Compound {
    from: usize,
    parts: usize,
    joined: String,
    /// Every part has letters only.
    letters: bool,
}

impl Scanner<'_> {
    fn run(&mut self, text: &str) {
        let mut compound = Compound::default();
        let mut word = String::new();
        let mut at = 0;
        while let Some(first) = character(text, at) {
            let from = at;
            at += first.len_utf8();
            if !first.is_alphanumeric() {
                continue;
            }
            word.clear();
            push_folded(&mut word, first);
            let mut to = at;
            let mut goes_on = false;
            while let Some(next) = character(text, at) {
                let end = at + next.len_utf8();
                if next.is_alphanumeric() {
                    push_folded(&mut word, next);
                    to = end;
                } else if is_mark(next) || (next == ',' && is_thousands(&word, text.as_bytes().get(end..))) {
                    to = end;
                } else {
                    let joins = character(text, end).is_some_and(char::is_alphanumeric);
                    if joins && is_hyphen(next) {
                        goes_on = true;
                        break;
                    }
                    if !joins || !is_apostrophe(next) {
                        break;
                    }
                    if is_possessive(text.get(end..).unwrap_or_default()) {
                        // The `s` is passed over with the apostrophe.
                        at = end + 1;
                        break;
                    }
                }
                at = end;
            }
            if compound.parts == 0 {
                (compound.from, compound.letters) = (from, true);
                compound.joined.clear();
            }
            compound.parts += 1;
            compound.letters &= word.chars().all(char::is_alphabetic);
            compound.joined.push_str(&word);
            self.push(&word, from, to, false);
            if goes_on {
                continue;
            }
            if compound.parts > 1 && compound.letters {
                self.position = self.position.saturating_sub(1);
                self.push(&compound.joined, compound.from, to, true);
            }
            compound.parts = 0;
        }
    }

    fn push(&mut self, word: &str, from: usize, to: usize, joined: bool) {
        let position = self.position;
        self.position = self.position.saturating_add(1);
        if !word.is_empty() && word.len() <= LONGEST {
            (self.each)(Word { folded: word, position, from, to, joined });
        }
    }
}

/// The character of `text` that starts at byte `at`.
fn character(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Whether a comma stands between thousands: after figures, and before three.
fn is_thousands(word: &str, rest: Option<&[u8]>) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        && rest.unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count() == 3
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}')
}

/// Whether what follows an apostrophe is the `s` that ends a word.
fn is_possessive(rest: &str) -> bool {
    let mut characters = rest.chars();
    matches!(characters.next(), Some('s' | 'S')) && !characters.next().is_some_and(char::is_alphanumeric)
}

/// Marks that stand on the letter before, and the soft hyphen: they are not there for the reader.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}' | '\u{2060}')
}

fn push_folded(out: &mut String, character: char) {
    if character.is_ascii() {
        return out.push(character.to_ascii_lowercase());
    }
    if is_mark(character) {
        return;
    }
    let lower = lower(character);
    match base(lower) {
        Some(letters) => out.push_str(letters),
        None => out.push(lower),
    }
}

/// The lower case of letters of the Latin, Greek and Cyrillic alphabets. The tables for all there
/// are would make up a tenth of the module that pages load.
fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let distance = match code {
        0xc0..=0xde if code != 0xd7 => 32,
        // Capitals and small letters take turns.
        0x100..=0x137 | 0x14a..=0x177 | 0x1de..=0x1ef | 0x200..=0x21f | 0x1e00..=0x1e95 | 0x1ea0..=0x1eff => {
            1 - code % 2
        }
        0x139..=0x148 | 0x179..=0x17e | 0x1cd..=0x1dc => code % 2,
        0x178 => return 'ÿ',
        0x1a0 | 0x1af => 1,
        0x1e9e => return 'ß',
        0x386 => 38,
        0x388..=0x38a => 37,
        0x38c => 64,
        0x38e | 0x38f => 63,
        0x391..=0x3ab if code != 0x3a2 => 32,
        0x410..=0x42f => 32,
        0x400..=0x40f => 80,
        _ => 0,
    };
    char::from_u32(code + distance).unwrap_or(letter)
}

/// The letters without the accent, for what the languages of Europe write in lower case.
fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẽ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<(String, u32)> {
        tokens(text).into_iter().map(|token| (token.term, token.position)).collect()
    }

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn words_are_folded_and_stemmed() {
        assert_eq!(words("Ynys Môn’s CAFÉS, o'brien e\u{301}"), ["ynys", "mon", "cafes", "obrien", "e"]);
        assert_eq!(terms("Exploited children"), [("exploit".to_owned(), 0), ("child".to_owned(), 1)]);
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [["child", "children"], ["woman", "women"], ["man", "men"], ["refer", "referrals"]] {
            assert_eq!(stem(forms[0]), stem(forms[1]));
        }
        for [one, other] in [
            ["referred", "referral"],
            ["licence", "licensing"],
            ["organisation", "organizations"],
            ["recognised", "recognize"],
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }

    #[test]
    fn a_stem_begins_as_its_word_does() {
        let words =
            ["skies", "dying", "idly", "yes", "generously", "children", "women", "referrals", "ugly", "yyy"];
        for word in words {
            assert_eq!(stem(word).as_bytes().first(), word.as_bytes().first());
        }
    }

    #[test]
    fn function_words_keep_their_place() {
        assert_eq!(terms("the duty of care"), [("duti".to_owned(), 1), ("care".to_owned(), 3)]);
    }

    #[test]
    fn hyphens_give_the_parts_and_the_whole() {
        assert_eq!(words("e-mail staff"), ["e", "mail", "email", "staff"]);
        let found = tokens("a multi-agency team");
        let places: Vec<_> = found.iter().map(|t| (t.word.as_str(), t.position, t.joined)).collect();
        assert_eq!(
            places,
            [("multi", 1, false), ("agency", 2, false), ("multiagency", 2, true), ("team", 3, false)]
        );
        assert_eq!(words("2018-19"), ["2018", "19"]);
        assert_eq!(words("a - b-"), ["b"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "“Ŵyn” council’s co-operative";
        let shown: Vec<_> = tokens(text).iter().map(|t| text.get(t.from..t.to).unwrap().to_owned()).collect();
        assert_eq!(shown, ["Ŵyn", "council", "co", "operative", "co-operative"]);
    }

    #[test]
    fn capitals_of_the_alphabets_of_europe_have_their_small_letters() {
        let ranges =
            ['\u{80}'..='\u{17f}', '\u{200}'..='\u{21f}', '\u{370}'..='\u{3cf}', '\u{400}'..='\u{45f}'];
        for letter in ranges.into_iter().flatten().chain('\u{1e00}'..='\u{1eff}').chain("ƠƯǍǙǞǮ".chars())
        {
            // A dotted capital İ becomes an i.
            let expected = if letter == 'İ' { "ı".to_owned() } else { letter.to_lowercase().to_string() };
            let is_known = letter.is_uppercase() && !matches!(letter, '\u{370}'..='\u{37f}' | 'Ϗ');
            if is_known || !letter.is_uppercase() {
                assert_eq!(lower(letter).to_string(), expected, "{letter}");
            }
        }
    }

    #[test]
    fn function_words_are_found() {
        assert!(FUNCTION_WORDS.split(' ').all(is_function_word));
        assert!(!is_function_word("") && !is_function_word("care"));
    }

    #[test]
    fn whole_values_are_folded() {
        assert_eq!(fold("Ynys Môn"), "ynys mon");
    }
}

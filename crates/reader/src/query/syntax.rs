//! What a person types. Every text is a query.
//!
//! | typed | means |
//! |---|---|
//! | `word` | documents with the word |
//! | `"some words"` | with the words in this order |
//! | `-word`, `-"words"`, `-field:value`, `NOT word` | without |
//! | `a OR b`, `a \| b` | with either; binds neighbours, so `a b OR c` is `a` and one of `b`, `c` |
//! | `field:value`, `field:"value"`, `field:a,b` | that have (one of) the values |
//! | `year:2018..2021`, `year:2018..`, `year:..2021`, `year:2018-2021` | that have a value from here to there |
//!
//! A quotation mark that is never closed closes at the end; where there is no such field, its name and
//! what is asked of it are words, as are those on both sides of a slash or a comma; what is left over is
//! passed over.

/// A longer text is cut.
const LONGEST: usize = 2_000;

/// More parts than this are passed over.
const MOST: usize = 32;

/// Parts of which a document must match one each.
pub type Parsed = Vec<Group>;

/// Parts of which a document must match one; or none, where they are excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// A document must not match.
    pub excluded: bool,
    /// The parts, at least one.
    pub parts: Vec<Part>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A word, as typed; `open` where it ends the text, so that it may not be whole.
    Word {
        /// As typed.
        text: String,
        /// It ends the text.
        open: bool,
    },
    /// Words between quotation marks.
    Phrase(String),
    /// A field and what is asked of it.
    Field {
        /// Its name.
        name: String,
        /// Values as typed, each of them one value or a range.
        values: Vec<String>,
    },
}

/// Reads `text`; `is_field` knows the names of fields.
#[must_use]
pub fn parse(text: &str, is_field: &dyn Fn(&str) -> bool) -> Parsed {
    let mut scanner = Scanner { rest: cut(text, LONGEST), is_field };
    let mut groups: Parsed = Vec::new();
    let (mut either, mut exclude) = (false, false);
    while groups.len() < MOST {
        // What stands behind NOT or OR is not taken apart.
        match scanner.next(either || exclude) {
            None => break,
            Some(Lexeme::Or) => either = !groups.is_empty(),
            Some(Lexeme::Not) => exclude = true,
            Some(Lexeme::Part { excluded, part }) => {
                let excluded = excluded || exclude;
                match groups.last_mut() {
                    Some(last) if either && !excluded && !last.excluded && last.parts.len() < MOST => {
                        last.parts.push(part);
                    }
                    _ => groups.push(Group { excluded, parts: vec![part] }),
                }
                (either, exclude) = (false, false);
            }
        }
    }
    groups
}

fn cut(text: &str, most: usize) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= most);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

enum Lexeme {
    Or,
    Not,
    Part { excluded: bool, part: Part },
}

struct Scanner<'a> {
    rest: &'a str,
    is_field: &'a dyn Fn(&str) -> bool,
}

/// Whether it opens or closes a phrase.
#[must_use]
pub fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»')
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

fn is_gap(character: char) -> bool {
    character.is_whitespace() || matches!(character, '(' | ')')
}

impl<'a> Scanner<'a> {
    fn next(&mut self, whole: bool) -> Option<Lexeme> {
        self.rest = self.rest.trim_start_matches(is_gap);
        let excluded = self.rest.starts_with(['-', '−'])
            && self.rest.chars().nth(1).is_some_and(|c| c.is_alphanumeric() || is_quote(c));
        if excluded {
            self.rest = self.rest.trim_start_matches(['-', '−']);
        }
        if self.rest.is_empty() {
            return None;
        }
        if self.rest.starts_with(is_quote) {
            let part = Part::Phrase(self.quoted().to_owned());
            return Some(Lexeme::Part { excluded, part });
        }
        let all = self.rest;
        let mut word = self.until(|c| is_gap(c) || is_quote(c));
        match word {
            "OR" | "|" => return Some(Lexeme::Or),
            "NOT" => return Some(Lexeme::Not),
            "AND" | "&" => return self.next(whole),
            _ => {}
        }
        let field = self.field(word);
        let parts = |byte| matches!(byte, b':' | b'/' | b',' | b'@');
        if let (None, false, Some(at)) = (&field, excluded || whole, word.bytes().position(parts))
            && let (Some(name), Some(rest)) = (all.get(..at), all.get(at + 1..))
            && rest.starts_with(char::is_alphanumeric)
            // Between figures it is part of a date or a number.
            && !(rest.starts_with(is_digit) && name.ends_with(is_digit))
        {
            (word, self.rest) = (name, rest);
        }
        let part = field.unwrap_or_else(|| Part::Word {
            text: word.to_owned(),
            open: self.rest.is_empty() && word.ends_with(char::is_alphanumeric),
        });
        Some(Lexeme::Part { excluded, part })
    }

    /// What stands before the first character that `stops`.
    fn until(&mut self, stops: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(stops).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// What stands between the quotation mark that comes next and the one after it.
    fn quoted(&mut self) -> &'a str {
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
        let inside = self.until(is_quote);
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
        inside
    }

    fn field(&mut self, word: &str) -> Option<Part> {
        let (name, value) = word.split_once(':')?;
        let name = crate::analyse::fold(name);
        if !(self.is_field)(&name) {
            return None;
        }
        let values: Vec<&str> = if value.is_empty() && self.rest.starts_with(is_quote) {
            vec![self.quoted().trim()]
        } else {
            value.split(',').collect()
        };
        let values = values.into_iter().filter(|value| !value.is_empty()).map(str::to_owned).collect();
        Some(Part::Field { name, values })
    }
}

/// The ends of a range, both of them in it, where `value` is one. `2018-19` ends in 2019.
#[must_use]
pub fn range(value: &str) -> Option<(u32, u32)> {
    let (from, to) = value.split_once("..").or_else(|| value.split_once(['-', '–', '−']))?;
    let end = |text: &str, open: u32| if text.is_empty() { Some(open) } else { text.trim().parse().ok() };
    let (from, mut to) = (end(from, 0)?, end(to, u32::MAX)?);
    if from > 999 && to < 100 {
        to += from / 100 * 100;
    }
    ((from, to) != (0, u32::MAX)).then_some((from.min(to), from.max(to)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        parse(text, &|name| matches!(name, "council" | "year"))
    }

    fn word(text: &str, open: bool) -> Part {
        Part::Word { text: text.to_owned(), open }
    }

    fn must(parts: Vec<Part>) -> Group {
        Group { excluded: false, parts }
    }

    #[test]
    fn words_phrases_and_exclusions() {
        assert_eq!(
            read("county \"car wash\" -nail -\"low bid\" NOT farm lines"),
            [
                must(vec![word("county", false)]),
                must(vec![Part::Phrase("car wash".into())]),
                Group { excluded: true, parts: vec![word("nail", false)] },
                Group { excluded: true, parts: vec![Part::Phrase("low bid".into())] },
                Group { excluded: true, parts: vec![word("farm", false)] },
                must(vec![word("lines", true)]),
            ]
        );
    }

    #[test]
    fn or_binds_neighbours() {
        assert_eq!(
            read("a b OR c d "),
            [
                must(vec![word("a", false)]),
                must(vec![word("b", false), word("c", false)]),
                must(vec![word("d", false)]),
            ]
        );
        assert_eq!(read("OR a OR"), [must(vec![word("a", false)])]);
    }

    #[test]
    fn fields_values_and_ranges() {
        let field = |name: &str, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            must(vec![Part::Field { name: name.into(), values }])
        };
        assert_eq!(
            read("Council:islington,,hackney year:2018..2021 council:\"Tower Hamlets\" year: year:\"\""),
            [
                field("council", &["islington", "hackney"]),
                field("year", &["2018..2021"]),
                field("council", &["Tower Hamlets"]),
                field("year", &[]),
                field("year", &[]),
            ]
        );
    }

    #[test]
    fn words_without_a_space_between_are_words() {
        let two = [must(vec![word("CSE", false)]), must(vec![word("CCE", true)])];
        for text in ["CSE/CCE", "CSE,CCE", "CSE@CCE"] {
            assert_eq!(read(text), two, "{text}");
        }
        for text in ["15/04/2019", "2,118", "-CSE/CCE"] {
            assert_eq!(read(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_no_field_is_words() {
        assert_eq!(read("colour:red"), [must(vec![word("colour", false)]), must(vec![word("red", true)])]);
        assert_eq!(
            read("-colour:red"),
            [Group { excluded: true, parts: vec![word("colour:red", true)] }],
            "to leave out either would leave out more than was asked for"
        );
        assert_eq!(
            read("NOT colour:red blue OR colour:red"),
            [
                Group { excluded: true, parts: vec![word("colour:red", false)] },
                must(vec![word("blue", false), word("colour:red", true)]),
            ]
        );
        let address = "https://example.org/a:b";
        assert_eq!(read(address), [must(vec![word(address, true)])]);
    }

    #[test]
    fn ranges_have_numbers_at_their_ends() {
        assert_eq!(range("2018..2021"), Some((2018, 2021)));
        for value in ["2018-2021", "2018–2021", "2018 - 2021", "2018-21", "2021..2018"] {
            assert_eq!(range(value), Some((2018, 2021)), "{value}");
        }
        assert_eq!(range("1-3"), Some((1, 3)));
        assert_eq!(range("2018.."), Some((2018, u32::MAX)));
        assert_eq!(range("..2021"), Some((0, 2021)));
        for value in ["..", "-", "2018", "high-quality", "2018.2021", "2018..new"] {
            assert_eq!(range(value), None, "{value}");
        }
    }

    #[test]
    fn what_is_malformed_is_a_query_all_the_same() {
        assert_eq!(read("\"open phrase"), [must(vec![Part::Phrase("open phrase".into())])]);
        assert_eq!(read("- -- ) ("), [must(vec![word("-", false)]), must(vec![word("--", false)])]);
        assert_eq!(read("(a)"), [must(vec![word("a", false)])]);
        assert!(read("").is_empty());
    }
}

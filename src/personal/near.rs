//! What is personal only by the words beside it: dates of birth, and where somebody lives.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Kind, after, before, characters_beside};

struct Shapes {
    date: Regex,
    born_before: Regex,
    born_after: Regex,
    postcode: Regex,
    lives: Regex,
}

// Word boundaries and digits of ASCII: those of Unicode are many times slower to look for.
static SHAPES: LazyLock<Option<Shapes>> = LazyLock::new(|| {
    let new = |pattern: &str| Regex::new(pattern).ok();
    Some(Shapes {
        date: new(
            r"(?ix)[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)?[0-9]{2} | (?:19|20)[0-9]{2}[/.-][0-9]{1,2}[/.-][0-9]{1,2}
              | [0-9]{1,2}(?:st|nd|rd|th)?(?:\ (?:day\ )?of)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s(?:19|20)[0-9]{2}
              | (?-u:\b)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s[0-9]{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)[0-9]{2}",
        )?,
        born_before: new(
            r"(?i)(?-u:\b)(?:(?:dob|d\.o\.b|date[\s_-]of[\s_-]birth|birth[\s_-]?date)(?-u:\b)\.?|born(?-u:\b))[^0-9.]{0,20}$",
        )?,
        born_after: new(
            r"(?i)^[^0-9.]{0,20}?(?-u:\b)(?:dob|d\.o\.b|date[\s_-]of[\s_-]birth|birth[\s_-]?date)(?-u:\b)",
        )?,
        postcode: new(
            r"(?i)(?-u:\b)[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9][0-9A-Z]?|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2}(?-u:\b)",
        )?,
        lives: new(
            r"(?i)(?-u:\b)(?:live[sd] (?:at|in|on|with|near|alone|next)|living (?:at|with)|resident (?:at|of)|resid(?:es|ed|ing)|stay(?:s|ed|ing) (?:at|with)|home address|(?:his|her|their) (?:home|address|house|flat)|aged [0-9]+,? (?:of|from|at))(?-u:\b)",
        )?,
    })
});

/// Dates of birth: whole dates beside a word that says so.
pub(super) fn births(text: &str) -> Vec<Found> {
    let Some(shapes) = SHAPES.as_ref() else { return Vec::new() };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_birth = |span| {
        let (left, right) = characters_beside(text, span);
        let before = before(text, span.start, 36);
        let after = after(text, span.end, 36);
        // Not over the end of a paragraph.
        let before = before.rsplit("\n\n").next().unwrap_or_default();
        let after = after.split("\n\n").next().unwrap_or_default();
        !is_digit(left)
            && !is_digit(right)
            && (shapes.born_before.is_match(before) || shapes.born_after.is_match(after))
    };
    let dates = shapes.date.find_iter(text).map(|date| date.range().into());
    dates.filter(|span| is_birth(*span)).map(|span| Found { kind: Kind::BirthDate, span }).collect()
}

/// Full postcodes beside words about where somebody lives.
pub(super) fn homes(text: &str) -> Vec<Found> {
    let Some(shapes) = SHAPES.as_ref() else { return Vec::new() };
    let is_home = |postcode: &regex::Match<'_>| {
        let from = postcode.start() - before(text, postcode.start(), 60).len();
        let until = postcode.end() + after(text, postcode.end(), 40).len();
        text.get(from..until).is_some_and(|around| shapes.lives.is_match(around))
    };
    let homes = shapes.postcode.find_iter(text).filter(is_home);
    homes.map(|postcode| Found { kind: Kind::Postcode, span: postcode.range().into() }).collect()
}

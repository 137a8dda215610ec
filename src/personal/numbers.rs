//! Numbers that are given to one person each, told from others by their check digits and by what
//! stands beside them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Kind, after, before, characters_beside};
use crate::source::Span;

struct Shapes {
    telephone: Regex,
    nhs: Regex,
    insurance: Regex,
    pupil: Regex,
    driver: Regex,
}

static SHAPES: LazyLock<Option<Shapes>> = LazyLock::new(|| {
    let new = |pattern: &str| Regex::new(pattern).ok();
    Some(Shapes {
        telephone: new(
            r"(?:(?:\+|00)44[\s._–-]{0,2}(?:\(?0\)?[\s._–-]?)?|44[\s_–-]?|\(?0)[0-9](?:[\s()._–-]{0,2}[0-9]){8,9}",
        )?,
        nhs: new(r"[0-9]{3}[ \u{a0}_–-]?[0-9]{3}[ \u{a0}_–-]?[0-9]{4}")?,
        insurance: new(
            r"(?i-u)([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ _-]?[0-9]{2}[ _-]?[0-9]{2}[ _-]?[0-9]{2}[ _-]?[A-D]",
        )?,
        pupil: new(r"(?i-u)[A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z0-9]")?,
        driver: new(r"[A-Z9]{5}[0-9][0156][0-9][0-3][0-9][0-9][A-Z9]{2}[A-HJ-NP-Z0-9]{3}")?,
    })
});

/// Where a number stands: in a sentence, or in the name of a file, where hyphens join words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Name,
}

/// The numbers in `text`; of telephones those that somebody carries, and in a name every one.
pub(super) fn find(text: &str, place: Place) -> Vec<Found> {
    let Some(shapes) = SHAPES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut look = |kind, shape: &Regex, is_one: &dyn Fn(&str, Span) -> bool| {
        let spans = candidates(shape, text, |span| {
            stands_alone(text, span, place) && text.get(span.range()).is_some_and(|value| is_one(value, span))
        });
        found.extend(spans.into_iter().map(|span| Found { kind, span }));
    };
    look(Kind::Telephone, &shapes.telephone, &|number, _| {
        is_telephone(number) && (place == Place::Name || is_mobile(number))
    });
    look(Kind::NhsNumber, &shapes.nhs, &|number, span| {
        is_nhs_number(number) && (number.len() > 10 || is_called(text, span, &["nhs"]))
    });
    look(Kind::NationalInsurance, &shapes.insurance, &|number, _| {
        let prefix = number.get(..2).unwrap_or_default().to_ascii_uppercase();
        !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix.as_str())
    });
    look(Kind::PupilNumber, &shapes.pupil, &|number, span| {
        let capital = number.to_ascii_uppercase();
        is_pupil_number(&capital)
            && (capital == number || place == Place::Name || is_called(text, span, &["pupil", "upn"]))
    });
    look(Kind::DrivingLicence, &shapes.driver, &|number, _| is_driver(number));
    found
}

/// Every place of `shape` that `accept` takes. What it refuses may have begun within another number
/// and swallowed the start of the right one, so the next is looked for one character on.
fn candidates(shape: &Regex, text: &str, accept: impl Fn(Span) -> bool) -> Vec<Span> {
    let (mut spans, mut at) = (Vec::new(), 0);
    while let Some(candidate) = shape.find_at(text, at) {
        let span = Span::from(candidate.range());
        if accept(span) {
            spans.push(span);
        }
        at = span.start + candidate.as_str().chars().next().map_or(1, char::len_utf8);
    }
    spans
}

/// Whether what is at `span` is no part of something longer, such as an address on the web.
fn stands_alone(text: &str, span: Span, place: Place) -> bool {
    let (left, right) = characters_beside(text, span);
    if place == Place::Name {
        return !left.is_some_and(char::is_alphanumeric) && !right.is_some_and(char::is_alphanumeric);
    }
    let joins = |c: char| c.is_alphanumeric() || "/-–_=&%#?£$€".contains(c);
    // Addresses that hold a number to be rung or written to.
    let rings = ["wa.me/", "phone=", "wa.me/+", "phone=+"];
    let before = before(text, span.start, 7);
    let is_rung = rings.iter().any(|ring| before.ends_with(ring));
    (is_rung || !left.is_some_and(|c| joins(c) || c == '.')) && !right.is_some_and(|c| joins(c) || c == '@')
}

/// Whether one of `names` stands before the number in its sentence, or right after it.
fn is_called(text: &str, span: Span, names: &[&str]) -> bool {
    let before = before(text, span.start, 100);
    let sentence = before.rsplit(['\n', '!', '?']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default().to_ascii_lowercase();
    let after = after(text, span.end, 20).to_ascii_lowercase();
    names.iter().any(|name| sentence.contains(name) || after.contains(name))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// As dialled within the country.
fn national(text: &str) -> String {
    let digits = digits(text);
    match digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

fn is_telephone(text: &str) -> bool {
    let number = national(text);
    let is_bare = text.starts_with("44");
    (10..=11).contains(&number.len())
        && ["01", "02", "03", "05", "07", "08", "09"].iter().any(|start| number.starts_with(start))
        && (!is_bare || (is_mobile(text) && number.len() == 11))
        && !is_dates(text)
}

/// An office has a number of another kind.
fn is_mobile(text: &str) -> bool {
    national(text).starts_with("07")
}

/// Whether the groups are those of dates: a year, and no other of more than two digits.
fn is_dates(text: &str) -> bool {
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let is_year = |group: &&&str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let years = groups.iter().filter(is_year).count();
    years > 0 && groups.iter().filter(|group| group.len() > 2).count() == years
}

fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let [front @ .., last] = digits.as_slice() else { return false };
    let sum: u32 = front.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // The same digit ten times passes, and is nobody's.
    digits.iter().any(|digit| digit != last) && (11 - sum % 11) % 11 == *last
}

fn is_pupil_number(text: &str) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let value = |c: char| match c.to_digit(10) {
        Some(digit) => usize::try_from(digit).ok(),
        None => LETTERS.iter().position(|letter| char::from(*letter) == c),
    };
    let sum: Option<usize> = text.chars().skip(1).zip(2..).map(|(c, at)| Some(value(c)? * at)).sum();
    let check = sum.and_then(|sum| LETTERS.get(sum % 23)).map(|letter| char::from(*letter));
    check.is_some() && check == text.chars().next()
}

/// A licence starts with a surname, filled up with nines at its end, and has a month and a day in it.
fn is_driver(text: &str) -> bool {
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<u32>().ok());
    let surname = text.get(..5).unwrap_or_default().trim_end_matches('9');
    let month = number(6..8).map(|month| month % 50);
    !surname.is_empty()
        && !surname.contains('9')
        && month.is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
}

//! What looks like personal data: numbers and addresses that lead to one person.
//!
//! A shape is found first, and then held against its check digits and what stands around it: a guess
//! that is often wrong is soon ignored.

use std::sync::LazyLock;

use regex::Regex;

use crate::source::Span;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A patient's number in the National Health Service.
    NhsNumber,
    /// A National Insurance number.
    NationalInsurance,
    /// A unique pupil number.
    PupilNumber,
    /// A telephone that somebody carries, or any in a file's name.
    Telephone,
    /// A mailbox of somebody rather than of a role.
    Email,
    /// Somebody's date of birth.
    BirthDate,
    /// Where somebody lives.
    Postcode,
}

impl Kind {
    /// As told to a contributor, after "this looks like".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NhsNumber => "an NHS number",
            Self::NationalInsurance => "a National Insurance number",
            Self::PupilNumber => "a unique pupil number",
            Self::Telephone => "a person's telephone number",
            Self::Email => "a person's e-mail address",
            Self::BirthDate => "a date of birth",
            Self::Postcode => "where somebody lives",
        }
    }
}

/// What was found, and where in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it looks like.
    pub kind: Kind,
    /// The value alone.
    pub span: Span,
}

struct Shapes {
    email: Regex,
    telephone: Regex,
    nhs: Regex,
    insurance: Regex,
    pupil: Regex,
    postcode: Regex,
    born: Regex,
    lives: Regex,
}

static SHAPES: LazyLock<Option<Shapes>> = LazyLock::new(|| {
    // Word boundaries and digits of ASCII: those of Unicode are many times slower to look for.
    let new = |pattern: &str| Regex::new(pattern).ok();
    Some(Shapes {
        email: new(r"([\p{L}0-9._%+'-]+)@([\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+)")?,
        telephone: new(r"(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)[0-9](?:[\s().-]{0,2}[0-9]){8,9}")?,
        nhs: new(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")?,
        insurance: new(
            r"(?i)(?-u:\b)([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-D](?-u:\b)",
        )?,
        pupil: new(r"(?-u:\b)[A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z0-9](?-u:\b)")?,
        postcode: new(
            r"(?-u:\b)[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9][0-9A-Z]?|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2}(?-u:\b)",
        )?,
        born: new(r"(?ix)(?:(?-u:\b)(?:dob|d\.o\.b\.?|date\ of\ birth|born))(?-u:\b)[^\n0-9]{0,20}
              ([0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)?[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}
              |[0-9]{1,2}(?:st|nd|rd|th)?\ (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\ (?:19|20)[0-9]{2})")?,
        lives: new(
            r"(?i)(?-u:\b)(?:lives|lived|living|resident|home address|(?:his|her|their) (?:home|address|house|flat)|aged)(?-u:\b)",
        )?,
    })
});

/// Where private people have their mailboxes.
const CONSUMER: &[&str] = &[
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "live",
    "msn",
    "yahoo",
    "ymail",
    "icloud",
    "me",
    "mac",
    "aol",
    "btinternet",
    "sky",
    "talktalk",
    "virginmedia",
    "ntlworld",
    "protonmail",
    "proton",
    "gmx",
    "tiscali",
];

/// Words of mailboxes that have two words and are nobody's.
const ROLES: &[&str] = &[
    "abuse",
    "access",
    "admin",
    "adult",
    "adults",
    "advice",
    "anti",
    "antislavery",
    "business",
    "care",
    "chief",
    "child",
    "children",
    "childrens",
    "commercial",
    "committee",
    "community",
    "complaints",
    "contact",
    "contracts",
    "council",
    "county",
    "crime",
    "customer",
    "data",
    "democratic",
    "desk",
    "duty",
    "enquiries",
    "enquiry",
    "equality",
    "exploitation",
    "families",
    "family",
    "feedback",
    "finance",
    "first",
    "freedom",
    "help",
    "helpline",
    "home",
    "housing",
    "human",
    "info",
    "information",
    "lead",
    "legal",
    "licensing",
    "local",
    "mash",
    "media",
    "modern",
    "modernslavery",
    "office",
    "officer",
    "partnership",
    "partnerships",
    "people",
    "policy",
    "press",
    "procurement",
    "protection",
    "public",
    "referral",
    "referrals",
    "research",
    "response",
    "rights",
    "safeguarding",
    "safer",
    "safety",
    "secretariat",
    "service",
    "services",
    "slavery",
    "social",
    "strategic",
    "strategy",
    "supply",
    "support",
    "team",
    "trading",
    "trafficking",
    "training",
    "unit",
    "victim",
    "victims",
    "website",
];

/// What looks personal in `text`, by place. Two kinds at one place are told as the first.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let Some(shapes) = SHAPES.as_ref() else { return Vec::new() };
    let mut found = numbers(shapes, text);
    found.retain(|found| found.kind != Kind::Telephone || is_mobile(digits(text, found.span)));
    for email in shapes.email.captures_iter(text) {
        if let (Some(whole), Some(name), Some(domain)) = (email.get(0), email.get(1), email.get(2))
            && is_somebodys(name.as_str(), domain.as_str())
        {
            found.push(Found { kind: Kind::Email, span: whole.range().into() });
        }
    }
    for born in shapes.born.captures_iter(text) {
        found.extend(born.get(1).map(|date| Found { kind: Kind::BirthDate, span: date.range().into() }));
    }
    let homes = shapes.postcode.find_iter(text);
    let homes =
        homes.filter(|postcode| shapes.lives.is_match(around(text, postcode.start(), postcode.end())));
    found.extend(homes.map(|postcode| Found { kind: Kind::Postcode, span: postcode.range().into() }));
    sorted(found)
}

/// What looks personal in the name of a file or folder: names are public, so any telephone and any
/// mailbox is.
#[must_use]
pub fn find_in_name(name: &str) -> Vec<Found> {
    let Some(shapes) = SHAPES.as_ref() else { return Vec::new() };
    let mut found = numbers(shapes, name);
    let emails = shapes.email.find_iter(name);
    found.extend(emails.map(|email| Found { kind: Kind::Email, span: email.range().into() }));
    sorted(found)
}

fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| found.span);
    found.dedup_by(|next, first| next.span.overlaps(first.span));
    found
}

fn numbers(shapes: &Shapes, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |kind, span: Span| {
        if stands_alone(text, span) {
            found.push(Found { kind, span });
        }
    };
    for number in shapes.telephone.find_iter(text) {
        if is_telephone(number.as_str()) {
            add(Kind::Telephone, number.range().into());
        }
    }
    for number in shapes.nhs.find_iter(text) {
        let is_grouped = number.len() > 10;
        let says_so = || before(text, number.start(), 20).to_ascii_lowercase().contains("nhs");
        if is_nhs_number(number.as_str()) && (is_grouped || says_so()) {
            add(Kind::NhsNumber, number.range().into());
        }
    }
    for number in shapes.insurance.captures_iter(text) {
        let prefix = number.get(1).map_or("", |prefix| prefix.as_str()).to_ascii_uppercase();
        if let Some(whole) = number.get(0)
            && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix.as_str())
        {
            add(Kind::NationalInsurance, whole.range().into());
        }
    }
    for number in shapes.pupil.find_iter(text) {
        if is_pupil_number(number.as_str()) {
            add(Kind::PupilNumber, number.range().into());
        }
    }
    found
}

/// Whether what is at `span` is no part of something longer, such as an address on the web.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|text| text.chars().next_back());
    let after = text.get(span.end..).and_then(|text| text.chars().next());
    let joins = |c: char| c.is_alphanumeric() || "/-_=&%#?£$€".contains(c);
    !before.is_some_and(|c| joins(c) || c == '.') && !after.is_some_and(|c| joins(c) || c == '@')
}

fn digits(text: &str, span: Span) -> String {
    text.get(span.range()).unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

/// As dialled within the country.
fn national(digits: &str) -> String {
    match digits.strip_prefix("44") {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits.to_owned(),
    }
}

fn is_telephone(text: &str) -> bool {
    let number = national(&text.chars().filter(char::is_ascii_digit).collect::<String>());
    (10..=11).contains(&number.len())
        && ["01", "02", "03", "05", "07", "08", "09"].iter().any(|start| number.starts_with(start))
}

/// An office has a number of another kind.
fn is_mobile(digits: String) -> bool {
    national(&digits).starts_with("07")
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

/// Whether a mailbox is a person's: with a provider for private people, or of the form first.last.
fn is_somebodys(name: &str, domain: &str) -> bool {
    let domain = domain.to_lowercase();
    if domain.split('.').next().is_some_and(|host| CONSUMER.contains(&host)) {
        return true;
    }
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split('.').collect();
    let is_name = |word: &&str| {
        word.chars().count() >= 2 && word.chars().all(|c| c.is_alphabetic() || "'-".contains(c))
    };
    let is_role = words.iter().flat_map(|word| word.split('-')).any(|word| ROLES.contains(&word));
    matches!(words.len(), 2 | 3) && words.iter().all(is_name) && !is_role
}

/// The sentence or so around a place.
fn around(text: &str, start: usize, end: usize) -> &str {
    let from = before(text, start, 60);
    let rest = text.get(end..).unwrap_or_default();
    let until = rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
    text.get(start - from.len()..end + until).unwrap_or_default()
}

/// At most `count` characters that stand before `at`.
fn before(text: &str, at: usize, count: usize) -> &str {
    let text = text.get(..at).unwrap_or_default();
    let from = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    text.get(from..).unwrap_or_default()
}

//! What looks like personal data: numbers and addresses that lead to one person.
//!
//! A shape is found first, and then held against its check digits and what stands around it: a guess
//! that is often wrong is soon ignored.

mod mailbox;
mod near;
mod numbers;

use crate::source::Span;
use numbers::Place;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A patient's number in the National Health Service.
    NhsNumber,
    /// A National Insurance number.
    NationalInsurance,
    /// A unique pupil number.
    PupilNumber,
    /// The number of a driving licence.
    DrivingLicence,
    /// A telephone that somebody carries, or any in a file's name.
    Telephone,
    /// A mailbox with a provider for private people.
    PrivateMailbox,
    /// A mailbox at work that is named as people are, or any in a file's name.
    Mailbox,
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
            Self::DrivingLicence => "the number of a driving licence",
            Self::Telephone => "a person's telephone number",
            Self::PrivateMailbox => "a person's private e-mail address",
            Self::Mailbox => "a person's e-mail address",
            Self::BirthDate => "a date of birth",
            Self::Postcode => "where somebody lives",
        }
    }

    /// Whether it is surely about one person. A mailbox at work may be public with its owner.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self != Self::Mailbox
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

/// What looks personal in `text`, by place, no two at one place: of those that share it the first
/// is told.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = numbers::find(text, Place::Text);
    found.extend(mailbox::find(text, false));
    found.extend(near::births(text));
    found.extend(near::homes(text));
    sorted(found)
}

/// What looks personal in the name of a file or folder: names are public, so any telephone and any
/// mailbox is. Hyphens and underscores join the words of a name, and not those of a text.
#[must_use]
pub fn find_in_name(name: &str) -> Vec<Found> {
    let mut found = numbers::find(name, Place::Name);
    found.extend(mailbox::find(name, true));
    sorted(found)
}

fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| found.span);
    found.dedup_by(|next, first| {
        let is_same_place = next.span.overlaps(first.span);
        if is_same_place {
            first.span.end = first.span.end.max(next.span.end);
        }
        is_same_place
    });
    found
}

/// The characters right before and after `span`.
fn characters_beside(text: &str, span: Span) -> (Option<char>, Option<char>) {
    let before = text.get(..span.start).and_then(|text| text.chars().next_back());
    let after = text.get(span.end..).and_then(|text| text.chars().next());
    (before, after)
}

/// At most `count` characters that stand before `at`.
fn before(text: &str, at: usize, count: usize) -> &str {
    let text = text.get(..at).unwrap_or_default();
    let from = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    text.get(from..).unwrap_or_default()
}

/// At most `count` characters that stand from `at` on.
fn after(text: &str, at: usize, count: usize) -> &str {
    let text = text.get(at..).unwrap_or_default();
    let until = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.get(..until).unwrap_or_default()
}

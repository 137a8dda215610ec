//! The table of contents.

use super::Entry;
use crate::parse::markdown::Heading;

/// Headings of the second level, with those of the third under them.
pub(super) fn contents(headings: &[Heading]) -> Vec<Entry> {
    let mut contents: Vec<Entry> = Vec::new();
    for heading in headings.iter().filter(|heading| matches!(heading.level, 2 | 3)) {
        let entry = Entry { text: heading.text.clone(), id: heading.id.clone(), children: Vec::new() };
        match contents.last_mut() {
            Some(above) if heading.level == 3 => above.children.push(entry),
            _ => contents.push(entry),
        }
    }
    contents
}

//! How another council begins: the first steps and needs, taken from a case study's own sections.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::view::AdoptView;
use crate::model::practice::CASE_STUDY_HEADINGS;
use crate::parse::markdown::{Body, plain};

/// How many steps and needs are shown.
const SHOWN: usize = 3;

/// The first items of the lists under "How to adopt it" and "What it needs".
#[must_use]
pub fn adopt(body: &Body) -> AdoptView {
    let [.., steps, needs] = CASE_STUDY_HEADINGS else { return AdoptView::default() };
    let (steps, steps_link) = section(body, steps);
    let (needs, needs_link) = section(body, needs);
    AdoptView { steps, steps_link, needs, needs_link }
}

/// The first items of the first list under the heading, and the link to the heading.
fn section(body: &Body, heading: &str) -> (Vec<String>, Option<String>) {
    let Some(at) = body.headings.iter().position(|h| h.level == 2 && h.text == heading) else {
        return (Vec::new(), None);
    };
    let link = body.headings.get(at).map(|heading| format!("#{}", heading.id));
    let mut seen = 0;
    let mut depth = 0;
    let mut items: Vec<String> = Vec::new();
    for (event, _) in &body.events {
        match event {
            Event::Start(Tag::Heading { .. }) => seen += 1,
            _ if seen <= at => {}
            _ if seen > at + 1 => break,
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Event::Start(Tag::Item) if depth == 1 => items.push(String::new()),
            event if depth == 1 => {
                if let Some(item) = items.last_mut() {
                    item.push_str(plain(event));
                }
            }
            _ => {}
        }
    }
    let items = items.iter().map(|item| first_sentence(item.trim()).to_owned());
    (items.filter(|item| !item.is_empty()).take(SHOWN).collect(), link)
}

/// An item's first sentence says what to do; the section says how.
fn first_sentence(item: &str) -> &str {
    item.find(". ").and_then(|end| item.get(..=end)).unwrap_or(item)
}

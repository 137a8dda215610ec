//! Atom feeds: one of everything, and one for each council and each topic.

use atom_syndication::{Category, Entry, Feed, Generator, Link, Person, Text};

use super::{Artifact, Input};
use crate::link::{Document, FEEDS};
use crate::model::Kind;

/// The address of the feed of everything.
pub const ALL: &str = "/feeds/all.atom";

/// Kinds of document whose changes are news.
const NEWS: &[Kind] = &[
    Kind::CaseStudy,
    Kind::AnnualReport,
    Kind::Recommendation,
    Kind::Statistic,
    Kind::Guidance,
    Kind::Programme,
    Kind::Event,
];

/// The address of the feed about `document`, where it has one. A translation shares its original's:
/// what refers to the one refers to both.
#[must_use]
pub fn of(input: &Input<'_>, document: &Document) -> Option<String> {
    let document = input.library.original(document);
    let has =
        matches!(document.kind, Kind::Council | Kind::Topic) && input.settings.feed_per_council_and_topic;
    has.then(|| format!("{FEEDS}{}/{}.atom", document.kind.folder(), document.id))
}

/// A translation says what its original has said.
fn is_news(document: &Document) -> bool {
    NEWS.contains(&document.kind) && document.is_listed()
}

/// Every feed.
pub fn artifacts(input: &Input<'_>) -> Vec<Artifact> {
    let mut news: Vec<&Document> =
        input.library.documents.iter().filter(|document| is_news(document)).collect();
    news.sort_by(|a, b| b.common.updated.cmp(&a.common.updated).then_with(|| a.path.cmp(&b.path)));
    let title = &input.settings.title;
    let mut feeds = vec![feed(input, ALL, "/", title, &input.settings.description, news.iter().copied())];
    for document in input.library.documents.iter().filter(|document| document.is_listed()) {
        let Some(path) = of(input, document) else { continue };
        let facet = if document.kind == Kind::Council { "council" } else { "topic" };
        let about = news
            .iter()
            .copied()
            .filter(|entry| entry.facets.get(facet).is_some_and(|values| values.contains(&document.id)));
        let title = format!("{}: {}", input.settings.title, document.common.title.0);
        feeds.push(feed(input, &path, &document.path, &title, &document.common.summary.0, about));
    }
    feeds
}

fn feed<'d>(
    input: &Input<'_>,
    path: &str,
    page: &str,
    title: &str,
    subtitle: &str,
    entries: impl Iterator<Item = &'d Document>,
) -> Artifact {
    let base = &input.settings.base;
    let entries: Vec<&Document> = entries.take(input.settings.feed_entries).collect();
    let newest = entries.iter().map(|entry| entry.common.updated.0).max();
    // A feed without entries was never updated; its format wants a date all the same.
    let updated = newest.map_or_else(|| "1970-01-01".to_owned(), |day| day.to_string());
    let author = Person {
        name: input.settings.publisher.clone(),
        email: None,
        uri: Some(base.absolute("/")),
        ..Person::default()
    };
    let feed = Feed {
        title: Text::plain(title.to_owned()),
        subtitle: Some(Text::plain(subtitle.to_owned())),
        id: base.absolute(path),
        updated: timestamp(&updated),
        authors: vec![author],
        generator: Some(Generator { value: "casebook".to_owned(), uri: None, version: None }),
        links: vec![
            link(base.absolute(path), "self", "application/atom+xml"),
            link(base.absolute(page), "alternate", "text/html"),
        ],
        entries: entries.into_iter().map(|document| entry(input, document)).collect(),
        lang: Some(input.settings.language().to_owned()),
        ..Feed::default()
    };
    let mut text = feed.to_string();
    text.push('\n');
    Artifact::new(path, text)
}

fn entry(input: &Input<'_>, document: &Document) -> Entry {
    let address = input.settings.base.absolute(&document.path);
    let category = |term: &str, label: &str| Category {
        term: term.to_owned(),
        scheme: None,
        label: Some(label.to_owned()),
    };
    Entry {
        title: Text::plain(document.common.title.0.clone()),
        id: address.clone(),
        updated: timestamp(&document.common.updated.0.to_string()),
        summary: Some(Text::plain(document.common.summary.0.clone())),
        links: vec![link(address, "alternate", "text/html")],
        categories: vec![category(document.kind.name(), document.kind.label())],
        ..Entry::default()
    }
}

fn link(href: String, rel: &str, mime_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(mime_type.to_owned()), ..Link::default() }
}

fn timestamp(day: &str) -> atom_syndication::FixedDateTime {
    format!("{day}T00:00:00Z").parse().unwrap_or_default()
}

//! The settings of a site: [`raw`] is `site.toml` as written, [`Settings`] what the rest of the
//! program sees.

mod checks;
pub mod raw;

use std::sync::Arc;

use crate::diagnostics::{self, Code, Diagnostic};
use crate::model::Kind;
use crate::model::common::Licence;
use crate::model::decode::Decoder;
use crate::model::schema::ExtraField;
use crate::model::values::Integer;
use crate::model::vocabulary::{TermDefinition, Vocabularies, Vocabulary};
use crate::parse::node::{Node, Value};
use crate::parse::toml;
use crate::source::{Source, Span};

pub use raw::HelplineSection as Helpline;
use raw::{SearchSection, SiteToml, SiteTomlDraft};

/// The file that holds the settings.
pub const FILE: &str = "site.toml";

/// Where readers are led who have to leave a page at once: a page that anybody might read.
const EXIT: &str = "https://www.bbc.co.uk/weather";

/// The settings of a site, checked and with every default in its place.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether nothing is wrong with them. Where something is, documents are not called wrong for what
    /// may be missing here.
    pub is_whole: bool,
    /// `site.toml`, for findings about it that later stages make.
    pub source: Arc<Source>,
    /// Its tree.
    pub tree: Node,
    /// The site's name.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Where it stands.
    pub base: BaseUrl,
    /// Who publishes it.
    pub publisher: String,
    /// The mailbox of those who keep it.
    pub email: Option<String>,
    /// Where its source is kept.
    pub repository: Option<String>,
    /// The licence of its own words.
    pub licence: Option<Licence>,
    /// Codes and names of its languages, the first one first.
    pub languages: Vec<(String, String)>,
    /// The folder in `themes`.
    pub theme: String,
    /// Texts and paths of the links at the top.
    pub navigation: Vec<(String, String)>,
    /// Where to get help.
    pub helpline: Option<Helpline>,
    /// Where a reader is led who has to leave at once: the address, and the text of the link, where
    /// the site has its own.
    pub exit: (String, String),
    /// Months after which a case study has to be reviewed again.
    pub review_months: i64,
    /// Days before a report is due from which it is due soon.
    pub due_soon_days: i64,
    /// Entries of a feed.
    pub feed_entries: usize,
    /// Whether councils and topics have feeds of their own.
    pub feed_per_council_and_topic: bool,
    /// How much each part of a document counts in a search.
    pub search: SearchWeights,
    /// Everyday words that mean the same, group by group.
    pub synonyms: Vec<Vec<String>>,
    /// The allowed values.
    pub vocabularies: Vocabularies,
    /// Facets that the site adds.
    pub facets: Vec<Facet>,
}

/// How much each part of a document counts in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchWeights {
    /// The title.
    pub title: u8,
    /// The summary.
    pub summary: u8,
    /// The headings of the text.
    pub headings: u8,
    /// The text.
    pub body: u8,
    /// The names of the councils that it concerns.
    pub councils: u8,
    /// The labels of its values, abbreviations and other names.
    pub labels: u8,
}

/// A facet that the site adds.
#[derive(Debug, Clone)]
pub struct Facet {
    /// The field.
    pub field: ExtraField,
    /// As shown to readers.
    pub label: String,
    /// The kinds of document that have it.
    pub kinds: Vec<Kind>,
}

/// Where a site stands: `https://host` and a folder that starts and ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// The folder; `/` for a site of its own.
    pub folder: String,
}

impl BaseUrl {
    /// Takes an address apart. It has a scheme and a host.
    #[must_use]
    pub fn new(address: &str) -> Self {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let after_scheme = address.find("://").map_or(0, |at| at + 3);
        let host_end = address
            .get(after_scheme..)
            .and_then(|rest| rest.find('/'))
            .map_or(address.len(), |at| after_scheme + at);
        let (origin, folder) = address.split_at_checked(host_end).unwrap_or((address, ""));
        let folder = folder.trim_matches('/');
        let folder = if folder.is_empty() { "/".to_owned() } else { format!("/{folder}/") };
        Self { origin: origin.to_owned(), folder }
    }

    /// The link to a path on the site (one that starts with `/`) from any of its pages.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{}", self.folder, path.trim_start_matches('/'))
    }

    /// The whole address of a path on the site.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.origin, self.link(path))
    }
}

impl Settings {
    /// The fields that the site adds to documents of `kind`.
    pub fn extra_fields(&self, kind: Kind) -> impl Iterator<Item = &ExtraField> {
        self.facets.iter().filter(move |facet| facet.kinds.contains(&kind)).map(|facet| &facet.field)
    }

    /// The first language.
    #[must_use]
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", |(code, _)| code)
    }

    /// The place of the setting under `path`, or of as much of it as there is.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Span {
        place(&self.tree, path)
    }
}

/// The place of the value under the names (or, for lists, numbers) of `path`, or of as much of it
/// as there is.
#[must_use]
pub fn place(tree: &Node, path: &[&str]) -> Span {
    let mut node = tree;
    for name in path {
        let next = match &node.value {
            Value::Sequence(items) => name.parse::<usize>().ok().and_then(|at| items.get(at)),
            _ => node.get(name).map(|entry| &entry.value),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span
}

/// Reads `site.toml`. What is wrong with it is among the findings; what is right is used all the
/// same, so that the documents can be checked in the same run.
#[must_use]
pub fn load(source: &Arc<Source>) -> (Settings, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let tree = toml::parse(source, &mut findings);
    let is_read = findings.is_empty();
    let none = Vocabularies::default();
    let mut decoder = Decoder::new(source, &none);
    decoder.keeps_good_items = true;
    decoder.unknown_fields(&tree, &[SiteToml::SPEC], &[]);
    let raw = SiteTomlDraft::decode_fields(&tree, &mut decoder);
    checks::vocabularies(&tree, &raw, &mut decoder);
    let facets = checks::facets(&tree, &raw, &mut decoder);
    checks::weights(&tree, &raw, &mut decoder);
    checks::synonyms(&tree, &mut decoder);
    // What a mistake in the language has swallowed is not missing.
    findings.extend(
        decoder.diagnostics.into_iter().filter(|finding| is_read || finding.code != Code::MissingField),
    );
    let mut settings = resolve(source, tree, raw, facets);
    settings.is_whole = findings.is_empty();
    if !settings.is_whole {
        settings.vocabularies.forgive();
    }
    findings.extend(diagnostics::personal_data(source));
    (settings, findings)
}

fn resolve(source: &Arc<Source>, tree: Node, raw: SiteTomlDraft, facets: Vec<Facet>) -> Settings {
    let languages: Vec<_> =
        raw.languages.unwrap_or_default().into_iter().map(|l| (l.code.0, l.label.0)).collect();
    let site = raw.site;
    let review = raw.review;
    let feeds = raw.feeds;
    let exit = raw.exit;
    let text = |value: Option<String>| value.unwrap_or_default();
    Settings {
        is_whole: true,
        source: Arc::clone(source),
        title: text(site.as_ref().map(|s| s.title.0.clone())),
        description: text(site.as_ref().map(|s| s.description.0.clone())),
        base: BaseUrl::new(site.as_ref().map_or("https://example.org/", |s| &s.base_url.0)),
        publisher: text(site.as_ref().map(|s| s.publisher.0.clone())),
        email: site.as_ref().and_then(|s| s.email.as_ref()).map(|e| e.0.clone()),
        repository: site.as_ref().and_then(|s| s.repository.as_ref()).map(|r| r.0.clone()),
        licence: site.as_ref().and_then(|s| s.licence),
        languages: if languages.is_empty() {
            vec![("en".to_owned(), "English".to_owned())]
        } else {
            languages
        },
        theme: raw.theme.and_then(|t| t.name).map_or_else(|| "default".to_owned(), |name| name.0),
        navigation: raw.navigation.unwrap_or_default().into_iter().map(|n| (n.label.0, n.path.0)).collect(),
        helpline: raw.helpline,
        exit: (
            exit.as_ref().and_then(|e| e.url.as_ref()).map_or_else(|| EXIT.to_owned(), |url| url.0.clone()),
            text(exit.as_ref().and_then(|e| e.label.as_ref()).map(|label| label.0.clone())),
        ),
        review_months: review.as_ref().and_then(|r| r.case_study_months).map_or(24, |m| m.0),
        due_soon_days: review.as_ref().and_then(|r| r.report_due_soon_days).map_or(60, |d| d.0),
        feed_entries: feeds
            .as_ref()
            .and_then(|f| f.entries)
            .map_or(20, |entries| usize::try_from(entries.0).unwrap_or(20)),
        feed_per_council_and_topic: feeds.and_then(|f| f.per_council_and_topic).unwrap_or(true),
        search: search_weights(raw.search.as_ref()),
        synonyms: raw
            .synonyms
            .unwrap_or_default()
            .into_iter()
            .map(|group| group.words.into_iter().map(|word| word.0).collect())
            .collect(),
        vocabularies: raw.vocabularies.map_or_else(Vocabularies::default, |named| {
            Vocabularies::new(named.0.into_iter().map(|(name, v)| vocabulary(name, v)).collect())
        }),
        facets,
        tree,
    }
}

fn search_weights(section: Option<&SearchSection>) -> SearchWeights {
    type Weight = Integer<0, 100>;
    let weight = |of: fn(&SearchSection) -> Option<Weight>, default: u8| {
        section.and_then(of).and_then(|weight| u8::try_from(weight.0).ok()).unwrap_or(default)
    };
    SearchWeights {
        title: weight(|s| s.title, 6),
        summary: weight(|s| s.summary, 3),
        headings: weight(|s| s.headings, 2),
        body: weight(|s| s.body, 1),
        councils: weight(|s| s.councils, 3),
        labels: weight(|s| s.labels, 2),
    }
}

fn vocabulary(name: String, section: raw::VocabularySection) -> Vocabulary {
    let terms = section.terms.into_iter().map(|term| TermDefinition {
        value: term.value.0,
        label: term.label.0,
        description: term.description.map(|d| d.0).unwrap_or_default(),
        replaced_by: term.replaced_by.map(|r| r.0),
    });
    Vocabulary { name, label: section.label.0, is_whole: true, terms: terms.collect() }
}

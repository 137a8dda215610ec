//! The facets, the values of each, and the documents that have each value.

use super::lists::List;
use super::{Page, Planner};
use crate::link::{BROWSE, Document, facet, facet_value};
use crate::model::{Kind, Record};
use crate::render::cards;
use crate::render::facets::{Facet, Value};
use crate::render::view::{BrowseView, Link};

/// Values of a facet that the list of facets shows.
const VALUES: usize = 8;
/// Values that stand beside the list of one of them.
const BESIDE: usize = 20;

impl Planner<'_> {
    pub(super) fn browse(&self) -> Page {
        let title = self.word("browse_title");
        let pages = self.listed(Kind::Page).filter(|page| page.id != "index");
        let view = BrowseView {
            facets: self.facets.iter().map(|facet| facet.group(self.input, VALUES, None)).collect(),
            pages: pages.map(|page| self.link_to(page)).collect(),
        };
        let head = self.head(BROWSE, &title, &self.word("browse_intro"));
        self.page(BROWSE, "browse.html", head).with("browse", view)
    }

    fn browse_link(&self) -> Link {
        Link { label: self.word("browse_title"), url: self.link(BROWSE) }
    }

    /// Every value of a facet.
    pub(super) fn values(&self, of: &Facet) -> Page {
        let path = facet(&of.key);
        let intro = self.word("facet_intro").replace("{facet}", &of.label);
        let mut head = self.head(&path, &of.label, &intro);
        head.breadcrumbs.push(self.browse_link());
        let view = BrowseView { facets: vec![of.group(self.input, usize::MAX, None)], pages: Vec::new() };
        self.page(&path, "browse.html", head).with("browse", view)
    }

    /// The documents that have a value: by kind, case studies first.
    pub(super) fn value(&self, of: &Facet, value: &Value) -> List<'_> {
        let places = value.documents.iter().filter_map(|at| self.input.library.documents.get(*at));
        let mut documents: Vec<&Document> = places.collect();
        documents.sort_by_cached_key(|document| (document.kind, cards::sort_key(document)));
        let one_kind = documents.windows(2).all(|pair| match pair {
            [a, b] => a.kind == b.kind,
            _ => true,
        });
        let heading = |document: &Document| {
            if one_kind { String::new() } else { document.kind.plural().to_owned() }
        };
        let intro = if value.note.is_empty() {
            self.word("value_intro")
                .replace("{value}", &value.label)
                .replace("{facet}", &of.label.to_lowercase())
        } else {
            value.note.clone()
        };
        List {
            path: facet_value(&of.key, &value.key),
            title: format!("{}: {}", of.label, value.label),
            intro,
            breadcrumbs: vec![
                self.browse_link(),
                Link { label: of.label.clone(), url: self.link(&facet(&of.key)) },
            ],
            filters: vec![of.group(self.input, BESIDE, Some(&value.key))],
            about: self.about(&of.key, &value.key),
            documents: documents.into_iter().map(|document| (heading(document), document)).collect(),
        }
    }

    /// The page about a value, where the value is a document.
    fn about(&self, facet: &str, value: &str) -> Option<Link> {
        let library = self.input.library;
        let document = match facet {
            "council" => library.find(Kind::Council, value),
            "topic" => library.find(Kind::Topic, value),
            "commitment" => value.parse().ok().and_then(|number| library.commitment(number)),
            _ => None,
        }?;
        let link = self.link_to(document);
        Some(match &document.record {
            Record::Commitment(commitment) => {
                Link { label: format!("{}. {}", commitment.number.0, commitment.short_title.0), ..link }
            }
            _ => link,
        })
    }
}

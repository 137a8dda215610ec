//! Which pages the site has, and what each receives.

mod browse;
mod charter;
mod council;
mod document;
mod lists;
mod other;
mod practice;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::cards::Cards;
use super::facets::{self, Facet};
use super::markdown::Rendered;
use super::names::LibraryNames;
use super::theme::{Shared, Theme};
use super::view::{Head, Link, Site};
use super::{Artifact, Input};
use crate::diagnostics::Diagnostic;
use crate::link::{Document, facet};
use crate::model::background::PagePurpose;
use crate::model::{Kind, Record};

/// A page to render: with what all pages share, all that its bytes depend on.
pub struct Page {
    path: String,
    template: &'static str,
    lang: String,
    view: Json,
    /// Whether it is a page of its own beside the documents, for the site map.
    listed: bool,
}

/// Every page, and what all of them receive.
pub struct Pages {
    /// The pages, in a stable order.
    pub list: Vec<Page>,
    /// What every page receives.
    pub shared: Shared,
}

impl Pages {
    /// The addresses of pages that are not documents and are to be found.
    pub fn listed(&self) -> impl Iterator<Item = &str> {
        self.list.iter().filter(|page| page.listed).map(|page| page.path.as_str())
    }
}

impl Page {
    /// The page's bytes.
    pub fn render(&self, theme: &Theme, shared: &Shared) -> Result<Artifact, Box<Diagnostic>> {
        let html = theme.render(self.template, shared, &self.lang, &self.view)?;
        Ok(Artifact::new(&self.path, html))
    }

    /// Not for the site map: a document, which stands there already, or no page to be found.
    fn unlisted(mut self) -> Self {
        self.listed = false;
        self
    }

    /// With another thing to receive.
    fn with(mut self, name: &str, view: impl Serialize) -> Self {
        if let Some(map) = self.view.as_object_mut() {
            map.insert(name.to_owned(), serde_json::to_value(view).unwrap_or(Json::Null));
        }
        self
    }
}

/// Every page, in a stable order. `bodies` belong to the library's documents, one by one.
#[must_use]
pub fn plan(input: &Input<'_>, bodies: &[Rendered]) -> Pages {
    let names = LibraryNames { library: input.library, settings: input.settings };
    let facets = facets::facets(input);
    let planner = Planner { input, cards: Cards { input, names }, facets };
    let documents = input.library.documents.iter().zip(bodies);
    let mut list: Vec<Page> =
        documents.map(|(document, body)| planner.document(document, body).unlisted()).collect();
    if input.library.find(Kind::Page, "index").is_none() {
        list.push(planner.home(None));
    }
    list.extend(Kind::ALL.iter().flat_map(|kind| planner.collection(*kind)));
    list.push(planner.accountability());
    list.extend(planner.browse());
    list.push(planner.data());
    list.push(planner.not_found().unlisted());
    list.extend(input.library.aliases.iter().map(|(alias, at)| planner.redirect(alias, *at).unlisted()));
    let langs = list.iter().map(|page| page.lang.as_str());
    let shared = Shared::new(input.theme, &planner.site(), langs);
    Pages { list, shared }
}

/// Makes pages from the library.
struct Planner<'a> {
    input: &'a Input<'a>,
    cards: Cards<'a>,
    facets: Vec<Facet>,
}

impl<'a> Planner<'a> {
    fn page(&self, path: &str, template: &'static str, head: Head) -> Page {
        let lang = head.lang.clone();
        let view = Json::Object(Map::new());
        Page { path: path.to_owned(), template, lang, view, listed: true }.with("page", head)
    }

    fn head(&self, path: &str, title: &str, description: &str) -> Head {
        let base = &self.input.settings.base;
        Head {
            title: title.to_owned(),
            description: description.to_owned(),
            url: base.link(path),
            canonical: base.absolute(path),
            lang: self.input.settings.language().to_owned(),
            og_type: "website",
            breadcrumbs: vec![Link { label: self.word("home"), url: base.link("/") }],
            ..Head::default()
        }
    }

    /// A word of the interface in the site's first language.
    fn word(&self, name: &str) -> String {
        let words = self.input.theme.strings(self.input.settings.language());
        words.get(name).map_or_else(|| name.to_owned(), |word| (*word).to_owned())
    }

    fn link(&self, path: &str) -> String {
        self.input.settings.base.link(path)
    }

    fn link_to(&self, document: &Document) -> Link {
        Link { label: document.common.title.0.clone(), url: self.link(&document.path) }
    }

    /// Documents of `kind` that lists show, by name.
    fn listed(&self, kind: Kind) -> impl Iterator<Item = &'a Document> + use<'a> {
        self.input.library.of_kind(kind).filter(|document| document.is_listed())
    }

    fn site(&self) -> Site {
        let facets =
            self.facets.iter().map(|f| Link { label: f.label.clone(), url: self.link(&facet(&f.key)) });
        let pages = |purposes: &[PagePurpose]| {
            let mut pages: Vec<(i64, Link)> = self
                .listed(Kind::Page)
                .filter_map(|document| match &document.record {
                    Record::Page(page) if page.purpose.is_some_and(|p| purposes.contains(&p)) => {
                        Some((page.order.map_or(i64::MAX, |order| order.0), self.link_to(document)))
                    }
                    _ => None,
                })
                .collect();
            pages.sort_by_key(|(order, _)| *order);
            pages.into_iter().map(|(_, link)| link).collect()
        };
        let about = pages(&[PagePurpose::About]);
        let help = pages(&[PagePurpose::WarningSigns, PagePurpose::Help]);
        Site::new(self.input, facets.collect(), about, help)
    }
}

//! The home page, the search, the open data, and pages that are not there.

use super::{Page, Planner};
use crate::link::{DATA, Document, SEARCH, collection};
use crate::model::Kind;
use crate::render::markdown::Rendered;
use crate::render::view::{Count, DataTable, DataView, HomeView, Link, SearchView};
use crate::render::{data, json_ld, reporting};

/// Cards under "What is new".
const NEWEST: usize = 3;

/// The address of the home page in the site's first language.
pub(super) const HOME: &str = "/";

/// The address of the page that hosts show for one that is not there.
pub(super) const NOT_FOUND: &str = "/404.html";

impl Planner<'_> {
    /// The home page; its words are those of `index.md`, where the site has one.
    pub(super) fn home(&self, page: Option<(&Document, &Rendered)>) -> Page {
        let settings = self.input.settings;
        let mut head = match page {
            Some((document, _)) => self.document_head(document),
            None => self.head(HOME, &settings.title, &settings.description),
        };
        head.breadcrumbs.clear();
        head.og_type = "website";
        head.json_ld = Some(json_ld::site(self.input));
        head.as_of = Some(self.today());
        let mut newest: Vec<&Document> =
            self.listed(Kind::CaseStudy).chain(self.listed(Kind::AnnualReport)).collect();
        newest.sort_by(|a, b| b.common.updated.cmp(&a.common.updated).then_with(|| a.path.cmp(&b.path)));
        let about = |topic: &Document| {
            let values = self.facets.iter().filter(|facet| facet.key == "topic").flat_map(|f| &f.values);
            let found = values.filter(|value| value.key == topic.id).map(|value| value.documents.len());
            Count { label: topic.common.title.0.clone(), count: found.sum(), url: self.link(&topic.path) }
        };
        let view = HomeView {
            body: page.map(|(_, body)| body.html.clone()),
            terms: page.into_iter().flat_map(|(_, b)| &b.terms).filter_map(|id| self.term(id)).collect(),
            newest: newest.into_iter().take(NEWEST).map(|document| self.cards.card(document)).collect(),
            topics: self.listed(Kind::Topic).map(about).collect(),
            counts: self.kinds(),
            numbers: reporting::numbers(self.input),
            map: self.map(),
        };
        let path = page.map_or(HOME, |(document, _)| document.path.as_str());
        self.page(path, "home.html", head).with("home", view)
    }

    /// The lists, with how many documents each has.
    fn kinds(&self) -> Vec<Count> {
        let kinds = Kind::ALL.iter().filter_map(|kind| {
            let count = self.listed(*kind).count();
            let url = self.link(&collection(*kind)?);
            (count > 0).then(|| Count { label: kind.plural().to_owned(), count, url })
        });
        kinds.collect()
    }

    /// The search. What it finds is found by the reader's own computer, from the files of the index.
    pub(super) fn search(&self) -> Page {
        let head = self.head(SEARCH, &self.word("search"), &self.word("search_intro"));
        self.page(SEARCH, "search.html", head).with("search", SearchView { kinds: self.kinds() })
    }

    pub(super) fn data(&self) -> Page {
        let tables = Kind::ALL.iter().filter(|kind| self.input.library.of_kind(**kind).next().is_some());
        let tables = tables.map(|kind| {
            let file = |ending: &str| self.link(&format!("{DATA}{}{ending}", kind.folder()));
            DataTable {
                label: kind.plural().to_owned(),
                csv: file(".csv"),
                parts: data::parts(*kind)
                    .map(|(label, file)| Link { label, url: self.link(&format!("{DATA}{file}")) })
                    .collect(),
                json: file(".json"),
                csvw: file(".csv-metadata.json"),
                schema: file(".schema.json"),
            }
        });
        let head = self.head(DATA, &self.word("data_title"), &self.word("data_intro"));
        self.page(DATA, "data.html", head).with("data", DataView { tables: tables.collect() })
    }

    pub(super) fn not_found(&self) -> Page {
        let title = self.word("not_found_title");
        let mut head = self.head(NOT_FOUND, &title, &self.word("not_found_intro"));
        head.canonical.clear();
        self.page(NOT_FOUND, "404.html", head)
    }

    pub(super) fn redirect(&self, alias: &str, at: usize) -> Page {
        let target = self.input.library.documents.get(at);
        let (path, title) = target.map_or((HOME, ""), |d| (d.path.as_str(), d.common.title.0.as_str()));
        let mut head = self.head(path, title, &self.word("moved"));
        head.breadcrumbs.clear();
        self.page(&former(alias), "redirect.html", head)
    }
}

/// The address of the page that stands at a former address.
pub(super) fn former(alias: &str) -> String {
    let file = alias.rsplit('/').next().unwrap_or_default();
    if alias.ends_with('/') || file.contains('.') { alias.to_owned() } else { format!("{alias}/") }
}

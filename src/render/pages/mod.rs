//! Which pages the site has, what each receives, and the pages themselves.

mod browse;
mod charter;
mod council;
mod document;
mod lists;
mod other;
mod practice;

use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::cards::Cards;
use super::facets::{Facet, Value};
use super::markdown::Rendered as Body;
use super::names::LibraryNames;
use super::theme::{Shared, Theme};
use super::view::{Head, Link, Site};
use super::{Artifact, Input, Site as WholeSite};
use crate::cache::{Parts, Store};
use crate::diagnostics::Diagnostic;
use crate::link::{self, Document, facet};
use crate::model::background::PagePurpose;
use crate::model::{Kind, Record};

/// A page to render: with what all pages share, all that its bytes depend on.
struct Page {
    path: String,
    template: &'static str,
    lang: String,
    view: Json,
    /// Whether it is a page of its own beside the documents, for the site map.
    listed: bool,
}

/// A page that is done.
pub struct Rendered {
    /// Its file.
    pub artifact: Artifact,
    /// Its address, where it is not a document and is to be found.
    pub listed: Option<String>,
}

impl Page {
    fn render(
        self,
        theme: &Theme,
        shared: &Shared,
        cache: &Store<String>,
    ) -> Result<Rendered, Box<Diagnostic>> {
        let key = || {
            let parts = Parts::new().and(shared.key().as_bytes()).and(self.template).and(&self.lang);
            parts.and_json(&self.view).key()
        };
        let html = cache.try_get(key, || theme.render(self.template, shared, &self.lang, &self.view))?;
        let artifact = Artifact::new(&self.path, Arc::unwrap_or_clone(html));
        Ok(Rendered { artifact, listed: self.listed.then_some(self.path) })
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

/// Pages that are made together. What a page receives can be large, so it is made by the thread
/// that renders the page, and let go with it.
enum Task<'a> {
    Document(&'a Document, &'a Body),
    /// The home page of a site that has no document for it.
    Home,
    /// The list of the documents of a kind.
    Collection(Kind),
    Accountability,
    Browse,
    Search,
    /// The values of a facet.
    Values(&'a Facet),
    /// The documents that have a value.
    Value(&'a Facet, &'a Value),
    Data,
    NotFound,
    /// A former address, and the place of its document.
    Redirect(&'a str, usize),
}

impl Task<'_> {
    /// The address of its page, or the first of its pages; none where it has no page.
    fn address(&self) -> Option<String> {
        Some(match self {
            Self::Document(document, _) => document.path.clone(),
            Self::Home => other::HOME.to_owned(),
            Self::Collection(kind) => return link::collection(*kind),
            Self::Accountability => link::ACCOUNTABILITY.to_owned(),
            Self::Browse => link::BROWSE.to_owned(),
            Self::Search => link::SEARCH.to_owned(),
            Self::Values(facet) => link::facet(&facet.key),
            Self::Value(facet, value) => link::facet_value(&facet.key, &value.key),
            Self::Data => link::DATA.to_owned(),
            Self::NotFound => other::NOT_FOUND.to_owned(),
            Self::Redirect(alias, _) => other::former(alias),
        })
    }
}

/// What every page of a site receives.
#[must_use]
pub fn shared(input: &Input<'_>, facets: &[Facet]) -> Shared {
    let planner = Planner::new(input, facets);
    let langs = input.library.documents.iter().map(|document| document.lang.as_str());
    let langs = std::iter::once(input.settings.language()).chain(langs);
    Shared::new(input.theme, &planner.site(), langs)
}

/// A page, or the mistake of a template that stops it.
pub type Outcome = Result<Rendered, Box<Diagnostic>>;

/// Renders every page, in a stable order; `None` where `go_on` ended that.
#[must_use]
pub fn render(site: &WholeSite, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Outcome>> {
    let input = site.input();
    let planner = Planner::new(&input, &site.facets);
    let render = |page: Page| page.render(&site.theme, &site.shared, &site.cache.pages);
    let tasks = planner.tasks(&site.bodies).into_par_iter();
    // What makes many pages lets other threads have some of them.
    let pages = |task| planner.pages(&task).into_par_iter().map(render).collect::<Vec<_>>();
    let rendered: Option<Vec<_>> = tasks.map(|task| go_on().then(|| pages(task))).collect();
    Some(rendered?.into_iter().flatten().collect())
}

/// Renders the page that is the file `path` in the output folder, where there is one.
#[must_use]
pub fn render_one(site: &WholeSite, path: &Utf8Path) -> Option<Outcome> {
    let input = site.input();
    let planner = Planner::new(&input, &site.facets);
    let is_it = |address: &str| Artifact::path_of(address) == path;
    let first = path
        .as_str()
        .rfind("/page/")
        .and_then(|end| path.as_str().get(..=end))
        .map(|list| format!("/{list}"));
    let tasks = planner.tasks(&site.bodies);
    let addresses = || tasks.iter().map(|task| (task, task.address()));
    let task = addresses().find(|(_, address)| address.as_deref().is_some_and(is_it));
    let task = task.or_else(|| addresses().find(|(_, address)| first.is_some() && *address == first))?.0;
    let page = planner.pages(task).into_iter().find(|page| is_it(&page.path))?;
    Some(page.render(&site.theme, &site.shared, &site.cache.pages))
}

/// Makes pages from the library.
struct Planner<'a> {
    input: &'a Input<'a>,
    cards: Cards<'a>,
    facets: &'a [Facet],
}

impl<'a> Planner<'a> {
    fn new(input: &'a Input<'a>, facets: &'a [Facet]) -> Self {
        let names = LibraryNames { library: input.library, settings: input.settings };
        Self { input, cards: Cards { input, names }, facets }
    }

    fn tasks(&self, bodies: &'a [Arc<Body>]) -> Vec<Task<'a>> {
        let library = self.input.library;
        let documents = library.documents.iter().zip(bodies);
        let mut tasks: Vec<Task<'a>> =
            documents.map(|(document, body)| Task::Document(document, body)).collect();
        if library.find(Kind::Page, "index").is_none() {
            tasks.push(Task::Home);
        }
        tasks.extend(Kind::ALL.iter().map(|kind| Task::Collection(*kind)));
        tasks.extend([Task::Accountability, Task::Browse, Task::Search]);
        for facet in self.facets {
            tasks.push(Task::Values(facet));
            tasks.extend(facet.values.iter().map(|value| Task::Value(facet, value)));
        }
        tasks.extend([Task::Data, Task::NotFound]);
        tasks.extend(library.aliases.iter().map(|(alias, at)| Task::Redirect(alias, *at)));
        tasks
    }

    fn pages(&self, task: &Task<'_>) -> Vec<Page> {
        match *task {
            Task::Document(document, body) => vec![self.document(document, body).unlisted()],
            Task::Home => vec![self.home(None)],
            Task::Collection(kind) => self.collection(kind),
            Task::Accountability => vec![self.accountability()],
            Task::Browse => vec![self.browse()],
            Task::Search => vec![self.search()],
            Task::Values(facet) => vec![self.values(facet)],
            Task::Value(facet, value) => self.list(&self.value(facet, value)),
            Task::Data => vec![self.data()],
            Task::NotFound => vec![self.not_found().unlisted()],
            Task::Redirect(alias, at) => vec![self.redirect(alias, at).unlisted()],
        }
    }

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

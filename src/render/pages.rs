//! Which pages the site has, and what each receives.

use std::sync::Arc;

use jiff::{ToSpan, civil};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::facts::facts;
use super::markdown::Rendered;
use super::names::LibraryNames;
use super::theme::Theme;
use super::view::{Alternate, Contents, DocumentView, Group, Head, Link, ListView, Site};
use super::{Artifact, Input, feeds, json_ld};
use crate::cache::{Parts, Store};
use crate::diagnostics::Diagnostic;
use crate::link::{DATA, Document, LISTS_PER_PAGE, collection, list_page};
use crate::model::background::PagePurpose;
use crate::model::date::{self, Date, in_words};
use crate::model::{Kind, Record};

/// A page to render: all that its bytes depend on.
pub struct Page {
    path: String,
    template: &'static str,
    view: Json,
}

impl Page {
    /// The page's bytes.
    pub fn render(&self, theme: &Theme, cache: &Store<String>) -> Result<Artifact, Box<Diagnostic>> {
        let key = || Parts::new().and(theme.hash().as_bytes()).and(self.template).and_json(&self.view).key();
        let html = cache.try_get(key, || theme.render(self.template, &self.view))?;
        Ok(Artifact::new(&self.path, Arc::unwrap_or_clone(html)))
    }
}

/// Every page, in a stable order. `bodies` belong to the library's documents, one by one.
#[must_use]
pub fn plan(input: &Input<'_>, bodies: &[Rendered]) -> Vec<Page> {
    let planner = Planner {
        input,
        names: LibraryNames { library: input.library, settings: input.settings },
        site: Site::new(input),
    };
    let documents = input.library.documents.iter().zip(bodies);
    let mut pages: Vec<Page> = documents.map(|(document, body)| planner.document(document, body)).collect();
    if input.library.find(Kind::Page, "index").is_none() {
        pages.push(planner.home(None));
    }
    pages.extend(Kind::ALL.iter().flat_map(|kind| planner.lists(*kind)));
    pages.push(planner.data());
    pages.push(planner.not_found());
    pages.extend(input.library.aliases.iter().map(|(alias, at)| planner.redirect(alias, *at)));
    pages
}

struct Planner<'a> {
    input: &'a Input<'a>,
    names: LibraryNames<'a>,
    site: Site,
}

impl Planner<'_> {
    fn page(&self, path: &str, template: &'static str, head: Head, name: &str, view: impl Serialize) -> Page {
        let mut all = json!({"site": self.site, "page": head});
        if let Some(map) = all.as_object_mut() {
            map.insert(name.to_owned(), serde_json::to_value(view).unwrap_or(Json::Null));
        }
        Page { path: path.to_owned(), template, view: all }
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
            breadcrumbs: vec![Link { label: "Home".to_owned(), url: base.link("/") }],
            ..Head::default()
        }
    }

    fn document(&self, document: &Document, body: &Rendered) -> Page {
        if document.kind == Kind::Page && document.id == "index" {
            return self.home(Some((document, body)));
        }
        let view = self.document_view(document, body);
        let mut head = self.document_head(document);
        head.json_ld = Some(json_ld::document(self.input, document, &head));
        if view.reporting.is_some() {
            head.as_of = Some(in_words(self.input.today.into()));
        }
        self.page(&document.path, "document.html", head, "document", view)
    }

    fn document_head(&self, document: &Document) -> Head {
        let base = &self.input.settings.base;
        let mut head = self.head(&document.path, &document.common.title.0, &document.common.summary.0);
        head.lang.clone_from(&document.lang);
        head.og_type = "article";
        head.breadcrumbs.extend(
            collection(document.kind)
                .map(|path| Link { label: document.kind.plural().to_owned(), url: base.link(&path) }),
        );
        head.alternates =
            self.input.library.at(&document.translations).map(|other| self.alternate(other)).collect();
        head.feeds = feeds::of(self.input, document)
            .map(|path| Link { label: document.common.title.0.clone(), url: base.link(&path) })
            .into_iter()
            .collect();
        head.exit = match &document.record {
            Record::Page(page) => matches!(page.purpose, Some(PagePurpose::WarningSigns | PagePurpose::Help)),
            _ => false,
        };
        head
    }

    fn alternate(&self, other: &Document) -> Alternate {
        let base = &self.input.settings.base;
        let known = self.input.settings.languages.iter().find(|(code, _)| *code == other.lang);
        Alternate {
            lang: other.lang.clone(),
            label: known.map_or_else(|| other.lang.clone(), |(_, label)| label.clone()),
            url: base.link(&other.path),
            canonical: base.absolute(&other.path),
        }
    }

    fn document_view(&self, document: &Document, body: &Rendered) -> DocumentView {
        let base = &self.input.settings.base;
        let fields = document.record.view(&self.names);
        let facts = facts(document.kind.spec(), &fields);
        let source = document.source.path();
        DocumentView {
            kind: document.kind.name(),
            id: document.id.clone(),
            kind_label: document.kind.label(),
            title: document.common.title.0.clone(),
            summary: document.common.summary.0.clone(),
            updated: date::view(document.common.updated.into()),
            facts,
            fields,
            body: body.html.clone(),
            contents: body.contents.iter().map(Contents::from).collect(),
            terms: body.terms.iter().filter_map(|id| self.term(id)).collect(),
            referrers: self.referrers(document),
            reporting: self.reporting(document),
            data: base.link(&format!("{}index.json", document.path)),
            edit: self
                .input
                .settings
                .repository
                .as_ref()
                .map(|repository| format!("{}/edit/main/{source}", repository.trim_end_matches('/'))),
        }
    }

    fn term(&self, id: &str) -> Option<Json> {
        let document = self.input.library.find(Kind::GlossaryTerm, id)?;
        let Record::GlossaryTerm(term) = &document.record else { return None };
        Some(json!({
            "id": id,
            "title": document.common.title.0,
            "short": term.short.0,
            "url": self.input.settings.base.link(&document.path),
        }))
    }

    fn referrers(&self, document: &Document) -> Vec<Group> {
        Kind::ALL
            .iter()
            .filter_map(|kind| {
                let all = self.input.library.at(&document.referrers).filter(|other| other.kind == *kind);
                let documents: Vec<Json> = all.map(|other| self.names.document(other)).collect();
                (!documents.is_empty()).then(|| Group { label: kind.plural(), documents })
            })
            .collect()
    }

    /// How a council stands with its yearly report on the day of the build.
    fn reporting(&self, document: &Document) -> Option<Json> {
        let Record::Council(council) = &document.record else { return None };
        let month = i8::try_from(council.report_due_month?.0).ok()?;
        let today = self.input.today;
        let this_year = civil::Date::new(today.year(), month, 1).ok()?.last_of_month();
        let next = if this_year < today { this_year.checked_add(1.year()).ok()? } else { this_year };
        let previous = next.checked_sub(1.year()).ok()?;
        let reports = self.input.library.at(&document.referrers).filter_map(|other| match &other.record {
            Record::AnnualReport(report) => Some(report),
            _ => None,
        });
        let newest =
            reports.filter_map(|r| r.published.or(r.approved_on).or(r.period_end)).map(Date::last).max();
        let reported =
            newest.is_some_and(|newest| newest > previous.checked_sub(1.year()).unwrap_or(previous));
        let soon = next.checked_sub(self.input.settings.due_soon_days.days()).is_ok_and(|from| today >= from);
        let (state, label) = match (newest, reported, soon) {
            (None, ..) => ("none-known", "No report known"),
            (_, false, _) => ("overdue", "Report overdue"),
            (_, true, true) => ("due-soon", "Report due soon"),
            (_, true, false) => ("reported", "Reported"),
        };
        Some(json!({"state": state, "label": label, "due": date::view(next.into())}))
    }

    fn home(&self, page: Option<(&Document, &Rendered)>) -> Page {
        let settings = self.input.settings;
        let mut head = match page {
            Some((document, _)) => self.document_head(document),
            None => self.head("/", &settings.title, &settings.description),
        };
        head.breadcrumbs.clear();
        head.og_type = "website";
        head.json_ld = Some(json_ld::site(self.input));
        let mut newest: Vec<&Document> = self
            .input
            .library
            .of_kind(Kind::CaseStudy)
            .chain(self.input.library.of_kind(Kind::AnnualReport))
            .collect();
        newest.sort_by(|a, b| b.common.updated.cmp(&a.common.updated).then_with(|| a.path.cmp(&b.path)));
        let view = json!({
            "body": page.map(|(_, body)| body.html.clone()),
            "newest": newest.into_iter().take(6).map(|d| self.names.document(d)).collect::<Vec<_>>(),
            "topics": self.input.library.of_kind(Kind::Topic).map(|d| self.names.document(d)).collect::<Vec<_>>(),
            "counts": Kind::ALL.iter().filter_map(|kind| {
                let count = self.input.library.of_kind(*kind).count();
                let url = settings.base.link(&collection(*kind)?);
                (count > 0).then(|| json!({"label": kind.plural(), "count": count, "url": url}))
            }).collect::<Vec<_>>(),
        });
        let path = page.map_or("/", |(document, _)| document.path.as_str());
        self.page(path, "home.html", head, "home", view)
    }

    fn lists(&self, kind: Kind) -> Vec<Page> {
        let Some(path) = collection(kind) else { return Vec::new() };
        let mut documents: Vec<&Document> = self.input.library.of_kind(kind).collect();
        documents.sort_by_cached_key(|document| sort_key(document));
        let pages = documents.len().div_ceil(LISTS_PER_PAGE).max(1);
        let base = &self.input.settings.base;
        (1..=pages)
            .map(|number| {
                let page_path = list_page(&path, number);
                let shown = documents.iter().skip((number - 1) * LISTS_PER_PAGE).take(LISTS_PER_PAGE);
                let link = |number: usize| base.link(&list_page(&path, number));
                let view = ListView {
                    label: kind.plural(),
                    intro: kind.doc().trim(),
                    total: documents.len(),
                    number,
                    pages,
                    previous: (number > 1).then(|| link(number - 1)),
                    next: (number < pages).then(|| link(number + 1)),
                    documents: shown.map(|document| self.names.document(document)).collect(),
                };
                let title = if number == 1 {
                    kind.plural().to_owned()
                } else {
                    format!("{}, page {number} of {pages}", kind.plural())
                };
                let head = self.head(&page_path, &title, kind.doc().trim());
                self.page(&page_path, "list.html", head, "list", view)
            })
            .collect()
    }

    fn data(&self) -> Page {
        let base = &self.input.settings.base;
        let tables = Kind::ALL.iter().filter(|kind| self.input.library.of_kind(**kind).next().is_some());
        let tables: Vec<Json> = tables
            .map(|kind| {
                let file = |ending: &str| base.link(&format!("{DATA}{}{ending}", kind.folder()));
                json!({"label": kind.plural(), "csv": file(".csv"), "json": file(".json"),
                    "csvw": file(".csv-metadata.json"), "schema": file(".schema.json")})
            })
            .collect();
        let head =
            self.head(DATA, "Open data", "Every collection of the library as CSV and JSON, with its schema.");
        self.page(DATA, "data.html", head, "data", json!({ "tables": tables }))
    }

    fn not_found(&self) -> Page {
        let path = "/404.html";
        let mut head = self.head(path, "Page not found", "There is no page at this address.");
        head.canonical.clear();
        self.page(path, "404.html", head, "error", Json::Null)
    }

    fn redirect(&self, alias: &str, at: usize) -> Page {
        let target = self.input.library.documents.get(at);
        let (path, title) = target.map_or(("/", ""), |d| (d.path.as_str(), d.common.title.0.as_str()));
        let mut head = self.head(path, title, "This page has moved.");
        head.breadcrumbs.clear();
        let file = alias.rsplit('/').next().unwrap_or_default();
        let alias =
            if alias.ends_with('/') || file.contains('.') { alias.to_owned() } else { format!("{alias}/") };
        self.page(&alias, "redirect.html", head, "redirect", Json::Null)
    }
}

/// Commitments go by number, reports and events by time, newest first, all else by name.
fn sort_key(document: &Document) -> (i64, String) {
    let newest_first = |day: Option<civil::Date>| {
        day.map_or(i64::MAX, |day| {
            -i64::from(day.year()) * 10_000 - i64::from(day.month()) * 100 - i64::from(day.day())
        })
    };
    let number = match &document.record {
        Record::Commitment(commitment) => i64::from(commitment.number.0),
        Record::AnnualReport(report) => {
            newest_first(report.period_end.or(report.published).or(report.approved_on).map(Date::last))
        }
        Record::Event(event) => newest_first(event.date.map(Date::first)),
        _ => 0,
    };
    (number, format!("{}\u{0}{}", document.common.title.0.to_lowercase(), document.id))
}

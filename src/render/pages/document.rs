//! A document's page: what all kinds have. What one kind has beside it stands in its own file.

use serde_json::Value as Json;

use super::{Page, Planner};
use crate::config;
use crate::link::{Document, collection};
use crate::model::background::PagePurpose;
use crate::model::{Kind, Names, Record};
use crate::render::facts::{Fact, FactValue, facts};
use crate::render::markdown::Rendered;
use crate::render::names::pick;
use crate::render::view::{Alternate, Cite, Contents, DocumentView, Group, Head, Link, TermView, When};
use crate::render::{body, chart, feeds, json_ld};

/// Referring documents of one kind that a page shows.
const REFERRERS: usize = 24;

impl Planner<'_> {
    pub(super) fn document(&self, document: &Document, body: &Rendered) -> Page {
        let head = self.document_head(document);
        let page = |template| self.page(&document.path, template, head.clone());
        let view = self.document_view(document, body);
        let original = self.input.library.original(document);
        match &document.record {
            Record::Page(_) if document.id == "index" => self.home(Some((document, body))),
            Record::CaseStudy(study) => {
                page("case-study.html").with("study", self.study(original, study)).with("document", view)
            }
            Record::AnnualReport(report) => page("annual-report.html")
                .with("report", self.report(original, report))
                .with("document", view),
            Record::Council(council) => {
                let mut head = head.clone();
                head.as_of = Some(self.today());
                self.page(&document.path, "council.html", head)
                    .with("council", self.council(original, council))
                    .with("document", view)
            }
            Record::Commitment(commitment) => {
                page("commitment.html").with("commitment", self.commitment(commitment)).with("document", view)
            }
            Record::Topic(_) => page("topic.html").with("topic", self.topic(original)).with("document", view),
            Record::Statistic(statistic) => page("statistic.html")
                .with("chart", chart::view(statistic, &body::published(self.input, &document.lang)))
                .with("document", view),
            Record::Recommendation(_) => page("recommendation.html").with("document", view),
            Record::GlossaryTerm(_) => page("glossary-term.html").with("document", view),
            Record::Guidance(_) => page("guidance.html").with("document", view),
            Record::Organisation(_) => page("organisation.html").with("document", view),
            Record::Programme(_) => page("programme.html").with("document", view),
            Record::Event(_) => page("event.html").with("document", view),
            Record::Page(_) => page("page.html").with("document", view),
        }
    }

    pub(super) fn today(&self) -> String {
        When::new(self.input.today.into()).text
    }

    pub(super) fn document_head(&self, document: &Document) -> Head {
        let mut head = self.head(&document.path, &document.common.title.0, &document.common.summary.0);
        head.lang.clone_from(&document.lang);
        head.og_type = "article";
        head.breadcrumbs.extend(
            collection(document.kind)
                .map(|path| Link { label: document.kind.plural().to_owned(), url: self.link(&path) }),
        );
        head.alternates =
            self.input.library.at(&document.translations).map(|other| self.alternate(other)).collect();
        head.feeds = feeds::of(self.input, document)
            .map(|path| Link { label: document.common.title.0.clone(), url: self.link(&path) })
            .into_iter()
            .collect();
        head.exit = match &document.record {
            Record::Page(page) => matches!(page.purpose, Some(PagePurpose::WarningSigns | PagePurpose::Help)),
            _ => false,
        };
        head.json_ld = Some(json_ld::document(self.input, document, &head));
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
        let settings = self.input.settings;
        let fields = document.record.view(&self.cards.names);
        let mut facts = facts(document.kind.spec(), document.kind, &fields);
        facts.extend(self.own_facts(document));
        let title = &document.common.title.0;
        let updated = When::new(document.common.updated.into());
        DocumentView {
            kind: document.kind.name(),
            id: document.id.clone(),
            kind_label: document.kind.label(),
            title: title.clone(),
            summary: document.common.summary.0.clone(),
            facts,
            fields,
            body: body.html.clone(),
            contents: body.contents.iter().map(Contents::from).collect(),
            terms: body.terms.iter().filter_map(|id| self.term(id)).collect(),
            related: self.input.library.at(&document.related).map(|other| self.cards.card(other)).collect(),
            referrers: self.referrers(document),
            cite: Cite {
                text: format!("{}, “{title}”, {}, {}.", settings.publisher, settings.title, updated.text),
                address: settings.base.absolute(&document.path),
            },
            updated,
            data: self.link(&format!("{}index.json", document.path)),
            edit: settings.repository.as_ref().map(|repository| {
                format!("{}/edit/main/{}", repository.trim_end_matches('/'), document.source.path())
            }),
        }
    }

    /// The facets that the site has added, as facts.
    fn own_facts(&self, document: &Document) -> Vec<Fact> {
        let facets = self.input.settings.facets.iter();
        let fact = |facet: &config::Facet| {
            let values = document.extra.get(&facet.field.name).filter(|values| !values.is_empty())?;
            let value = |value: &String| {
                let term = self.cards.names.term(&facet.field.vocabulary, value);
                FactValue {
                    text: pick(&term, "label").unwrap_or_else(|| value.clone()),
                    note: pick(&term, "description").filter(|note| !note.is_empty()),
                    ..FactValue::default()
                }
            };
            let values = values.iter().map(value).collect();
            Some(Fact { name: facet.field.name.clone(), label: facet.label.clone(), values })
        };
        facets.filter_map(fact).collect()
    }

    pub(super) fn term(&self, id: &str) -> Option<TermView> {
        let document = self.input.library.find(Kind::GlossaryTerm, id)?;
        let Record::GlossaryTerm(term) = &document.record else { return None };
        let abbreviations = term.abbreviations.iter().map(|line| line.0.clone());
        Some(TermView {
            id: id.replace('/', "-"),
            title: document.common.title.0.clone(),
            short: term.short.0.clone(),
            url: self.link(&document.path),
            synonyms: abbreviations.chain(term.synonyms.iter().map(|line| line.0.clone())).collect(),
        })
    }

    /// Documents that refer to it, less those that the page of its kind shows in places of their own.
    fn referrers(&self, document: &Document) -> Vec<Group> {
        let elsewhere: &[Kind] = match document.kind {
            Kind::Council => &[Kind::CaseStudy, Kind::AnnualReport],
            Kind::Commitment | Kind::Topic => Kind::ALL,
            Kind::CaseStudy => &[Kind::Recommendation, Kind::CaseStudy],
            Kind::Recommendation => &[Kind::CaseStudy],
            _ => &[],
        };
        let in_fields = document.record.data();
        Kind::ALL
            .iter()
            .filter(|kind| !elsewhere.contains(kind))
            .filter_map(|kind| {
                let others = self.input.library.at(&document.referrers);
                let others = others.filter(|other| {
                    other.kind == *kind && other.is_listed() && !names(&in_fields, &other.id)
                });
                let group = self.cards.group(*kind, others, REFERRERS, None);
                (group.total > 0).then_some(group)
            })
            .collect()
    }
}

/// Whether a field of the document names `id` itself, so that the page shows it already.
fn names(fields: &serde_json::Map<String, Json>, id: &str) -> bool {
    fields.values().any(|value| match value {
        Json::String(text) => text == id,
        Json::Array(items) => items.iter().any(|item| item.as_str() == Some(id)),
        _ => false,
    })
}

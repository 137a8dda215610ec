//! The list of every document of a kind; some kinds have a page of their own making.

use super::{Page, Planner};
use crate::link::{Document, LISTS_PER_PAGE, collection, list_page};
use crate::model::practice::RecommendationStatus;
use crate::model::{Kind, Record};
use crate::render::cards;
use crate::render::view::{
    FacetGroup, GlossaryView, Group, Letter, Link, ListView, PageLink, Pagination, TermView,
};

/// Facets by which a kind's list can be narrowed, and how many values of each are shown beside it.
const FILTERS: &[(Kind, &[&str])] = &[
    (
        Kind::CaseStudy,
        &[
            "topic",
            "evidence",
            "outcome",
            "cost",
            "exploitation",
            "audience",
            "scope",
            "population",
            "region",
        ],
    ),
    (Kind::AnnualReport, &["council", "year"]),
    (Kind::Recommendation, &["topic", "council", "year"]),
    (Kind::Statistic, &["topic", "exploitation", "year"]),
    (Kind::Guidance, &["topic", "audience", "support"]),
    (Kind::Programme, &["topic", "council", "support"]),
    (Kind::Organisation, &["topic"]),
    (Kind::Event, &["topic", "year"]),
];

/// Values of a facet that stand beside a list.
const VALUES: usize = 8;

/// What a list is made of, before it is cut into pages.
pub(super) struct List<'d> {
    pub path: String,
    pub title: String,
    pub intro: String,
    pub breadcrumbs: Vec<Link>,
    pub filters: Vec<FacetGroup>,
    pub about: Option<Link>,
    /// The documents in order; each under the heading beside it, where that is not empty.
    pub documents: Vec<(String, &'d Document)>,
}

impl Planner<'_> {
    /// The pages of the collection of `kind`. Pages have none.
    pub(super) fn collection(&self, kind: Kind) -> Vec<Page> {
        match kind {
            Kind::Page => Vec::new(),
            Kind::Council => vec![self.councils()],
            Kind::Commitment => vec![self.charter()],
            Kind::GlossaryTerm => vec![self.glossary()],
            _ => self.list(&self.documents_of(kind)),
        }
    }

    fn documents_of(&self, kind: Kind) -> List<'_> {
        let mut documents: Vec<&Document> = self.listed(kind).collect();
        documents.sort_by_cached_key(|document| cards::sort_key(document));
        let heading = |document: &Document| match &document.record {
            Record::Recommendation(recommendation) => {
                cards::state(recommendation.status.value(), RecommendationStatus::CHOICES).label
            }
            _ => String::new(),
        };
        let filters = FILTERS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, facets)| *facets);
        let facets = filters.filter_map(|key| self.facets.iter().find(|facet| facet.key == *key));
        List {
            path: collection(kind).unwrap_or_default(),
            title: kind.plural().to_owned(),
            intro: kind.doc().trim().to_owned(),
            breadcrumbs: Vec::new(),
            filters: facets.map(|facet| facet.group(self.input, VALUES, None)).collect(),
            about: (kind == Kind::AnnualReport).then(|| Link {
                label: self.word("accountability_title"),
                url: self.link(crate::link::ACCOUNTABILITY),
            }),
            documents: documents.into_iter().map(|document| (heading(document), document)).collect(),
        }
    }

    /// The pages of a list.
    pub(super) fn list(&self, list: &List<'_>) -> Vec<Page> {
        let pages = list.documents.len().div_ceil(LISTS_PER_PAGE).max(1);
        (1..=pages)
            .map(|number| {
                let path = list_page(&list.path, number);
                let shown = list.documents.iter().skip((number - 1) * LISTS_PER_PAGE).take(LISTS_PER_PAGE);
                let mut groups: Vec<Group> = Vec::new();
                for (heading, document) in shown {
                    if groups.last().is_none_or(|group| group.label != *heading) {
                        let total = list.documents.iter().filter(|(other, _)| other == heading).count();
                        let kind = document.kind.name();
                        groups.push(Group { label: heading.clone(), kind, total, ..Group::default() });
                    }
                    if let Some(group) = groups.last_mut() {
                        group.cards.push(self.cards.card(document));
                    }
                }
                let view = ListView {
                    intro: list.intro.clone(),
                    total: list.documents.len(),
                    groups,
                    pagination: self.pagination(&list.path, number, pages),
                    filters: list.filters.clone(),
                    about: list.about.clone(),
                };
                let title = if number == 1 {
                    list.title.clone()
                } else {
                    format!("{}, page {number} of {pages}", list.title)
                };
                let mut head = self.head(&path, &title, &list.intro);
                head.breadcrumbs.extend(list.breadcrumbs.iter().cloned());
                if number > 1 {
                    head.breadcrumbs.push(Link { label: list.title.clone(), url: self.link(&list.path) });
                }
                self.page(&path, "list.html", head).with("list", view)
            })
            .collect()
    }

    fn pagination(&self, path: &str, number: usize, of: usize) -> Pagination {
        let url = |number: usize| self.link(&list_page(path, number));
        // One page needs no links to its pages.
        let all = (1..=of).filter(|_| of > 1);
        Pagination {
            number,
            of,
            previous: (number > 1).then(|| url(number - 1)),
            next: (number < of).then(|| url(number + 1)),
            // Every page, so that none is more than a link away from the first.
            pages: all.map(|at| PageLink { number: at, url: url(at), current: at == number }).collect(),
        }
    }

    fn glossary(&self) -> Page {
        let path = collection(Kind::GlossaryTerm).unwrap_or_default();
        let mut terms: Vec<TermView> =
            self.listed(Kind::GlossaryTerm).filter_map(|document| self.term(&document.id)).collect();
        terms.sort_by_key(|term| term.title.to_lowercase());
        let total = terms.len();
        let mut letters: Vec<Letter> = Vec::new();
        for term in terms {
            let first = term.title.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
            let letter = first.to_uppercase().to_string();
            if letters.last().is_none_or(|last| last.letter != letter) {
                letters.push(Letter { letter, terms: Vec::new() });
            }
            if let Some(last) = letters.last_mut() {
                last.terms.push(term);
            }
        }
        let head = self.head(&path, Kind::GlossaryTerm.plural(), &self.word("glossary_intro"));
        self.page(&path, "glossary.html", head).with("glossary", GlossaryView { total, letters })
    }
}

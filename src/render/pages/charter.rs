//! The Charter: its ten commitments, and what each signatory reports of them.

use super::council::signed;
use super::{Page, Planner};
use crate::link::{ACCOUNTABILITY, Document, collection};
use crate::model::practice::{Commitment, ProgressState};
use crate::model::{Kind, Names, Record};
use crate::render::names::pick;
use crate::render::view::{
    AccountabilityView, CharterView, CommitmentRow, CommitmentView, CouncilState, Link, Progress, Signatory,
};
use crate::render::{cards, reporting};

/// Reports that the page of the Charter shows.
const NEWEST: usize = 6;

impl Planner<'_> {
    pub(super) fn commitment(&self, commitment: &Commitment) -> CommitmentView {
        let number = commitment.number.0;
        let (practices, groups) = self.with_value("commitment", &number.to_string());
        let beside = |number: Option<u8>| {
            let number = number?;
            let other = self.input.library.commitment(number)?;
            let title = pick(&self.cards.names.commitment(number), "title")?;
            Some(Link { label: format!("{number}. {title}"), url: self.link(&other.path) })
        };
        CommitmentView {
            number,
            short_title: commitment.short_title.0.clone(),
            previous: beside(number.checked_sub(1)),
            next: beside(number.checked_add(1)),
            practices,
            reports: self.reports_on(number),
            groups,
        }
    }

    /// What each council's newest Charter report says of a commitment, by the council's name.
    fn reports_on(&self, number: u8) -> Vec<CouncilState> {
        let mut councils: Vec<&Document> = self.listed(Kind::Council).collect();
        councils.sort_by_key(|council| council.common.title.0.to_lowercase());
        councils
            .into_iter()
            .filter_map(|council| {
                let (document, report) = reporting::charter_report(self.input, council)?;
                let row = self.progress(report).into_iter().find(|row| row.number == number)?;
                if row.state.value == ProgressState::NotKnown.value() {
                    return None;
                }
                Some(CouncilState {
                    chip: self.cards.chip(council),
                    report: self.link_to(document),
                    state: row.state,
                    note: row.note,
                })
            })
            .collect()
    }

    /// The ten, each with how many practices serve it and how many reports call it done.
    fn commitment_rows(&self) -> Vec<CommitmentRow> {
        let councils: Vec<&Document> = self.listed(Kind::Council).collect();
        let progress: Vec<Vec<Progress>> = councils
            .into_iter()
            .filter_map(|council| reporting::charter_report(self.input, council))
            .map(|(_, report)| self.progress(report))
            .collect();
        let facet = self.facets.iter().find(|facet| facet.key == "commitment");
        let rows = (1..=10).filter_map(|number| self.input.library.commitment(number));
        rows.filter_map(|document| {
            let Record::Commitment(commitment) = &document.record else { return None };
            let number = commitment.number.0;
            let values = facet.into_iter().flat_map(|facet| &facet.values);
            let places = values.filter(|value| value.key == number.to_string()).flat_map(|v| &v.documents);
            let practices = places.filter_map(|at| self.input.library.documents.get(*at));
            let count = |state: ProgressState| {
                progress
                    .iter()
                    .flatten()
                    .filter(|r| r.number == number && r.state.value == state.value())
                    .count()
            };
            Some(CommitmentRow {
                number,
                title: commitment.short_title.0.clone(),
                summary: document.common.summary.0.clone(),
                url: self.link(&document.path),
                practices: practices.filter(|document| document.kind == Kind::CaseStudy).count(),
                done: count(ProgressState::Done),
                in_progress: count(ProgressState::InProgress),
            })
        })
        .collect()
    }

    pub(super) fn charter(&self) -> Page {
        let path = collection(Kind::Commitment).unwrap_or_default();
        let mut reports: Vec<&Document> = self.listed(Kind::AnnualReport).collect();
        reports.sort_by_cached_key(|document| cards::sort_key(document));
        let view = CharterView {
            commitments: self.commitment_rows(),
            numbers: reporting::numbers(self.input),
            about: self.input.library.find(Kind::Page, "charter").map(|page| self.link_to(page)),
            reports: reports.into_iter().take(NEWEST).map(|report| self.cards.card(report)).collect(),
        };
        let mut head = self.head(&path, &self.word("charter_title"), &self.word("charter_intro"));
        head.as_of = Some(self.today());
        self.page(&path, "commitments.html", head).with("charter", view)
    }

    pub(super) fn accountability(&self) -> Page {
        let signatories = reporting::signatories(self.input);
        let rows = signatories.iter().map(|(document, council)| {
            let report = reporting::charter_report(self.input, document);
            let progress = report.map(|(_, report)| self.progress(report)).unwrap_or_default();
            Signatory {
                chip: self.cards.chip(document),
                signed: signed(council),
                reporting: reporting::standing(self.input, document, council),
                cells: progress.into_iter().map(|row| row.state).collect(),
            }
        });
        let view = AccountabilityView {
            rows: rows.collect(),
            commitments: self.commitment_rows(),
            legend: ProgressState::CHOICES
                .iter()
                .map(|choice| cards::state(choice.value, ProgressState::CHOICES))
                .collect(),
            numbers: reporting::numbers(self.input),
        };
        let title = self.word("accountability_title");
        let mut head = self.head(ACCOUNTABILITY, &title, &self.word("accountability_intro"));
        let charter = collection(Kind::Commitment).unwrap_or_default();
        head.breadcrumbs.push(Link { label: self.word("charter_title"), url: self.link(&charter) });
        head.as_of = Some(self.today());
        self.page(ACCOUNTABILITY, "accountability.html", head).with("accountability", view)
    }
}

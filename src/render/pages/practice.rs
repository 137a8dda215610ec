//! Case studies, annual reports, topics.

use super::Planner;
use crate::link::{Document, facet_value};
use crate::model::practice::{AnnualReport, CaseStudy, ProgressState, ReportKind, StatementPart};
use crate::model::{Kind, Names, Record};
use crate::render::names::pick;
use crate::render::view::{Adopted, Group, PartView, Progress, ReportView, State, StudyView, TopicView};
use crate::render::{adopt, cards, reporting};

/// Documents of one kind that a topic or commitment shows.
pub(super) const SHOWN: usize = 24;

impl Planner<'_> {
    pub(super) fn study(&self, document: &Document, study: &CaseStudy) -> StudyView {
        let answers = self.input.library.at(&document.referrers).filter(|other| other.is_listed());
        let answers = answers.filter(|other| other.kind == Kind::Recommendation);
        StudyView {
            chips: self.cards.chips(study.councils.iter().map(|council| council.id.as_str())),
            strip: self.cards.strip(study),
            adopt: adopt::adopt(&document.body),
            adoptions: self.adoptions(document, study, |_| true),
            answers: answers.take(SHOWN).map(|other| self.cards.card(other)).collect(),
        }
    }

    /// The adoptions of a practice, those of the councils that `which` takes.
    pub(super) fn adoptions(
        &self,
        document: &Document,
        study: &CaseStudy,
        which: impl Fn(&str) -> bool,
    ) -> Vec<Adopted> {
        let adoptions = study.adoptions.iter().filter(|adoption| which(&adoption.council.id));
        adoptions
            .map(|adoption| Adopted {
                chip: self.cards.chips([adoption.council.id.as_str()]).pop().unwrap_or_default(),
                practice: self.link_to(document),
                year: adoption.year.0.to_string(),
                adapted: adoption.adapted.clone(),
                result: adoption.result.clone(),
            })
            .collect()
    }

    pub(super) fn report(&self, document: &Document, report: &AnnualReport) -> ReportView {
        let council = self.input.library.find(Kind::Council, &report.council.id);
        let all = council.map(|council| reporting::reports(self.input, council)).unwrap_or_default();
        let at = all.iter().position(|(other, _)| other.path == document.path);
        let beside = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|(other, _)| self.link_to(other));
        let charter = report.kind != ReportKind::Section54;
        let progress = if charter { self.progress(report) } else { Vec::new() };
        let parts = if report.kind == ReportKind::CharterReport || report.parts.is_empty() {
            Vec::new()
        } else {
            StatementPart::CHOICES
                .iter()
                .map(|part| PartView {
                    label: part.label.to_owned(),
                    description: part.description.trim().to_owned(),
                    has: report.parts.iter().any(|has| has.value() == part.value),
                })
                .collect()
        };
        ReportView {
            chip: self.cards.chips([report.council.id.as_str()]).pop().unwrap_or_default(),
            summary: summary(&progress),
            progress,
            parts,
            // Newest first, so the one before it comes after.
            previous: beside(at.map(|at| at + 1)),
            next: beside(at.and_then(|at| at.checked_sub(1))),
        }
    }

    /// The ten commitments in a report; nothing where the report does not go through them.
    pub(super) fn progress(&self, report: &AnnualReport) -> Vec<Progress> {
        let Some(progress) = &report.progress else { return Vec::new() };
        (1..=10)
            .map(|number| {
                let told = progress.0.get(&number);
                let state = told.map_or(ProgressState::NotKnown, |told| told.state);
                let name = self.cards.names.commitment(number);
                Progress {
                    number,
                    title: pick(&name, "title").unwrap_or_default(),
                    url: pick(&name, "url"),
                    state: cards::state(state.value(), ProgressState::CHOICES),
                    note: told.and_then(|told| told.note.as_ref()).map(|note| note.0.clone()),
                }
            })
            .collect()
    }

    pub(super) fn topic(&self, document: &Document) -> TopicView {
        let children = self.listed(Kind::Topic).filter(|other| match &other.record {
            Record::Topic(topic) => topic.parent.as_ref().is_some_and(|parent| parent.id == document.id),
            _ => false,
        });
        let (practices, groups) = self.with_value("topic", &document.id);
        TopicView { practices, groups, children: children.map(|child| self.link_to(child)).collect() }
    }

    /// Practices that have `value` in `facet`, and other documents that do, by kind.
    pub(super) fn with_value(&self, facet: &str, value: &str) -> (Group, Vec<Group>) {
        let values = self.facets.iter().find(|f| f.key == facet).into_iter().flat_map(|f| &f.values);
        let places = values.filter(|v| v.key == value).flat_map(|v| &v.documents);
        let documents: Vec<&Document> =
            places.filter_map(|at| self.input.library.documents.get(*at)).collect();
        let more = self.link(&facet_value(facet, value));
        let group = |kind: Kind| {
            let mut of_kind: Vec<_> = documents.iter().copied().filter(|d| d.kind == kind).collect();
            of_kind.sort_by_cached_key(|document| cards::sort_key(document));
            self.cards.group(kind, of_kind.into_iter(), SHOWN, Some(more.clone()))
        };
        let others = Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::CaseStudy | Kind::Commitment));
        let groups = others.map(|kind| group(*kind)).filter(|group| group.total > 0).collect();
        (group(Kind::CaseStudy), groups)
    }
}

/// "3 done", "5 in progress", …, for the states that occur.
fn summary(progress: &[Progress]) -> Vec<String> {
    let states = ["done", "in-progress", "not-started", "not-reported", "not-known"];
    let states = states.iter().map(|value| cards::state(value, ProgressState::CHOICES));
    states
        .filter_map(|state: State| {
            let count = progress.iter().filter(|row| row.state.value == state.value).count();
            (count > 0).then(|| format!("{count} {}", state.label.to_lowercase()))
        })
        .collect()
}

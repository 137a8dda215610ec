//! Documents as cards, councils as chips, practices as strips: the same wherever they are shown.

use super::Input;
use super::names::{LibraryNames, pick};
use super::view::{Card, Chip, Figure, Group, Meter, State, When};
use crate::link::Document;
use crate::model::background::Observation;
use crate::model::common::Bound;
use crate::model::date::{Date, in_words};
use crate::model::practice::CaseStudy;
use crate::model::register;
use crate::model::shape::Choice;
use crate::model::values::{Amount, grouped};
use crate::model::{Kind, Names, Record};

use super::hexmap;

/// Values that say that nothing is known.
const UNKNOWN: &[&str] = &["unknown", "not-known"];

/// Makes cards from the library.
pub struct Cards<'a> {
    /// What is rendered.
    pub input: &'a Input<'a>,
    /// Titles and addresses.
    pub names: LibraryNames<'a>,
}

impl Cards<'_> {
    /// `document` as a card.
    #[must_use]
    pub fn card(&self, document: &Document) -> Card {
        let mut card = Card {
            kind: document.kind.name(),
            kind_label: document.kind.label(),
            title: document.common.title.0.clone(),
            url: self.input.settings.base.link(&document.path),
            lang: document.lang.clone(),
            summary: document.common.summary.0.clone(),
            ..Card::default()
        };
        match &document.record {
            Record::CaseStudy(study) => {
                card.chips = self.chips(study.councils.iter().map(|council| council.id.as_str()));
                card.strip = self.short_strip(study);
                card.adopted_by = study.adoptions.len();
                card.reviewed = Some(When::new(study.reviewed_on.into()));
            }
            Record::AnnualReport(report) => {
                card.chips = self.chips([report.council.id.as_str()]);
                card.meta.push(label(report.kind.value(), crate::model::practice::ReportKind::CHOICES));
                card.meta.extend(super::reporting::date(report).map(in_words));
            }
            Record::Council(council) => {
                card.state = Some(state(
                    council.charter.status.value(),
                    crate::model::practice::CharterStatus::CHOICES,
                ));
                card.meta.push(self.term("region", &council.region.value));
            }
            Record::Commitment(commitment) => card.meta.push(format!("Commitment {}", commitment.number.0)),
            Record::Recommendation(recommendation) => {
                card.state = Some(state(
                    recommendation.status.value(),
                    crate::model::practice::RecommendationStatus::CHOICES,
                ));
                card.meta.extend(recommendation.number.iter().map(|number| number.0.clone()));
                card.meta.push(recommendation.made_by.0.clone());
                card.meta.extend(recommendation.made_on.map(in_words));
            }
            Record::Statistic(statistic) => {
                card.meta.push(statistic.geography.0.clone());
                // The last of a part, such as an age, does not stand for the whole.
                let mut wholes = statistic.values.iter().filter(|value| value.category.is_none());
                let is_dated =
                    |value: &&Observation| value.period.0.starts_with(|c: char| c.is_ascii_digit());
                let whole = wholes.clone().rfind(is_dated).or_else(|| wholes.next_back());
                card.figure = whole.map(|value| {
                    let (text, unit) = with_unit(amount(&value.value, value.bound), &statistic.unit.0);
                    Figure { text, unit, period: value.period.0.clone() }
                });
            }
            Record::GlossaryTerm(term) => card.summary.clone_from(&term.short.0),
            Record::Guidance(guidance) => {
                card.meta.push(label(guidance.kind.value(), crate::model::background::GuidanceKind::CHOICES));
                card.meta.extend(guidance.issued_by.as_ref().map(|by| by.0.clone()));
            }
            Record::Organisation(organisation) => {
                card.meta.push(self.term("organisation-kind", &organisation.kind.value));
            }
            Record::Programme(programme) => {
                let choices = crate::model::background::ProgrammeKind::CHOICES;
                card.meta.push(label(programme.kind.value(), choices));
                card.chips = self.chips(programme.councils.iter().map(|council| council.id.as_str()));
            }
            Record::Event(event) => card.meta.extend(event.date.map(in_words)),
            Record::Topic(_) | Record::Page(_) => {}
        }
        card
    }

    /// Documents under the heading of their kind, at most `shown` of them; `more` leads to all.
    pub fn group<'d>(
        &self,
        kind: Kind,
        documents: impl Iterator<Item = &'d Document>,
        shown: usize,
        more: Option<String>,
    ) -> Group {
        let documents: Vec<&Document> = documents.collect();
        Group {
            label: kind.plural().to_owned(),
            kind: kind.name(),
            total: documents.len(),
            more: more.filter(|_| documents.len() > shown),
            cards: documents.into_iter().take(shown).map(|document| self.card(document)).collect(),
        }
    }

    /// The councils called `ids` as chips.
    pub fn chips<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Vec<Chip> {
        ids.into_iter()
            .map(|id| match self.input.library.find(Kind::Council, id) {
                Some(document) => self.chip(document),
                None => Chip { name: id.to_owned(), ..Chip::default() },
            })
            .collect()
    }

    /// A council as a chip.
    #[must_use]
    pub fn chip(&self, document: &Document) -> Chip {
        let Record::Council(council) = &document.record else { return Chip::default() };
        Chip {
            name: document.common.title.0.clone(),
            url: Some(self.input.settings.base.link(&document.path)),
            region: self.term("region", &council.region.value),
            tile: register::find(&council.gss.0).and_then(hexmap::tile),
        }
    }

    /// The meters of a practice that are known, and one that names the others.
    fn short_strip(&self, study: &CaseStudy) -> Vec<Meter> {
        let (mut strip, unknown): (Vec<_>, Vec<_>) =
            self.strip(study).into_iter().partition(|meter| meter.known);
        if !unknown.is_empty() {
            let words = self.input.theme.strings(self.input.settings.language());
            let label = words.get("not_known").copied().unwrap_or_default().to_owned();
            let labels: Vec<String> = unknown.iter().map(|meter| meter.label.to_lowercase()).collect();
            let (text, value) = (labels.join(", "), "unknown".to_owned());
            strip.push(Meter { name: "unknown", label, text, value, ..Meter::default() });
        }
        strip
    }

    /// The four meters of a practice.
    #[must_use]
    pub fn strip(&self, study: &CaseStudy) -> Vec<Meter> {
        vec![
            self.meter("evidence", Some(&study.evidence.value)),
            self.meter("outcome", Some(&study.outcome.value)),
            self.meter("cost", Some(&study.cost.value)),
            self.meter("effort", study.effort.as_ref().map(|effort| effort.value.as_str())),
        ]
    }

    fn meter(&self, name: &'static str, value: Option<&str>) -> Meter {
        let vocabulary = self.input.settings.vocabularies.get(name);
        let label = vocabulary.map_or_else(|| name.to_owned(), |vocabulary| vocabulary.label.clone());
        let term = value.and_then(|value| vocabulary.and_then(|vocabulary| vocabulary.find(value)));
        let Some(term) = term.filter(|term| !UNKNOWN.contains(&term.value.as_str())) else {
            let text = term.map_or_else(|| "Not known".to_owned(), |term| term.label.clone());
            return Meter { name, label, text, value: "unknown".to_owned(), ..Meter::default() };
        };
        let mut meter = Meter {
            name,
            label,
            text: term.label.clone(),
            note: term.description.clone(),
            value: term.value.clone(),
            known: true,
            ..Meter::default()
        };
        // What came of a practice has no least and most: each value has a shape of its own.
        if name != "outcome" {
            let steps: Vec<&str> = vocabulary
                .into_iter()
                .flat_map(|vocabulary| vocabulary.current())
                .map(|term| term.value.as_str())
                .filter(|value| *value != "none" && !UNKNOWN.contains(value))
                .collect();
            meter.filled = steps.iter().position(|step| *step == term.value).map_or(0, |at| at + 1);
            meter.empty = steps.len() - meter.filled;
        }
        meter
    }

    fn term(&self, vocabulary: &str, value: &str) -> String {
        pick(&self.names.term(vocabulary, value), "label").unwrap_or_else(|| value.to_owned())
    }
}

/// A value that is fixed in casebook as a state.
#[must_use]
pub fn state(value: &str, choices: &[Choice]) -> State {
    State::new(value, &label(value, choices))
}

fn label(value: &str, choices: &[Choice]) -> String {
    choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label).to_owned()
}

/// An amount in words: `at least 80`.
#[must_use]
pub fn amount(amount: &Amount, bound: Option<Bound>) -> String {
    let number = match amount {
        Amount::Number(number) => grouped(*number),
        Amount::Suppressed => "c".to_owned(),
    };
    match bound {
        Some(bound) => format!("{} {number}", label(bound.value(), Bound::CHOICES)),
        None => number,
    }
}

/// A number and its unit as they are read: pounds stand before it.
fn with_unit(number: String, unit: &str) -> (String, String) {
    match unit {
        "£" => (format!("£{number}"), String::new()),
        _ => (number, unit.to_owned()),
    }
}

/// The order of lists: commitments by number, reports and events by time, newest first, all else
/// by name.
#[must_use]
pub fn sort_key(document: &Document) -> (i64, String) {
    let newest_first = |date: Option<Date>| {
        date.map(Date::last).map_or(i64::MAX, |day| {
            -i64::from(day.year()) * 10_000 - i64::from(day.month()) * 100 - i64::from(day.day())
        })
    };
    let number = match &document.record {
        Record::Commitment(commitment) => i64::from(commitment.number.0),
        Record::AnnualReport(report) => newest_first(super::reporting::date(report)),
        Record::Event(event) => newest_first(event.date),
        Record::Recommendation(recommendation) => {
            // Those that were made together by their numbers.
            let number = recommendation.number.as_ref().map_or("", |number| number.0.as_str());
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            let name = format!("{}\u{0}{digits:0>4}\u{0}{}", recommendation.made_by.0, document.id);
            return (recommendation.status as i64, name);
        }
        _ => 0,
    };
    (number, format!("{}\u{0}{}", document.common.title.0.to_lowercase(), document.id))
}

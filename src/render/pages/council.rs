//! A council's profile, and the register of all councils.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::practice::SHOWN;
use super::{Page, Planner};
use crate::link::{Document, collection, facet_value};
use crate::model::date::{Date, in_words};
use crate::model::practice::{CharterStatus, Council, ReportKind};
use crate::model::register::{self, Authority};
use crate::model::{Kind, Names, Record};
use crate::render::names::pick;
use crate::render::view::{
    Adopted, CouncilRow, CouncilView, CouncilsView, Count, MapView, Moment, Peer, Region, State, When,
};
use crate::render::{cards, hexmap, reporting};

/// Councils that a profile is compared with.
const PEERS: usize = 5;
/// Practices of each that it shows.
const PEER_PRACTICES: usize = 2;

/// States of councils on the map, in the order of the legend.
const STATES: &[(&str, &str)] = &[
    ("reported", "Signed, with a report in the library"),
    ("signed", "Signed, no report known"),
    ("motion-passed", "Motion passed"),
    ("none", "Nothing known"),
];

impl Planner<'_> {
    pub(super) fn council(&self, document: &Document, council: &Council) -> CouncilView {
        let authority = register::find(&council.gss.0);
        let practices: Vec<&Document> = self.practices_of(document).collect();
        let newest = reporting::charter_report(self.input, document);
        CouncilView {
            official_name: authority
                .map(|authority| authority.official_name.clone())
                .filter(|name| *name != document.common.title.0),
            region: self.vocabulary_word("region", &council.region.value),
            tile: authority.and_then(hexmap::tile),
            charter: cards::state(council.charter.status.value(), CharterStatus::CHOICES),
            signed: signed(council),
            reporting: reporting::standing(self.input, document, council),
            progress: newest.map(|(_, report)| self.progress(report)).unwrap_or_default(),
            progress_report: newest.map(|(report, _)| self.link_to(report)),
            timeline: self.timeline(document, council),
            practices: self.cards.group(
                Kind::CaseStudy,
                practices.iter().copied(),
                SHOWN,
                Some(self.link(&facet_value("council", &document.id))),
            ),
            adopted: self.adopted_by(document),
            peers: self.peers(document, council, authority),
        }
    }

    pub(super) fn vocabulary_word(&self, vocabulary: &str, value: &str) -> String {
        pick(&self.cards.names.term(vocabulary, value), "label").unwrap_or_else(|| value.to_owned())
    }

    /// The case studies of a council.
    fn practices_of<'d>(&'d self, council: &'d Document) -> impl Iterator<Item = &'d Document> {
        let id = council.id.as_str();
        self.input.library.at(&council.referrers).filter(move |other| match &other.record {
            Record::CaseStudy(study) => other.is_listed() && study.councils.iter().any(|c| c.id == id),
            _ => false,
        })
    }

    /// Practices of others that a council has taken up.
    fn adopted_by(&self, council: &Document) -> Vec<Adopted> {
        let referrers = self.input.library.at(&council.referrers).filter(|other| other.is_listed());
        referrers
            .filter_map(|other| match &other.record {
                Record::CaseStudy(study) => Some(self.adoptions(other, study, |id| id == council.id)),
                _ => None,
            })
            .flatten()
            .collect()
    }

    /// Signing, reports, events and recommendations, newest first.
    fn timeline(&self, document: &Document, council: &Council) -> Vec<Moment> {
        let mut moments: Vec<(Date, Moment)> = Vec::new();
        let mut add = |date: Option<Date>, text: &str, url: Option<String>, kind: &str| {
            if let Some(date) = date {
                let (text, kind) = (text.to_owned(), kind.to_owned());
                moments.push((date, Moment { when: When::new(date), text, url, kind }));
            }
        };
        let charter = &council.charter;
        let label = cards::state(charter.status.value(), CharterStatus::CHOICES).label;
        add(charter.adopted.or(charter.adopted_by), &self.word("the_charter"), None, &label);
        for other in self.input.library.at(&document.referrers).filter(|other| other.is_listed()) {
            let date = match &other.record {
                Record::AnnualReport(report) => reporting::date(report),
                Record::Event(event) => event.date,
                Record::CaseStudy(study) => study.started,
                Record::Recommendation(recommendation) => recommendation.made_on,
                _ => continue,
            };
            let kind = match &other.record {
                Record::AnnualReport(report) => cards::state(report.kind.value(), ReportKind::CHOICES).label,
                Record::CaseStudy(_) => self.word("practice_began"),
                _ => other.kind.label().to_owned(),
            };
            add(date, &other.common.title.0, Some(self.link(&other.path)), &kind);
        }
        moments.sort_by_key(|(date, moment)| (Reverse((date.last(), date.first())), moment.text.clone()));
        moments.into_iter().map(|(_, moment)| moment).take(SHOWN).collect()
    }

    /// The nearest councils of the same kind or region that have practices, and what they do.
    fn peers(&self, document: &Document, council: &Council, authority: Option<&Authority>) -> Vec<Peer> {
        let mut peers: Vec<(bool, i64, &Document, &Council)> = self
            .listed(Kind::Council)
            .filter(|other| other.id != document.id)
            .filter_map(|other| match &other.record {
                Record::Council(record) => Some((other, record)),
                _ => None,
            })
            .filter(|(_, other)| {
                other.kind.value == council.kind.value || other.region.value == council.region.value
            })
            .map(|(other, record)| {
                let distance = distance(authority, register::find(&record.gss.0));
                (record.kind.value != council.kind.value, distance, other, record)
            })
            .collect();
        // Of the same kind first, then the nearest.
        peers.sort_by_key(|(other_kind, distance, other, _)| (*other_kind, *distance, other.id.clone()));
        peers
            .into_iter()
            .filter_map(|(other_kind, _, other, record)| {
                let practices: Vec<_> = self
                    .practices_of(other)
                    .filter(|practice| !involves(practice, &document.id))
                    .take(PEER_PRACTICES)
                    .map(|practice| self.link_to(practice))
                    .collect();
                let why = if other_kind {
                    self.vocabulary_word("region", &record.region.value)
                } else {
                    self.vocabulary_word("council-kind", &record.kind.value)
                };
                (!practices.is_empty()).then(|| Peer { chip: self.cards.chip(other), why, practices })
            })
            .take(PEERS)
            .collect()
    }

    /// Every council of the register, with what the library knows of it.
    pub(super) fn councils(&self) -> Page {
        let path = collection(Kind::Council).unwrap_or_default();
        let known = self.known_councils();
        let mut regions: Vec<Region> = self
            .input
            .settings
            .vocabularies
            .get("region")
            .into_iter()
            .flat_map(|vocabulary| vocabulary.current())
            .map(|term| Region { id: term.value.clone(), label: term.label.clone(), rows: Vec::new() })
            .collect();
        let mut authorities: Vec<&Authority> = register::all().iter().collect();
        authorities.sort_by_key(|authority| authority.name.to_lowercase());
        for authority in authorities {
            let row = self.council_row(authority, known.get(authority.gss.as_str()).copied());
            if let Some(region) = regions.iter_mut().find(|region| region.id == authority.region) {
                region.rows.push(row);
            }
        }
        regions.retain(|region| !region.rows.is_empty());
        let states: Vec<State> = STATES.iter().map(|(value, label)| State::new(value, label)).collect();
        let count = |state: &State| {
            regions
                .iter()
                .flat_map(|region| &region.rows)
                .filter(|row| row.state.value == state.value)
                .count()
        };
        let view = CouncilsView {
            total: register::all().len(),
            with_page: known.len(),
            map: self.map(),
            states: states
                .iter()
                .map(|state| Count {
                    label: state.label.clone(),
                    count: count(state),
                    url: state.value.clone(),
                })
                .collect(),
            regions,
        };
        let mut head = self.head(&path, Kind::Council.plural(), &self.word("councils_intro"));
        head.as_of = Some(self.today());
        self.page(&path, "councils.html", head).with("councils", view)
    }

    /// The map of every council, by what the library knows of it.
    pub(super) fn map(&self) -> MapView {
        let known = self.known_councils();
        let states: Vec<State> = STATES.iter().map(|(value, label)| State::new(value, label)).collect();
        hexmap::map(&states, |authority| self.state(known.get(authority.gss.as_str()).copied()).value)
    }

    /// Councils that have a page, by their current code.
    fn known_councils(&self) -> BTreeMap<&'static str, &Document> {
        let councils = self.listed(Kind::Council).filter_map(|document| match &document.record {
            Record::Council(council) => Some((register::find(&council.gss.0)?.gss.as_str(), document)),
            _ => None,
        });
        councils.collect()
    }

    fn state(&self, document: Option<&Document>) -> State {
        let value = match document.map(|document| (document, &document.record)) {
            Some((document, Record::Council(council))) => match council.charter.status {
                CharterStatus::Signed if reporting::reports(self.input, document).is_empty() => "signed",
                CharterStatus::Signed => "reported",
                CharterStatus::MotionPassed => "motion-passed",
                CharterStatus::None => "none",
            },
            _ => "none",
        };
        let label = STATES.iter().find(|(state, _)| *state == value).map_or(value, |(_, label)| label);
        State::new(value, label)
    }

    fn council_row(&self, authority: &Authority, document: Option<&Document>) -> CouncilRow {
        let council = document.and_then(|document| match &document.record {
            Record::Council(council) => Some(council),
            _ => None,
        });
        CouncilRow {
            name: authority.name.clone(),
            url: document.map(|document| self.link(&document.path)),
            kind: self.vocabulary_word("council-kind", &authority.kind),
            state: self.state(document),
            signed: council.and_then(signed),
            practices: document.map_or(0, |document| self.practices_of(document).count()),
            reports: document.map_or(0, |document| reporting::reports(self.input, document).len()),
        }
    }
}

/// When a council signed, or by when it is known to have, in words.
pub(super) fn signed(council: &Council) -> Option<String> {
    let charter = &council.charter;
    let by = || charter.adopted_by.map(|date| format!("by {}", in_words(date)));
    charter.adopted.map(in_words).or_else(by)
}

/// Whether a practice is that of `council`, or has been taken up by it.
fn involves(practice: &Document, council: &str) -> bool {
    match &practice.record {
        Record::CaseStudy(study) => {
            study.councils.iter().any(|c| c.id == council)
                || study.adoptions.iter().any(|adoption| adoption.council.id == council)
        }
        _ => false,
    }
}

/// How far apart two councils are, in thousandths of a degree; far where that is not known.
fn distance(one: Option<&Authority>, other: Option<&Authority>) -> i64 {
    let place = |authority: Option<&Authority>| authority.and_then(|a| Some((a.latitude?, a.longitude?)));
    let (Some(one), Some(other)) = (place(one), place(other)) else { return i64::MAX };
    // A degree of longitude is about 0.6 of one of latitude in the United Kingdom.
    let (north, east) = (one.0 - other.0, (one.1 - other.1) * 0.6);
    #[allow(clippy::cast_possible_truncation)]
    let thousandths = (north.hypot(east) * 1000.0) as i64;
    thousandths
}

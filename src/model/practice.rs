//! What councils do and report: case studies, annual reports, councils, the Charter's
//! commitments, topics and recommendations.
//!
//! The fields follow what the College of Policing's practice bank, the EEF and YEF toolkits, NICE
//! shared learning and the Local Government Association's guide for councils record.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::background::{Guidance, Organisation, Programme};
use super::common::{Figure, Licence, Source};
use super::date::{Date, Day};
use super::decode::{Decoder, Field};
use super::shape::Shape;
use super::values::{CommitmentNumber, Email, GssCode, Integer, Line, Ref, Slug, Term, WebAddress};
use super::{
    AreaType, Audience, Barrier, Cost, CouncilKind, Effort, Enabler, Evidence, Exploitation, Maturity, Names,
    Nation, Outcome, Region, Sector, Support,
};
use crate::diagnostics::Code;
use crate::parse::node::Node;
use crate::{choice, record};

/// The headings that a case study has, in this order.
pub const CASE_STUDY_HEADINGS: &[&str] =
    &["The problem", "What we did", "What happened", "What we learned", "How to adopt it", "What it needs"];

choice! {
    /// Whether a practice goes on.
    pub enum PracticeStatus {
        /// Decided, not begun.
        Planned = "planned", "Planned";
        /// Under way.
        Running = "running", "Running";
        /// It has ended.
        Ended = "ended", "Ended";
        /// Another practice has taken its place.
        Superseded = "superseded", "Superseded";
        /// The sources do not say whether it goes on.
        Unknown = "unknown", "Not known";
    }

    /// Where exploitation is tackled.
    pub enum Scope {
        /// In what the council buys.
        SupplyChain = "supply-chain", "Supply chains";
        /// In the places and among the people the council serves.
        Community = "community", "Communities";
        /// In both.
        Both = "both", "Supply chains and communities";
    }

    /// Whom a practice protects.
    pub enum Population {
        /// Under 18.
        Children = "children", "Children";
        /// 18 and over.
        Adults = "adults", "Adults";
        /// Of any age.
        Both = "both", "Children and adults";
        /// The sources do not say.
        NotStated = "not-stated", "Not stated";
    }

    /// Whether the document tells of a person.
    pub enum Vignette {
        /// It does not.
        None = "none", "No";
        /// A person made up from several: nobody in particular.
        Composite = "composite", "Composite of several people";
        /// One person, with every detail that could tell who changed.
        Pseudonymised = "pseudonymised", "One person, details changed";
    }

    /// Whether a council has signed the Charter Against Modern Slavery.
    pub enum CharterStatus {
        /// It has signed.
        Signed = "signed", "Signed";
        /// Its members have voted to; no signature is on record.
        MotionPassed = "motion-passed", "Motion passed";
        /// Neither is on record.
        None = "none", "None known";
    }

    /// What an annual report is.
    pub enum ReportKind {
        /// Progress on the Charter's ten commitments.
        CharterReport = "charter-report", "Charter report";
        /// A slavery and human trafficking statement, as section 54 of the Modern Slavery Act 2015 has it.
        Section54 = "section-54", "Section 54 statement";
        /// Both in one.
        Combined = "combined", "Charter report and section 54 statement";
    }

    /// The six parts that a section 54 statement may have.
    pub enum StatementPart {
        /// The organisation's structure, business and supply chains.
        Structure = "structure", "Structure and supply chains";
        /// Its policies.
        Policies = "policies", "Policies";
        /// Its due diligence.
        DueDiligence = "due-diligence", "Due diligence";
        /// Where the risks are, and what was done about them.
        Risk = "risk", "Risk and its management";
        /// How effective that was.
        Effectiveness = "effectiveness", "Effectiveness";
        /// Training of staff.
        Training = "training", "Training";
    }

    /// How far a commitment has been met.
    pub enum ProgressState {
        /// The report says that nothing has been done yet.
        NotStarted = "not-started", "Not started";
        /// Work is under way.
        InProgress = "in-progress", "In progress";
        /// Met. Needs evidence.
        Done = "done", "Done";
        /// The report was read, and does not say.
        NotReported = "not-reported", "Not reported";
        /// What the report says of it was not read.
        NotKnown = "not-known", "Not known";
    }

    /// What became of a recommendation.
    pub enum RecommendationStatus {
        /// No answer is on record.
        Open = "open", "Open";
        /// Accepted; nothing more is on record.
        Accepted = "accepted", "Accepted";
        /// Work is under way.
        InProgress = "in-progress", "In progress";
        /// Done. Needs evidence.
        Done = "done", "Done";
        /// Turned down.
        Rejected = "rejected", "Rejected";
    }
}

record! {
    /// A case study.
    pub struct CaseStudy, draft CaseStudyDraft {
        /// The councils whose practice it is, by the names of their files.
        list(1..=40) councils: Ref<Council>, facet = "council", example = "[islington]";
        /// When it began, as exactly as the sources say. Leave it out only where no source says; then started_note has to say so.
        optional started: Date, facet = "year", example = "2018-07";
        /// What is known where no source gives a date.
        optional started_note: Line<200>;
        /// Whether it goes on.
        required status: PracticeStatus, example = "running";
        /// Where exploitation is tackled: in supply chains, in communities, or both.
        required scope: Scope, facet = "scope", example = "community";
        /// What it is about, by the names of the topics' files; the main topic first.
        list(1..=4) topics: Ref<Topic>, facet = "topic", example = "[county-lines]";
        /// The ways in which people are exploited that it tackles.
        list(1..) exploitation: Term<Exploitation>, facet = "exploitation", example = "[county-lines]";
        /// The Charter's commitments that it serves. Needed where the scope has supply chains.
        list(0..=10) commitments: CommitmentNumber, facet = "commitment", example = "[5]";
        /// Whom it protects.
        required population: Population, facet = "population", example = "children";
        /// The kinds of place that it was done in.
        list(0..) area_type: Term<AreaType>, facet = "area-type", example = "[inner-city]";
        /// The businesses and places that it is about.
        list(0..) sector: Term<Sector>, facet = "sector", example = "[car-wash]";
        /// Who would use it.
        list(1..) audience: Term<Audience>, facet = "audience", example = "[safeguarding-children]";
        /// How well it has been tested. Grade it only on what a source says.
        required evidence: Term<Evidence>, facet = "evidence", example = "untested";
        /// What came of it. Grade it only on what a source says.
        required outcome: Term<Outcome>, facet = "outcome", example = "too-early";
        /// How far the council has come, on the Local Government Association's four levels.
        optional maturity: Term<Maturity>, example = "early-progress";
        /// What it costs. Where no source says: unknown.
        required cost: Term<Cost>, facet = "cost", example = "unknown";
        /// What the cost is made of, or what the source says of it.
        optional cost_note: Line<300>;
        /// How long it takes to set up.
        optional effort: Term<Effort>, example = "months";
        /// Kinds of support that people are given.
        list(0..) support: Term<Support>, facet = "support";
        /// Organisations that it is done with, by the names of their files.
        list(0..) partners: Ref<Organisation>, example = "[catch22]";
        /// Programmes that it belongs to, by the names of their files.
        list(0..) programmes: Ref<Programme>;
        /// What helped.
        list(0..) enablers: Term<Enabler>, example = "[co-location]";
        /// What stood in the way.
        list(0..) barriers: Term<Barrier>, facet = "barrier", example = "[resources]";
        /// The case study that this one copies, by the name of its file.
        optional replicates: Ref<CaseStudy>;
        /// Councils that have taken it up. Never the council whose practice it is.
        list(0..) adoptions: Adoption;
        /// Where the facts come from.
        list(1..) sources: Source;
        /// Figures, each with its source.
        list(0..) figures: Figure;
        /// Whether it tells of a person. A composite or pseudonymised story prints a note that says so.
        required vignette: Vignette, example = "none";
        /// Whom to ask, by role. Never a person's name.
        required contact_role: Line<120>, example = "Modern slavery lead, children's services";
        /// The role's mailbox. Never a person's.
        optional contact_email: Email, example = "modern.slavery@example.gov.uk";
        /// Under which licence it may be used again.
        required licence: Licence, example = "link-only";
        /// The day on which somebody last held it against its sources.
        required reviewed_on: Day, example = "2026-11-21";
        /// The day by which it should be reviewed again. Left out, the site's review age counts.
        optional review_by: Day;
    }

    /// A council that has taken up a practice.
    pub struct Adoption, draft AdoptionDraft {
        /// The council, by the name of its file.
        required council: Ref<Council>;
        /// The year in which it took the practice up.
        required year: Integer<2000, 2100>;
        /// What it changed.
        optional adapted: String;
        /// What came of it.
        optional result: String;
        /// The id of the source in this document.
        required source: Slug;
    }

    /// An annual report.
    pub struct AnnualReport, draft AnnualReportDraft {
        /// The council, by the name of its file.
        required council: Ref<Council>, facet = "council", example = "islington";
        /// What it is.
        required kind: ReportKind, example = "charter-report";
        /// When it was published, as exactly as the source says.
        optional published: Date, facet = "year", example = "2019-07";
        /// The first day, month or year that it covers. Leave both ends out where no source says; then period_note has to say so.
        optional period_start: Date, example = "2018-04";
        /// The last.
        optional period_end: Date, example = "2019-03";
        /// What is known where no source gives the period.
        optional period_note: Line<200>;
        /// The year that its title names, the earlier of two. Only where no source dates it: it then
        /// stands among the other reports by this year.
        optional titled_year: Integer<2000, 2100>, facet = "year", example = "2024";
        /// The body that approved it.
        optional approved_by: Line<120>, example = "Full council";
        /// When it was approved.
        optional approved_on: Date;
        /// The address of the report, or of the page that tells of it.
        required source_url: WebAddress;
        /// How far each commitment has been met, under its number. One left out counts as not known. Needed in a Charter report.
        optional progress: Progress;
        /// The parts of a section 54 statement that it has.
        list(0..=6) parts: StatementPart;
        /// Figures, each with its source.
        list(0..) figures: Figure;
        /// Where the facts come from.
        list(1..) sources: Source;
    }

    /// How far one commitment has been met.
    pub struct CommitmentProgress, draft CommitmentProgressDraft {
        /// How far.
        required state: ProgressState;
        /// What the report says of it, in our words.
        optional note: Line<400>;
        /// The id of the source that shows it. Needed where the state is done.
        optional evidence: Slug;
    }

    /// A council.
    pub struct Council, draft CouncilDraft {
        /// Its code in the register.
        required gss: GssCode, example = "E09000019";
        /// What kind of authority it is.
        required kind: Term<CouncilKind>, example = "london-borough";
        /// Its nation.
        required nation: Term<Nation>, example = "england";
        /// Its region.
        required region: Term<Region>, facet = "region", example = "london";
        /// Whether it has signed the Charter.
        required charter: Charter;
        /// The month in which its yearly report is due, 1 to 12.
        optional report_due_month: Integer<1, 12>, example = "7";
        /// Who is its single point of contact for modern slavery, by role.
        optional spoc_role: Line<120>;
        /// That role's mailbox. Never a person's.
        optional role_email: Email;
        /// Its page in the Government's modern slavery statement registry.
        optional registry_url: WebAddress;
        /// Its website.
        optional website: WebAddress;
        /// Other names for it, such as its initials; a search for one finds it.
        list(0..) also_known_as: Line<80>, example = "[LBBD]";
        /// Where the facts come from.
        list(0..) sources: Source;
        /// Figures, each with its source.
        list(0..) figures: Figure;
    }

    /// A council and the Charter.
    pub struct Charter, draft CharterDraft {
        /// Whether it has signed.
        required status: CharterStatus, example = "signed";
        /// When it signed, or when the motion was passed, as exactly as the source says.
        optional adopted: Date;
        /// The day or year by which it is known to have signed, where no source gives the day.
        optional adopted_by: Date;
        /// The id of the source in this document. Needed unless the status is none.
        optional source: Slug;
        /// What the source says beside it.
        optional note: Line<300>;
    }

    /// One of the Charter's ten commitments.
    pub struct Commitment, draft CommitmentDraft {
        /// Its number, 1 to 10.
        required number: CommitmentNumber, facet = "commitment";
        /// A few words for lists and tables.
        required short_title: Line<40>;
        /// Where the facts come from.
        list(0..) sources: Source;
    }

    /// A topic.
    pub struct Topic, draft TopicDraft {
        /// Other names for it; a search for one finds it.
        list(0..) synonyms: Line<80>;
        /// The wider topic that it belongs to, by the name of its file.
        optional parent: Ref<Topic>;
        /// Where the facts come from.
        list(0..) sources: Source;
    }

    /// A recommendation.
    pub struct Recommendation, draft RecommendationDraft {
        /// Who made it.
        required made_by: Line<200>;
        /// Whom it was made to.
        required made_to: Line<200>;
        /// The council it was made to, where it was one.
        optional council: Ref<Council>, facet = "council";
        /// When, as exactly as the source says. Leave it out only where no source says; then made_on_note has to say so.
        optional made_on: Date, facet = "year";
        /// What is known where no source gives the date.
        optional made_on_note: Line<200>;
        /// Its number among those made together, such as 3 or R3.
        optional number: Line<10>;
        /// The event at which it was made, by the name of its file.
        optional event: Ref<super::background::Event>;
        /// The id of the source in this document.
        required source: Slug;
        /// What became of it.
        required status: RecommendationStatus, example = "open";
        /// What is known of that.
        optional status_note: Line<300>;
        /// The id of the source that shows it is done. Needed where the status is done and no case study answers it.
        optional evidence: Slug;
        /// The case studies that answer it, by the names of their files.
        list(0..) answered_by: Ref<CaseStudy>;
        /// What it is about, by the names of the topics' files.
        list(0..=4) topics: Ref<Topic>, facet = "topic";
        /// The Charter's commitments that it serves.
        list(0..=10) commitments: CommitmentNumber, facet = "commitment";
        /// Duties and guidance that it rests on, by the names of their files.
        list(0..) guidance: Ref<Guidance>;
        /// Where the facts come from.
        list(1..) sources: Source;
    }
}

/// How far each commitment has been met, by its number.
#[derive(Debug, Clone, Default)]
pub struct Progress(pub BTreeMap<u8, CommitmentProgress>);

impl Field for Progress {
    fn shape() -> Shape {
        Shape::Numbered { min: 1, max: 10, of: Box::new(CommitmentProgress::shape()) }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let entries = decoder.mapping(node, &Self::shape())?;
        let mut all = Some(BTreeMap::new());
        for entry in entries {
            let number =
                entry.key.parse::<u8>().ok().filter(|n| (1..=10).contains(n) && entry.key == n.to_string());
            if number.is_none() {
                let message = format!("`{}` is not the number of a commitment", entry.key);
                decoder.report(Code::UnknownField, entry.key_span, message).help =
                    Some("the Charter's commitments are numbered 1 to 10".to_owned());
            }
            let progress = CommitmentProgress::decode(&entry.value, decoder);
            match (&mut all, number, progress) {
                (Some(map), Some(number), Some(progress)) => {
                    map.insert(number, progress);
                }
                _ => all = None,
            }
        }
        all.map(Self)
    }

    fn data(&self) -> Json {
        self.0
            .iter()
            .map(|(number, progress)| (number.to_string(), progress.data()))
            .collect::<Map<_, _>>()
            .into()
    }

    fn view(&self, names: &dyn Names) -> Json {
        let row = |number: u8| {
            let mut row = Map::new();
            row.insert("commitment".to_owned(), names.commitment(number));
            match self.0.get(&number) {
                Some(progress) => row.extend(progress.fields_view(names)),
                None => row.extend(
                    CommitmentProgress { state: ProgressState::NotKnown, note: None, evidence: None }
                        .fields_view(names),
                ),
            }
            Json::Object(row)
        };
        (1..=10).map(row).collect()
    }
}

//! Documents: what all kinds have, and what some have beside it.

use serde_json::{Map, Value as Json};

use super::{
    Card, Chip, Contents, Group, Link, Meter, Progress, Reporting, State, TermView, Tile, When, view,
};
use crate::render::facts::Fact;

view! {
    /// A document.
    pub struct DocumentView {
        /// `case-study`, `council`, …
        pub kind: &'static str,
        /// Its name: the path of its file under the folder of its kind.
        pub id: String,
        /// As readers see the kind.
        pub kind_label: &'static str,
        /// Title.
        pub title: String,
        /// Summary.
        pub summary: String,
        /// The day of the last change.
        pub updated: When,
        /// Every field of its kind under its name, as `casebook schema KIND --form reference`
        /// describes it; references have `title` and `url`, terms and choices `value`, `label` and
        /// `description`, dates `iso` and `text`, amounts `number` and `text`.
        pub fields: Map<String, Json>,
        /// The fields that are set and that the page shows nowhere else, ready for the component `facts`.
        pub facts: Vec<Fact>,
        /// The body as HTML.
        pub body: String,
        /// The headings of its body.
        pub contents: Vec<Contents>,
        /// Glossary terms used in its body, in order.
        pub terms: Vec<TermView>,
        /// Practices that have much in common with it.
        pub related: Vec<Card>,
        /// Documents that refer to it, by kind, less those that the page shows elsewhere.
        pub referrers: Vec<Group>,
        /// How to cite it.
        pub cite: Cite,
        /// The link to the same as JSON.
        pub data: String,
        /// The address at which a change can be suggested.
        pub edit: Option<String>,
    }

    /// How to cite a page.
    pub struct Cite {
        /// Publisher, title and site, in words.
        pub text: String,
        /// The whole address.
        pub address: String,
    }

    /// What a case study has beside [`DocumentView`].
    pub struct StudyView {
        /// The councils whose practice it is.
        pub chips: Vec<Chip>,
        /// Evidence, outcome, cost, effort.
        pub strip: Vec<Meter>,
        /// How another council begins.
        pub adopt: AdoptView,
        /// Councils that have taken it up.
        pub adoptions: Vec<Adopted>,
        /// Recommendations that it answers.
        pub answers: Vec<Card>,
    }

    /// How another council begins.
    pub struct AdoptView {
        /// The first steps, as plain text.
        pub steps: Vec<String>,
        /// The link to all of them on this page.
        pub steps_link: Option<String>,
        /// What it needs, as plain text.
        pub needs: Vec<String>,
        /// The link to all of it on this page.
        pub needs_link: Option<String>,
    }

    /// A practice taken up.
    pub struct Adopted {
        /// The council that took it up.
        pub chip: Chip,
        /// The practice.
        pub practice: Link,
        /// When.
        pub year: String,
        /// What was changed.
        pub adapted: Option<String>,
        /// What came of it.
        pub result: Option<String>,
    }

    /// What an annual report has beside [`DocumentView`].
    pub struct ReportView {
        /// The council.
        pub chip: Chip,
        /// The ten commitments; nothing for a section 54 statement.
        pub progress: Vec<Progress>,
        /// How many commitments are in each state, in words.
        pub summary: Vec<String>,
        /// The six parts of a section 54 statement; nothing for a Charter report.
        pub parts: Vec<PartView>,
        /// The report before it.
        pub previous: Option<Link>,
        /// The report after it.
        pub next: Option<Link>,
    }

    /// A part of a section 54 statement.
    pub struct PartView {
        /// What it is.
        pub label: String,
        /// What it holds.
        pub description: String,
        /// Whether the statement has it.
        pub has: bool,
    }

    /// What a council's profile has beside [`DocumentView`].
    pub struct CouncilView {
        /// The name that it has in law, where that differs.
        pub official_name: Option<String>,
        /// Its region, in words.
        pub region: String,
        /// Its place on the outline of the country.
        pub tile: Option<Tile>,
        /// Whether it has signed the Charter.
        pub charter: State,
        /// When it signed, or by when it is known to have.
        pub signed: Option<String>,
        /// How it stands with its yearly report.
        pub reporting: Reporting,
        /// The ten commitments in its newest Charter report; nothing where there is none.
        pub progress: Vec<Progress>,
        /// That report.
        pub progress_report: Option<Link>,
        /// What happened when, newest first.
        pub timeline: Vec<Moment>,
        /// Its practices.
        pub practices: Group,
        /// Practices of others that it has taken up.
        pub adopted: Vec<Adopted>,
        /// Councils like it, with practices that it does not have.
        pub peers: Vec<Peer>,
    }

    /// Something on a timeline.
    pub struct Moment {
        /// When.
        pub when: When,
        /// What.
        pub text: String,
        /// Where to read of it.
        pub url: Option<String>,
        /// What kind of thing it is, in words.
        pub kind: String,
    }

    /// A council like another.
    pub struct Peer {
        /// The council.
        pub chip: Chip,
        /// Why it is a peer, in words.
        pub why: String,
        /// Practices that the other does not have.
        pub practices: Vec<Link>,
    }

    /// What a commitment has beside [`DocumentView`].
    pub struct CommitmentView {
        /// 1 to 10.
        pub number: u8,
        /// A few words for it.
        pub short_title: String,
        /// The commitment before it.
        pub previous: Option<Link>,
        /// The commitment after it.
        pub next: Option<Link>,
        /// Practices that serve it.
        pub practices: Group,
        /// What each council's newest Charter report says of it.
        pub reports: Vec<CouncilState>,
        /// Others that serve it, by kind.
        pub groups: Vec<Group>,
    }

    /// What a council's report says of a commitment.
    pub struct CouncilState {
        /// The council.
        pub chip: Chip,
        /// The report.
        pub report: Link,
        /// How far.
        pub state: State,
        /// What the report says.
        pub note: Option<String>,
    }

    /// What a topic has beside [`DocumentView`].
    pub struct TopicView {
        /// Practices about it.
        pub practices: Group,
        /// Other documents about it, by kind.
        pub groups: Vec<Group>,
        /// Narrower topics.
        pub children: Vec<Link>,
    }
}

//! Pages that list.

use super::{Card, Chip, Count, Group, Link, MapView, Reporting, State, TermView, view};

view! {
    /// A page of a list of cards.
    pub struct ListView {
        /// What the list holds, in a sentence.
        pub intro: String,
        /// How many there are in all.
        pub total: usize,
        /// The cards of this page, under headings where the list has some.
        pub groups: Vec<Group>,
        /// Links to the pages of the list.
        pub pagination: Pagination,
        /// Facets by which the list can be narrowed, as links to other lists.
        pub filters: Vec<FacetGroup>,
        /// The page about what all of these have in common.
        pub about: Option<Link>,
    }

    /// Links to the pages of a list.
    pub struct Pagination {
        /// The number of this page, from 1.
        pub number: usize,
        /// How many there are.
        pub of: usize,
        /// The page before.
        pub previous: Option<String>,
        /// The page after.
        pub next: Option<String>,
        /// Every page; nothing where there is but one.
        pub pages: Vec<PageLink>,
    }

    /// A link to a page of a list.
    pub struct PageLink {
        /// Its number.
        pub number: usize,
        /// Where it leads.
        pub url: String,
        /// Whether it is this page.
        pub current: bool,
    }

    /// A facet.
    pub struct FacetGroup {
        /// What it is called.
        pub label: String,
        /// The link to the list of all its values.
        pub url: String,
        /// How many values there are; `values` may be the first of them.
        pub total: usize,
        /// Its values.
        pub values: Vec<FacetValue>,
    }

    /// A value of a facet.
    pub struct FacetValue {
        /// In words.
        pub label: String,
        /// What it means.
        pub note: String,
        /// The link to what has it.
        pub url: String,
        /// How many documents have it.
        pub count: usize,
        /// Whether this page is about it.
        pub current: bool,
    }

    /// The facets, or the values of one.
    pub struct BrowseView {
        /// The facets, each with its values.
        pub facets: Vec<FacetGroup>,
        /// Pages that stand in no list; nothing on the page of one facet.
        pub pages: Vec<Link>,
    }

    /// Every word of the glossary.
    pub struct GlossaryView {
        /// How many words there are.
        pub total: usize,
        /// The words by their first letter.
        pub letters: Vec<Letter>,
    }

    /// Words with one first letter.
    pub struct Letter {
        /// The letter.
        pub letter: String,
        /// The words.
        pub terms: Vec<TermView>,
    }

    /// Every council in the register.
    pub struct CouncilsView {
        /// How many there are.
        pub total: usize,
        /// How many have a page.
        pub with_page: usize,
        /// The map.
        pub map: MapView,
        /// The councils, by region.
        pub regions: Vec<Region>,
        /// How many councils are in each state.
        pub states: Vec<Count>,
    }

    /// Councils of a region.
    pub struct Region {
        /// As anchors name it.
        pub id: String,
        /// In words.
        pub label: String,
        /// The councils.
        pub rows: Vec<CouncilRow>,
    }

    /// A council in the register.
    pub struct CouncilRow {
        /// Its name.
        pub name: String,
        /// The link to its page, where it has one.
        pub url: Option<String>,
        /// What kind of authority it is, in words.
        pub kind: String,
        /// Whether it has signed the Charter.
        pub state: State,
        /// When it signed, in words.
        pub signed: Option<String>,
        /// How many practices of it are in the library.
        pub practices: usize,
        /// How many reports.
        pub reports: usize,
    }

    /// The Charter.
    pub struct CharterView {
        /// The ten commitments.
        pub commitments: Vec<CommitmentRow>,
        /// Signed, reported, due.
        pub numbers: CharterNumbers,
        /// The page that tells of the Charter, where there is one.
        pub about: Option<Link>,
        /// The newest reports.
        pub reports: Vec<Card>,
    }

    /// A commitment in the list of ten.
    pub struct CommitmentRow {
        /// 1 to 10.
        pub number: u8,
        /// A few words for it.
        pub title: String,
        /// Summary.
        pub summary: String,
        /// The link to its page.
        pub url: String,
        /// How many practices serve it.
        pub practices: usize,
        /// How many councils' newest reports call it done.
        pub done: usize,
        /// How many call it in progress.
        pub in_progress: usize,
    }

    /// The Charter in numbers, as far as the library knows.
    pub struct CharterNumbers {
        /// Councils that have signed.
        pub signed: usize,
        /// Of those, councils with a report in the library.
        pub reported: usize,
        /// Of those, councils with a report that is due soon or overdue.
        pub due: usize,
    }

    /// Every signatory and the ten commitments.
    pub struct AccountabilityView {
        /// The ten commitments.
        pub commitments: Vec<CommitmentRow>,
        /// The signatories, by name.
        pub rows: Vec<Signatory>,
        /// The states that cells can have, for the legend.
        pub legend: Vec<State>,
        /// Signed, reported, due.
        pub numbers: CharterNumbers,
    }

    /// A signatory.
    pub struct Signatory {
        /// The council.
        pub chip: Chip,
        /// When it signed, in words.
        pub signed: Option<String>,
        /// Its newest report and the next.
        pub reporting: Reporting,
        /// The state of each commitment in its newest Charter report; nothing where there is none.
        pub cells: Vec<State>,
    }

    /// The home page.
    pub struct HomeView {
        /// The body of `index.md` as HTML, where the site has one.
        pub body: Option<String>,
        /// Glossary terms used in the body, in order.
        pub terms: Vec<TermView>,
        /// The newest case studies and reports.
        pub newest: Vec<Card>,
        /// The topics.
        pub topics: Vec<Count>,
        /// How much the library holds.
        pub counts: Vec<Count>,
        /// The Charter in numbers.
        pub numbers: CharterNumbers,
        /// The map.
        pub map: MapView,
    }

    /// The search.
    pub struct SearchView {
        /// The lists, with how many documents each has, for those who would rather look through them.
        pub kinds: Vec<Count>,
    }

    /// The open data.
    pub struct DataView {
        /// The collections.
        pub tables: Vec<DataTable>,
    }

    /// A collection as data.
    pub struct DataTable {
        /// What it holds.
        pub label: String,
        /// The link to it as CSV.
        pub csv: String,
        /// Tables of parts of its documents, such as their sources, as CSV.
        pub parts: Vec<Link>,
        /// The link to it as JSON.
        pub json: String,
        /// The link to its description as CSV on the Web.
        pub csvw: String,
        /// The link to its JSON Schema.
        pub schema: String,
    }
}

//! Pieces that several pages are made of.

use super::view;
use crate::model::date::{Date, in_words};
use crate::render::markdown::Entry;

view! {
    /// A text that leads somewhere.
    pub struct Link {
        /// The text.
        pub label: String,
        /// Where it leads.
        pub url: String,
    }

    /// A day, a month or a year.
    pub struct When {
        /// As machines read it: `2019-07`.
        pub iso: String,
        /// As people read it: "July 2019".
        pub text: String,
    }

    /// A state: a word, which the stylesheet gives a shape and a colour by its value.
    pub struct State {
        /// `signed`, `done`, `due-soon`, …
        pub value: String,
        /// In words.
        pub label: String,
    }

    /// A council, small.
    pub struct Chip {
        /// Its name.
        pub name: String,
        /// The link to its profile, where it has one.
        pub url: Option<String>,
        /// Its region, in words.
        pub region: String,
        /// Its place on the outline of the country.
        pub tile: Option<Tile>,
    }

    /// A place on the outline of the country, in the units of its viewBox.
    pub struct Tile {
        /// From the left.
        pub x: f64,
        /// From the top.
        pub y: f64,
    }

    /// One of the four meters of the strip.
    pub struct Meter {
        /// `evidence`, `outcome`, `cost`, `effort`; on cards also `unknown`, for those that are not known.
        pub name: &'static str,
        /// What it measures, in words.
        pub label: String,
        /// How much, in words.
        pub text: String,
        /// What those words mean.
        pub note: String,
        /// How many of its steps are reached.
        pub filled: usize,
        /// How many are not.
        pub empty: usize,
        /// The value, for a shape of its own where it has no steps.
        pub value: String,
        /// Whether anything is known.
        pub known: bool,
    }

    /// A document in a list.
    pub struct Card {
        /// `case-study`, `council`, …
        pub kind: &'static str,
        /// As readers see the kind.
        pub kind_label: &'static str,
        /// Title.
        pub title: String,
        /// Where it leads.
        pub url: String,
        /// The code of its language.
        pub lang: String,
        /// Summary.
        pub summary: String,
        /// The councils that it is about.
        pub chips: Vec<Chip>,
        /// A case study's meters that are known, and one that names the others; nothing for others than
        /// case studies.
        pub strip: Vec<Meter>,
        /// What became of a recommendation, whether a council has signed.
        pub state: Option<State>,
        /// A few more words: what kind of report, who asked, when.
        pub meta: Vec<String>,
        /// The newest value of a statistic.
        pub figure: Option<Figure>,
        /// How many councils have taken a practice up.
        pub adopted_by: usize,
        /// The day on which a case study was last held against its sources.
        pub reviewed: Option<When>,
    }

    /// A figure, set large.
    pub struct Figure {
        /// The number, in words.
        pub text: String,
        /// What it counts.
        pub unit: String,
        /// The time that it covers.
        pub period: String,
    }

    /// Documents under a heading.
    pub struct Group {
        /// The heading.
        pub label: String,
        /// `case-study`, …, where all are of one kind.
        pub kind: &'static str,
        /// How many there are; `cards` may be the first of them.
        pub total: usize,
        /// The link to all of them, where there are more than `cards`.
        pub more: Option<String>,
        /// The documents.
        pub cards: Vec<Card>,
    }

    /// A heading of the body, with those under it.
    pub struct Contents {
        /// The words.
        pub text: String,
        /// The anchor.
        pub id: String,
        /// Those under it.
        pub children: Vec<Contents>,
    }

    /// A word of the glossary.
    pub struct TermView {
        /// Its name, for anchors.
        pub id: String,
        /// The word.
        pub title: String,
        /// What it means.
        pub short: String,
        /// The link to its page.
        pub url: String,
        /// Abbreviations and other words for it.
        pub synonyms: Vec<String>,
    }

    /// How a council stands with its yearly report on the day of the build.
    pub struct Reporting {
        /// `reported`, `due-soon`, `overdue`, `none-known`.
        pub state: State,
        /// When the next one is due, or the one that is overdue was, where the council says.
        pub due: Option<When>,
        /// The newest report.
        pub last: Option<Link>,
        /// When that was published, or the end of what it covers.
        pub last_when: Option<When>,
    }

    /// How far one commitment has been met.
    pub struct Progress {
        /// 1 to 10.
        pub number: u8,
        /// The commitment in a few words.
        pub title: String,
        /// The link to its page, where it has one.
        pub url: Option<String>,
        /// `done`, `in-progress`, `not-started`, `not-reported`.
        pub state: State,
        /// What the report says.
        pub note: Option<String>,
    }

    /// How many there are of something.
    pub struct Count {
        /// What is counted.
        pub label: String,
        /// How many.
        pub count: usize,
        /// The link to them.
        pub url: String,
    }

    /// A map of councils, each a hexagon.
    pub struct MapView {
        /// Councils by state; each layer is one path.
        pub layers: Vec<MapLayer>,
    }

    /// Councils of one state on a map.
    pub struct MapLayer {
        /// The state.
        pub state: State,
        /// How many councils.
        pub count: usize,
        /// Their hexagons, as the `d` of an SVG path.
        pub path: String,
    }

    /// A statistic as a bar chart. The numbers are for drawing; the table says the same in words.
    pub struct ChartView {
        /// The width of the drawing, in its own units.
        pub width: f64,
        /// Its height.
        pub height: f64,
        /// What the numbers count.
        pub unit: String,
        /// One bar for each value.
        pub bars: Vec<Bar>,
    }

    /// A bar of a chart.
    pub struct Bar {
        /// What the value is of.
        pub label: String,
        /// The label in lines that fit the drawing.
        pub lines: Vec<String>,
        /// The value, in words.
        pub text: String,
        /// The share of the whole that the source gives, in words.
        pub percent: Option<String>,
        /// Where the label's first line stands.
        pub label_y: f64,
        /// The bar's top.
        pub y: f64,
        /// The bar's length; 0 for a suppressed value.
        pub width: f64,
        /// The bar's height.
        pub height: f64,
        /// Where the value stands.
        pub end: f64,
        /// The base line of the value.
        pub text_y: f64,
    }
}

impl When {
    /// `date` for people and machines.
    #[must_use]
    pub fn new(date: Date) -> Self {
        Self { iso: date.to_string(), text: in_words(date) }
    }
}

impl State {
    /// A state and its words.
    #[must_use]
    pub fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned() }
    }
}

impl From<&Entry> for Contents {
    fn from(entry: &Entry) -> Self {
        Self {
            text: entry.text.clone(),
            id: entry.id.clone(),
            children: entry.children.iter().map(Self::from).collect(),
        }
    }
}

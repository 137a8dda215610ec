//! What a library is made of: the kinds of document, their fields, and what a field may hold.
//!
//! [`shape`] is the registry's language; the records in [`common`], [`practice`] and [`background`]
//! are the registry. [`decode`] and [`values`] read them from a tree, [`schema`] describes them.

pub mod background;
pub mod common;
pub mod components;
pub mod date;
pub mod decode;
mod kind;
pub mod practice;
pub mod record;
pub mod reference;
pub mod register;
pub mod schema;
pub mod shape;
pub mod values;
pub mod vocabulary;

pub use decode::{Decoder, Field, Reference};
pub use kind::{Kind, Record, RecordDraft, Target};

/// A vocabulary that fields of casebook use; `site.toml` gives its values.
pub trait Vocab {
    /// Its name in `site.toml`.
    const NAME: &'static str;
}

macro_rules! vocabularies {
    ($($(#[doc = $doc:literal])+ $name:ident = $value:literal;)+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl Vocab for $name { const NAME: &'static str = $value; })+

        /// Name and meaning of every vocabulary that fields of casebook use.
        pub const VOCABULARIES: &[(&str, &str)] = &[$(($value, concat!($($doc, "\n"),+)),)+];
    };
}

vocabularies! {
    /// Kinds of local authority, as the register of councils names them.
    CouncilKind = "council-kind";
    /// England, Scotland, Wales, Northern Ireland.
    Nation = "nation";
    /// Regions of England, and the other nations.
    Region = "region";
    /// Ways in which people are exploited.
    Exploitation = "exploitation";
    /// Who a practice is for.
    Audience = "audience";
    /// Kinds of place: inner city, suburb, countryside.
    AreaType = "area-type";
    /// Businesses and places at risk.
    Sector = "sector";
    /// How well a practice has been tested, from least to best.
    Evidence = "evidence";
    /// What came of it.
    Outcome = "outcome";
    /// What it costs, from least to most, and unknown.
    Cost = "cost";
    /// How long it takes, from least to most.
    Effort = "effort";
    /// The four levels of the Local Government Association's maturity matrix.
    Maturity = "maturity";
    /// Kinds of support that people are given.
    Support = "support";
    /// What helped.
    Enabler = "enabler";
    /// What stood in the way.
    Barrier = "barrier";
    /// Kinds of source, such as a council report or Hansard.
    SourceKind = "source-kind";
    /// Kinds of organisation.
    OrganisationKind = "organisation-kind";
}

/// Answers what only the whole library knows: titles, labels and addresses.
pub trait Names {
    /// A document as templates receive it: `id`, `kind`, `title`, `url`; `url` is null for one
    /// without a page.
    fn reference(&self, kind: Kind, id: &str) -> serde_json::Value;

    /// A term as templates receive it: `value`, `label`, `description`, `rank` and `of`, its place
    /// among the terms in use.
    fn term(&self, vocabulary: &str, value: &str) -> serde_json::Value;

    /// A commitment as templates receive it: `number`, `title`, `url`.
    fn commitment(&self, number: u8) -> serde_json::Value;
}

//! The kinds of document, each with its folder, its record and its names.

use serde_json::{Map, Value as Json};

use super::background::*;
use super::decode::Decoder;
use super::practice::*;
use super::shape::RecordSpec;
use super::{Field, Names};
use crate::parse::node::Node;

/// A record that is a document of its own, so that others can refer to it.
pub trait Target {
    /// Its kind.
    const KIND: Kind;
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident / $draft:ident = $name:literal, $folder:literal, $label:literal, $plural:literal;)+) => {
        /// The kind of a document, told by the folder in `content` that it stands in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $doc])+ $kind,)+ }

        impl Kind {
            /// Every kind, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// As commands and messages name it: `case-study`.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$kind => $name,)+ } }

            /// Its folder in `content`, and its part of the site's addresses.
            #[must_use]
            pub fn folder(self) -> &'static str { match self { $(Self::$kind => $folder,)+ } }

            /// As readers see it.
            #[must_use]
            pub fn label(self) -> &'static str { match self { $(Self::$kind => $label,)+ } }

            /// As readers see several.
            #[must_use]
            pub fn plural(self) -> &'static str { match self { $(Self::$kind => $plural,)+ } }

            /// What it is.
            #[must_use]
            pub fn doc(self) -> &'static str { match self { $(Self::$kind => concat!($($doc, "\n"),+),)+ } }

            /// The fields that it has beside those that all have.
            #[must_use]
            pub fn spec(self) -> &'static RecordSpec { match self { $(Self::$kind => $kind::SPEC,)+ } }

            /// Decodes the fields of this kind, without a word about others.
            pub fn decode(self, node: &Node, decoder: &mut Decoder<'_>) -> RecordDraft {
                match self { $(Self::$kind => RecordDraft::$kind($draft::decode_fields(node, decoder)),)+ }
            }
        }

        /// The fields of a document that are its kind's own.
        #[derive(Debug, Clone)]
        #[allow(clippy::large_enum_variant)]
        pub enum Record { $($(#[doc = $doc])+ $kind($kind),)+ }

        /// A [`Record`] that may lack fields.
        #[derive(Debug, Clone)]
        #[allow(clippy::large_enum_variant)]
        pub enum RecordDraft { $($(#[doc = $doc])+ $kind($draft),)+ }

        impl RecordDraft {
            /// The record, where nothing that must be there is missing.
            #[must_use]
            pub fn complete(self) -> Option<Record> {
                match self { $(Self::$kind(draft) => draft.complete().map(Record::$kind),)+ }
            }
        }

        impl Record {
            /// As open data.
            #[must_use]
            pub fn data(&self) -> Map<String, Json> {
                match self { $(Self::$kind(record) => record.fields_data(),)+ }
            }

            /// As templates receive it.
            #[must_use]
            pub fn view(&self, names: &dyn Names) -> Map<String, Json> {
                match self { $(Self::$kind(record) => record.fields_view(names),)+ }
            }
        }

        $(impl Target for $kind { const KIND: Kind = Kind::$kind; })+
        const _: () = { $(let _ = <$kind as Field>::shape;)+ };
    };
}

kinds! {
    /// What a council did, whether it worked, what it cost and how to do the same.
    CaseStudy / CaseStudyDraft = "case-study", "case-studies", "Case study", "Case studies";
    /// What a council reports about a year: a Charter report, a section 54 statement, or both.
    AnnualReport / AnnualReportDraft = "annual-report", "reports", "Annual report", "Annual reports";
    /// A council: its place in the register, and whether it has signed the Charter.
    Council / CouncilDraft = "council", "councils", "Council", "Councils";
    /// One of the Charter's ten commitments.
    Commitment / CommitmentDraft = "commitment", "commitments", "Commitment", "Commitments";
    /// A subject that practices are about.
    Topic / TopicDraft = "topic", "topics", "Topic", "Topics";
    /// What somebody asked somebody else to do.
    Recommendation / RecommendationDraft = "recommendation", "recommendations", "Recommendation", "Recommendations";
    /// A figure over time, with its sources and its revisions.
    Statistic / StatisticDraft = "statistic", "statistics", "Statistic", "Statistics";
    /// A word of the field, explained.
    GlossaryTerm / GlossaryTermDraft = "glossary-term", "glossary", "Glossary term", "Glossary";
    /// A duty, guidance or another resource.
    Guidance / GuidanceDraft = "guidance", "guidance", "Guidance", "Duties and guidance";
    /// A body that works in the field.
    Organisation / OrganisationDraft = "organisation", "organisations", "Organisation", "Organisations";
    /// A programme, service or campaign.
    Programme / ProgrammeDraft = "programme", "programmes", "Programme", "Programmes";
    /// Something that happened on a day: a launch, a review, a debate.
    Event / EventDraft = "event", "events", "Event", "Events";
    /// Any other page, such as the warning signs or the accessibility statement.
    Page / PageDraft = "page", "pages", "Page", "Pages";
}

impl Kind {
    /// The kind called `name`, or whose folder is.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name || kind.folder() == name)
    }
}

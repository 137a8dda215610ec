//! Components: blocks in a body that hold fields rather than prose. A contributor writes a fenced
//! block whose first line is the component's name in braces, with YAML inside.

use super::background::Statistic;
use super::common::Bound;
use super::practice::Council;
use super::shape::RecordSpec;
use super::values::{Amount, Email, Line, Ref, Slug};
use super::{Decoder, Field, Names};
use crate::parse::node::Node;
use crate::{choice, record};

choice! {
    /// What a callout is for.
    pub enum CalloutKind {
        /// Something worth knowing.
        Note = "note", "Note";
        /// Something to take care over.
        Caution = "caution", "Caution";
        /// Where to get help.
        Help = "help", "Get help";
    }
}

record! {
    /// One figure, set large, with what it counts and where it stands.
    pub struct StatisticBlock, draft StatisticBlockDraft {
        /// The number alone, or c where it is small and suppressed.
        required value: Amount, example = "14";
        /// Whether the source gives it as a round or an outer number. Leave it out where the number is exact.
        optional bound: Bound;
        /// What it counts, in a few words.
        required label: Line<120>, example = "children identified at risk";
        /// The unit, where it is not plain from the label: % or £.
        optional unit: Line<20>;
        /// The time that it covers.
        required period: Line<60>, example = "2018/19";
        /// The id of the source in this document.
        required source: Slug, example = "report";
    }

    /// A chart of a statistic of this library, with its table.
    pub struct ChartBlock, draft ChartBlockDraft {
        /// The statistic, by the name of its file.
        required statistic: Ref<Statistic>, example = "nrm-referrals";
        /// A title, where the statistic's own does not serve.
        optional title: Line<150>;
    }

    /// Somebody's words, with their source.
    pub struct QuotationBlock, draft QuotationBlockDraft {
        /// The words, exactly as the source has them.
        required text: Line<600>;
        /// Whose they are: the public office, not the person.
        required by: Line<150>, example = "Executive Member for Community Safety";
        /// The id of the source in this document.
        required source: Slug, example = "speech";
    }

    /// A passage set apart.
    pub struct CalloutBlock, draft CalloutBlockDraft {
        /// What it is for.
        required kind: CalloutKind, example = "note";
        /// A title.
        optional title: Line<100>;
        /// The passage, in markdown.
        required text: String;
    }

    /// A picture with its caption.
    pub struct FigureBlock, draft FigureBlockDraft {
        /// The picture's file, in the folder of this document.
        required file: Line<200>, example = "map.png";
        /// What the picture shows, for those who do not see it.
        required alt: Line<400>;
        /// The caption.
        required caption: Line<400>;
        /// Whose picture it is, and its licence.
        optional credit: Line<200>;
    }

    /// Whom to ask, by role.
    pub struct ContactBlock, draft ContactBlockDraft {
        /// The role. Never a person's name.
        required role: Line<120>, example = "Modern slavery lead";
        /// The council, by the name of its file.
        optional council: Ref<Council>;
        /// The role's mailbox. Never a person's.
        optional email: Email;
    }
}

macro_rules! components {
    ($($name:literal = $variant:ident($record:ident);)+) => {
        /// A component's fields.
        #[derive(Debug, Clone)]
        pub enum Component { $(#[doc = concat!("`{", $name, "}`")] $variant($record),)+ }

        /// Name and fields of every component.
        pub const COMPONENTS: &[(&str, &RecordSpec)] = &[$(($name, $record::SPEC),)+];

        impl Component {
            /// Decodes the component called `name`; `None` where there is no such component, or
            /// with findings where its fields are wrong.
            pub fn decode(name: &str, node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
                match name { $($name => $record::decode(node, decoder).map(Self::$variant),)+ _ => None }
            }

            /// Its name.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)+ }
            }

            /// As templates receive it.
            #[must_use]
            pub fn view(&self, names: &dyn Names) -> serde_json::Map<String, serde_json::Value> {
                match self { $(Self::$variant(record) => record.fields_view(names),)+ }
            }
        }
    };
}

components! {
    "statistic" = Statistic(StatisticBlock);
    "chart" = Chart(ChartBlock);
    "quotation" = Quotation(QuotationBlock);
    "callout" = Callout(CalloutBlock);
    "figure" = Figure(FigureBlock);
    "contact" = Contact(ContactBlock);
}

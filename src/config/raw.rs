//! `site.toml` as it is written: the same registry, decoder and findings as front matter.

use serde_json::{Map, Value as Json};

use crate::diagnostics::Code;
use crate::model::Names;
use crate::model::common::Licence;
use crate::model::decode::{Decoder, Field};
use crate::model::shape::Shape;
use crate::model::values::{Email, Integer, Language, Line, SitePath, Slug, WebAddress};
use crate::parse::node::Node;
use crate::record;

record! {
    /// The settings of a site.
    pub struct SiteToml, draft SiteTomlDraft {
        /// The version of the content's schema that this library is written in.
        required schema: Integer<1, 1>, example = "1";
        /// What the site is called and where it stands.
        required site: SiteSection;
        /// Its languages, the first one first. Left out: English alone.
        list(0..) languages: LanguageSection;
        /// How it looks.
        optional theme: ThemeSection;
        /// The links at the top of every page.
        list(0..) navigation: NavigationSection;
        /// Where to get help, shown on every page.
        optional helpline: HelplineSection;
        /// Where a reader who has to leave a page at once is led.
        optional exit: ExitSection;
        /// After how long a document has to be reviewed again.
        optional review: ReviewSection;
        /// The feeds.
        optional feeds: FeedsSection;
        /// The search.
        optional search: SearchSection;
        /// Everyday words that mean the same, each group once. Words of the field stand in the glossary.
        list(0..) synonyms: SynonymsSection;
        /// Lists of allowed values, by name.
        required vocabularies: Named<VocabularySection>;
        /// Facets that this site adds to those of casebook.
        list(0..) facets: FacetSection;
    }

    /// What the site is called and where it stands.
    pub struct SiteSection, draft SiteSectionDraft {
        /// Its name.
        required title: Line<80>;
        /// What it is, in a sentence or two.
        required description: Line<300>;
        /// Its address, with the folder it stands in, if any. `--base-url` overrides it.
        required base_url: WebAddress, example = "\"https://library.example.org/\"";
        /// Who publishes it.
        required publisher: Line<120>;
        /// The mailbox of those who keep it.
        optional email: Email;
        /// Where its source is kept, for "suggest a change".
        optional repository: WebAddress;
        /// Under which licence its own words may be used again.
        optional licence: Licence;
    }

    /// A language of the site.
    pub struct LanguageSection, draft LanguageSectionDraft {
        /// Its code.
        required code: Language;
        /// Its name, in the language itself.
        required label: Line<40>;
    }

    /// How the site looks.
    pub struct ThemeSection, draft ThemeSectionDraft {
        /// The folder in `themes` that holds the theme. What it lacks is taken from the default theme.
        optional name: Slug, example = "\"default\"";
    }

    /// A link at the top of every page.
    pub struct NavigationSection, draft NavigationSectionDraft {
        /// Its text.
        required label: Line<40>;
        /// Where it leads on this site.
        required path: SitePath, example = "\"/case-studies/\"";
    }

    /// Where to get help.
    pub struct HelplineSection, draft HelplineSectionDraft {
        /// Its name.
        required name: Line<80>;
        /// Who runs it.
        required run_by: Line<80>;
        /// Its number, as it is dialled.
        required phone: Phone, example = "\"08000 121 700\"";
        /// Its website.
        optional website: WebAddress;
        /// The number to call in an emergency.
        required emergency: Phone, example = "\"999\"";
    }

    /// Where a reader of warning signs or help is led who has to leave at once.
    pub struct ExitSection, draft ExitSectionDraft {
        /// The address of a page that anybody might read. The weather forecast, where it is left out.
        optional url: WebAddress, example = "\"https://www.bbc.co.uk/weather\"";
        /// The text of the link that leads there.
        optional label: Line<40>, example = "\"Leave this page\"";
    }

    /// After how many months a document has to be reviewed again, where it does not say so itself.
    pub struct ReviewSection, draft ReviewSectionDraft {
        /// A case study, after it was reviewed.
        optional case_study_months: Integer<1, 120>, example = "24";
        /// How many days before a report is due it is shown as due soon.
        optional report_due_soon_days: Integer<0, 365>, example = "60";
    }

    /// The feeds.
    pub struct FeedsSection, draft FeedsSectionDraft {
        /// How many entries each has.
        optional entries: Integer<1, 200>, example = "20";
        /// Whether each council and each topic has a feed of its own.
        optional per_council_and_topic: bool, example = "true";
    }

    /// How much each part of a document counts in a search.
    pub struct SearchSection, draft SearchSectionDraft {
        /// The title.
        optional title: Integer<0, 100>, example = "6";
        /// The summary.
        optional summary: Integer<0, 100>, example = "3";
        /// The headings of the text.
        optional headings: Integer<0, 100>, example = "2";
        /// The text.
        optional body: Integer<0, 100>, example = "1";
        /// The names of the councils that it concerns.
        optional councils: Integer<0, 100>, example = "3";
        /// The labels of its topics and other values, abbreviations and other names.
        optional labels: Integer<0, 100>, example = "2";
    }

    /// Words or names that mean the same: a search for one finds the others as well.
    pub struct SynonymsSection, draft SynonymsSectionDraft {
        /// The words.
        list(2..) words: Line<80>, example = "[\"councillor\", \"elected member\"]";
    }

    /// A list of allowed values.
    pub struct VocabularySection, draft VocabularySectionDraft {
        /// What it is called.
        required label: Line<60>;
        /// Its values, in the order in which they are shown.
        list(1..) terms: TermSection;
    }

    /// An allowed value.
    pub struct TermSection, draft TermSectionDraft {
        /// As written in front matter.
        required value: Slug;
        /// As shown to readers.
        required label: Line<80>;
        /// What it means.
        optional description: Line<400>;
        /// The value that has taken its place, where it is no longer used.
        optional replaced_by: Slug;
    }

    /// A facet that the site adds.
    pub struct FacetSection, draft FacetSectionDraft {
        /// The field's name in front matter.
        required name: Slug;
        /// As shown to readers.
        required label: Line<60>;
        /// The vocabulary that has its values.
        required vocabulary: Slug;
        /// The kinds of document that have the field.
        list(1..) kinds: Slug, example = "[\"case-study\"]";
        /// What to write in it.
        required description: Line<300>;
    }
}

/// Values under names that the site chooses, in the order written.
#[derive(Debug, Clone)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T: Field> Field for Named<T> {
    fn shape() -> Shape {
        Shape::Named { of: Box::new(T::shape()) }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let entries = decoder.mapping(node, &Self::shape())?;
        let decoded: Vec<_> = entries
            .iter()
            .map(|entry| T::decode(&entry.value, decoder).map(|value| (entry.key.clone(), value)))
            .collect();
        if decoder.keeps_good_items {
            return Some(Self(decoded.into_iter().flatten().collect()));
        }
        decoded.into_iter().collect::<Option<Vec<_>>>().map(Self)
    }

    fn data(&self) -> Json {
        self.0.iter().map(|(name, value)| (name.clone(), value.data())).collect::<Map<_, _>>().into()
    }

    fn view(&self, names: &dyn Names) -> Json {
        self.0.iter().map(|(name, value)| (name.clone(), value.view(names))).collect::<Map<_, _>>().into()
    }
}

/// A telephone number as people read it, spaces allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(pub String);

impl Field for Phone {
    fn shape() -> Shape {
        Shape::Pattern {
            pattern: "^\\+?[0-9]([0-9 ]*[0-9])?$",
            form: "a telephone number of digits and spaces",
        }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let text = crate::model::values::text(node, decoder, &Self::shape())?;
        let digits = text.strip_prefix('+').unwrap_or(text);
        let fits = digits.chars().all(|c| c.is_ascii_digit() || c == ' ');
        if fits && digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.ends_with(' ') {
            return Some(Self(text.to_owned()));
        }
        decoder.report(Code::InvalidValue, node.span, "this is not a telephone number of digits and spaces");
        None
    }

    fn data(&self) -> Json {
        self.0.as_str().into()
    }
}

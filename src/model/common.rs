//! What every document has, and the groups of fields that several kinds share.

use crate::{choice, record};

use super::SourceKind;
use super::date::{Date, Day};
use super::values::{Amount, Language, Line, SameKind, SitePath, Slug, Term, WebAddress};

record! {
    /// Fields that every document has.
    pub struct Common, draft CommonDraft {
        /// The title, as a reader would look for it. It is the page's heading, so the body starts below it.
        required title: Line<150>, example = "A short title in plain words";
        /// One or two sentences that say what the page holds. Lists, search results and shared links show them.
        required summary: Line<200>, example = "One flag on the case system shows who is at risk.";
        /// The day on which somebody last changed what the page says.
        required updated: Day, example = "2026-11-21";
        /// The language of the document, where it is not the site's first.
        optional lang: Language, example = "cy";
        /// The document of the same kind that this one translates.
        optional translation_of: SameKind, example = "hazard-indicator";
        /// Addresses that the page had before. Each leads to the page from then on.
        list(0..=20) aliases: SitePath, example = "[/old-address/]";
        /// Whether the document is still being written. A draft is checked, but published only with --drafts.
        optional draft: bool, example = "true";
        /// Warnings that do not hold for this document, each with its reason. An error cannot be overridden.
        list(0..) overrides: OverrideSection;
    }

    /// A warning that does not hold for this document.
    pub struct OverrideSection, draft OverrideSectionDraft {
        /// The warning's code, as `casebook check` prints it.
        required rule: Slug, example = "report-overdue";
        /// Why it does not hold here.
        required reason: Line<300>;
        /// The id of the source in this document that shows it.
        required source: Slug;
        /// Who decided that, by role.
        required reviewer_role: Line<100>, example = "Editor";
    }

    /// Where a fact comes from.
    pub struct Source, draft SourceDraft {
        /// A short name by which other fields of this document point at the source.
        optional id: Slug, example = "gazette";
        /// The title of the source, as it gives it.
        required title: String;
        /// Its address on the web. Leave it out only where it has none.
        optional url: WebAddress;
        /// Who published it.
        required publisher: String;
        /// When it was published, as exactly as it says. Leave it out where it does not say.
        optional date: Date;
        /// What kind of source it is.
        required kind: Term<SourceKind>;
        /// Who wrote it, by office: "Executive Member for Finance", not more about the person than that.
        optional author: String;
        /// What a reader has to know of it, such as that it was read in part only.
        optional note: String;
    }

    /// A figure, with the period that it is about and where it stands.
    pub struct Figure, draft FigureDraft {
        /// What is counted.
        required label: String, example = "Referrals of children";
        /// The number alone, or c where it is small and suppressed.
        required value: Amount, example = "14";
        /// What the number counts, such as children, referrals, % or £.
        required unit: String, example = "children";
        /// The time that it covers, in the source's words.
        required period: String, example = "2018/19";
        /// The id of the source in this document.
        required source: Slug, example = "report";
        /// Whether the source gives it as a round or an outer number. Leave it out where the number is exact.
        optional bound: Bound, example = "at-least";
        /// Whether the source calls it an estimate.
        optional estimate: bool;
        /// What a reader has to know of it.
        optional note: String;
    }
}

choice! {
    /// How exactly a source gives a number.
    pub enum Bound {
        /// The source says "over" or "at least".
        AtLeast = "at-least", "at least";
        /// The source says "around" or "about".
        About = "about", "about";
        /// The source says "up to".
        AtMost = "at-most", "at most";
    }

    /// Under which licence a document may be used again.
    pub enum Licence {
        /// Open Government Licence, version 3.0.
        Ogl = "OGL-3.0", "Open Government Licence v3.0";
        /// Creative Commons Attribution 4.0.
        CcBy = "CC-BY-4.0", "Creative Commons Attribution 4.0";
        /// No open licence: link to it, do not copy it.
        LinkOnly = "link-only", "No open licence: link to the source";
    }
}

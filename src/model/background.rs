//! What practice stands on: statistics, words, duties, organisations, programmes, events, pages.

use super::common::{Bound, Source};
use super::date::{Date, Day};
use super::practice::{Council, Topic};
use super::values::{Amount, CommitmentNumber, Integer, Line, Percent, Ref, Slug, Term, WebAddress, Words};
use super::{Audience, Exploitation, Nation, OrganisationKind, Support};
use crate::{choice, record};

choice! {
    /// What a piece of guidance is.
    pub enum GuidanceKind {
        /// What the law obliges somebody to do.
        Duty = "duty", "Duty";
        /// Guidance that has to be followed or had regard to.
        StatutoryGuidance = "statutory-guidance", "Statutory guidance";
        /// Other guidance.
        Guidance = "guidance", "Guidance";
        /// A course or module.
        Training = "training", "Training";
        /// A report or other publication.
        Publication = "publication", "Publication";
        /// A campaign or its materials.
        Campaign = "campaign", "Campaign";
    }

    /// What a page is for.
    pub enum PagePurpose {
        /// Signs by which exploitation can be recognised. Shows how to leave the page quickly.
        WarningSigns = "warning-signs", "Warning signs";
        /// Where to get help. Shows how to leave the page quickly.
        Help = "help", "Get help";
        /// Questions to go through.
        Checklist = "checklist", "Checklist";
        /// About the library itself.
        About = "about", "About this library";
    }

    /// What a programme is.
    pub enum ProgrammeKind {
        /// A programme of work.
        Programme = "programme", "Programme";
        /// A service for people.
        Service = "service", "Service";
        /// A campaign.
        Campaign = "campaign", "Campaign";
        /// A partnership or network.
        Partnership = "partnership", "Partnership";
    }
}

record! {
    /// A statistic.
    pub struct Statistic, draft StatisticDraft {
        /// What is measured.
        required measure: Line<200>, example = "Children referred to the national referral mechanism";
        /// The place that it is measured in.
        required geography: Line<100>, example = "United Kingdom";
        /// The council whose area that is, where it is one.
        optional council: Ref<Council>, facet = "council";
        /// What the numbers count.
        required unit: Line<60>, example = "children";
        /// The values, oldest first. Where sources disagree, each value stands on its own.
        list(1..) values: Observation;
        /// What a reader has to know before using it.
        required caveat: Line<600>;
        /// Whether the source calls it an estimate.
        optional estimate: bool;
        /// What it is about, by the names of the topics' files.
        list(0..=4) topics: Ref<Topic>, facet = "topic";
        /// The ways of exploitation that it is about.
        list(0..) exploitation: Term<Exploitation>, facet = "exploitation";
        /// Where the facts come from.
        list(1..) sources: Source;
    }

    /// One value of a statistic.
    pub struct Observation, draft ObservationDraft {
        /// The time that it covers, in the source's words.
        required period: Line<60>, example = "2019";
        /// What the value is of, where the statistic is broken down.
        optional category: Line<80>, example = "Exploited as a child";
        /// The number alone, or c where it is small and suppressed.
        required value: Amount, example = "4550";
        /// Whether the source gives it as a round or an outer number. Leave it out where the number is exact.
        optional bound: Bound, example = "at-least";
        /// The percentage of the whole that the source gives.
        optional percent: Percent;
        /// The whole that the percentage is of.
        optional total: Amount;
        /// When the source published it.
        optional published_on: Date;
        /// The id of the source in this document.
        required source: Slug;
        /// What a reader has to know of this value.
        optional note: Line<300>;
    }

    /// A word of the field.
    pub struct GlossaryTerm, draft GlossaryTermDraft {
        /// What it means, in at most 40 words. Shown where the word is first used on a page.
        required short: Words<40>;
        /// Abbreviations, as written.
        list(0..) abbreviations: Line<20>, example = "[NRM]";
        /// Other words for it. They widen a search.
        list(0..) synonyms: Line<80>;
        /// The law that it rests on.
        optional legal_basis: Line<200>;
        /// Words to look up as well, by the names of their files.
        list(0..) see_also: Ref<GlossaryTerm>;
        /// Where the facts come from.
        list(0..) sources: Source;
    }

    /// A duty, guidance or another resource.
    pub struct Guidance, draft GuidanceDraft {
        /// What it is.
        required kind: GuidanceKind, example = "statutory-guidance";
        /// The nations in which it applies.
        list(1..) nations: Term<Nation>, example = "[england, wales]";
        /// Who issued it.
        optional issued_by: Line<200>;
        /// When it was issued.
        optional issued: Date;
        /// Its address on the web.
        optional website: WebAddress;
        /// Who it is for.
        list(0..) audience: Term<Audience>, facet = "audience";
        /// Kinds of support that it is about.
        list(0..) support: Term<Support>, facet = "support";
        /// What it is about, by the names of the topics' files.
        list(0..=4) topics: Ref<Topic>, facet = "topic";
        /// The Charter's commitments that it bears on.
        list(0..=10) commitments: CommitmentNumber, facet = "commitment";
        /// The day by which somebody has to look whether it still holds.
        required review_by: Day, example = "2027-11-21";
        /// Where the facts come from.
        list(1..) sources: Source;
    }

    /// An organisation.
    pub struct Organisation, draft OrganisationDraft {
        /// What kind of body it is.
        required kind: Term<OrganisationKind>, example = "charity";
        /// Abbreviations and other names.
        list(0..) also_known_as: Line<80>;
        /// Its website.
        optional website: WebAddress;
        /// What it works on, by the names of the topics' files.
        list(0..=4) topics: Ref<Topic>, facet = "topic";
        /// Where the facts come from.
        list(1..) sources: Source;
    }

    /// A programme.
    pub struct Programme, draft ProgrammeDraft {
        /// What it is.
        required kind: ProgrammeKind, example = "programme";
        /// Who runs it, by the names of their files.
        list(0..) run_by: Ref<Organisation>;
        /// The councils whose areas it covers, by the names of their files.
        list(0..) councils: Ref<Council>, facet = "council";
        /// When it began.
        optional started: Date;
        /// When it ended.
        optional ended: Date;
        /// Its website.
        optional website: WebAddress;
        /// Kinds of support that it gives.
        list(0..) support: Term<Support>, facet = "support";
        /// What it is about, by the names of the topics' files.
        list(0..=4) topics: Ref<Topic>, facet = "topic";
        /// Where the facts come from.
        list(1..) sources: Source;
    }

    /// An event.
    pub struct Event, draft EventDraft {
        /// When it was, as exactly as the source says. Leave it out only where no source says; then date_note has to say so.
        optional date: Date, facet = "year";
        /// What is known where no source gives the date.
        optional date_note: Line<200>;
        /// Councils that it concerns, by the names of their files.
        list(0..) councils: Ref<Council>, facet = "council";
        /// Organisations that took part, by the names of their files.
        list(0..) organisations: Ref<Organisation>;
        /// What it was about, by the names of the topics' files.
        list(0..=4) topics: Ref<Topic>, facet = "topic";
        /// Where the facts come from.
        list(1..) sources: Source;
    }

    /// Another page.
    pub struct Page, draft PageDraft {
        /// What it is for.
        optional purpose: PagePurpose, example = "about";
        /// Its place among pages of the same purpose.
        optional order: Integer<0, 1000>;
        /// Where the facts come from.
        list(0..) sources: Source;
    }
}

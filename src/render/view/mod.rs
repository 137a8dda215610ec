//! What templates receive, field by field. A template looks nothing else up.
//!
//! Every view is declared with `view!`, which keeps its documentation beside its fields, so that
//! [`reference()`] can print it: `docs/theme.md` is that text, and a test compares the two.

mod documents;
mod lists;
mod parts;
mod shell;

use std::fmt::Write as _;

pub use documents::*;
pub use lists::*;
pub use parts::*;
pub use shell::*;

/// A view as its documentation has it.
#[derive(Debug)]
pub struct ViewSpec {
    /// Its name in code.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields, in order.
    pub fields: &'static [ViewField],
}

/// A field of a view.
#[derive(Debug)]
pub struct ViewField {
    /// As templates write it.
    pub name: &'static str,
    /// What it holds.
    pub doc: &'static str,
    /// Its type in code.
    pub ty: &'static str,
}

/// Declares views: structs whose documentation can be printed.
macro_rules! view {
    ($($(#[doc = $doc:literal])+ pub struct $name:ident {
        $($(#[doc = $fdoc:literal])+ pub $field:ident : $ty:ty,)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default, serde::Serialize)]
        pub struct $name { $($(#[doc = $fdoc])+ pub $field: $ty,)+ }

        impl $name {
            /// Its documentation.
            pub const SPEC: &'static $crate::render::view::ViewSpec = &$crate::render::view::ViewSpec {
                name: stringify!($name),
                doc: concat!($($doc, "\n"),+),
                fields: &[$($crate::render::view::ViewField {
                    name: stringify!($field),
                    doc: concat!($($fdoc, "\n"),+),
                    ty: stringify!($ty),
                },)+],
            };
        }
    )+};
}
pub(crate) use view;

/// A template that draws pages, and what it receives beside `site`, `page` and `t`.
#[derive(Debug)]
pub struct PageSpec {
    /// The file in `templates/`.
    pub template: &'static str,
    /// Which pages it draws.
    pub doc: &'static str,
    /// Names and views of what it receives.
    pub receives: &'static [(&'static str, &'static ViewSpec)],
}

const DOCUMENT: (&str, &ViewSpec) = ("document", DocumentView::SPEC);

/// Every template that draws pages.
pub const PAGES: &[PageSpec] = &[
    PageSpec { template: "home.html", doc: "The home page.", receives: &[("home", HomeView::SPEC)] },
    PageSpec {
        template: "case-study.html",
        doc: "A case study.",
        receives: &[DOCUMENT, ("study", StudyView::SPEC)],
    },
    PageSpec {
        template: "annual-report.html",
        doc: "An annual report.",
        receives: &[DOCUMENT, ("report", ReportView::SPEC)],
    },
    PageSpec {
        template: "council.html",
        doc: "A council's profile.",
        receives: &[DOCUMENT, ("council", CouncilView::SPEC)],
    },
    PageSpec {
        template: "commitment.html",
        doc: "One of the ten commitments.",
        receives: &[DOCUMENT, ("commitment", CommitmentView::SPEC)],
    },
    PageSpec { template: "topic.html", doc: "A topic.", receives: &[DOCUMENT, ("topic", TopicView::SPEC)] },
    PageSpec { template: "recommendation.html", doc: "A recommendation.", receives: &[DOCUMENT] },
    PageSpec {
        template: "statistic.html",
        doc: "A statistic.",
        receives: &[DOCUMENT, ("chart", ChartView::SPEC)],
    },
    PageSpec { template: "glossary-term.html", doc: "A word of the glossary.", receives: &[DOCUMENT] },
    PageSpec {
        template: "guidance.html",
        doc: "A duty, guidance or another resource.",
        receives: &[DOCUMENT],
    },
    PageSpec { template: "organisation.html", doc: "An organisation.", receives: &[DOCUMENT] },
    PageSpec { template: "programme.html", doc: "A programme, service or campaign.", receives: &[DOCUMENT] },
    PageSpec { template: "event.html", doc: "An event.", receives: &[DOCUMENT] },
    PageSpec {
        template: "page.html",
        doc: "Any other page: about, warning signs, checklists.",
        receives: &[DOCUMENT],
    },
    PageSpec {
        template: "list.html",
        doc: "A page of a list of cards.",
        receives: &[("list", ListView::SPEC)],
    },
    PageSpec {
        template: "glossary.html",
        doc: "Every word of the glossary, A to Z.",
        receives: &[("glossary", GlossaryView::SPEC)],
    },
    PageSpec {
        template: "councils.html",
        doc: "Every council in the register, with the map.",
        receives: &[("councils", CouncilsView::SPEC)],
    },
    PageSpec {
        template: "commitments.html",
        doc: "The Charter's ten commitments.",
        receives: &[("charter", CharterView::SPEC)],
    },
    PageSpec {
        template: "accountability.html",
        doc: "Every signatory and the ten commitments.",
        receives: &[("accountability", AccountabilityView::SPEC)],
    },
    PageSpec {
        template: "browse.html",
        doc: "The facets, or the values of one.",
        receives: &[("browse", BrowseView::SPEC)],
    },
    PageSpec {
        template: "search.html",
        doc: "The search; its script fills it in.",
        receives: &[("search", SearchView::SPEC)],
    },
    PageSpec { template: "data.html", doc: "The open data.", receives: &[("data", DataView::SPEC)] },
    PageSpec { template: "404.html", doc: "What a host shows where there is no page.", receives: &[] },
    PageSpec { template: "redirect.html", doc: "A former address.", receives: &[] },
];

/// Views that stand inside others.
const PARTS: &[&ViewSpec] = &[
    Link::SPEC,
    Alternate::SPEC,
    When::SPEC,
    State::SPEC,
    Chip::SPEC,
    Tile::SPEC,
    Meter::SPEC,
    Card::SPEC,
    Figure::SPEC,
    Group::SPEC,
    Contents::SPEC,
    TermView::SPEC,
    Cite::SPEC,
    AdoptView::SPEC,
    Reporting::SPEC,
    Progress::SPEC,
    Moment::SPEC,
    Adopted::SPEC,
    Peer::SPEC,
    PartView::SPEC,
    CouncilState::SPEC,
    Bar::SPEC,
    MapView::SPEC,
    MapLayer::SPEC,
    FacetGroup::SPEC,
    FacetValue::SPEC,
    Pagination::SPEC,
    PageLink::SPEC,
    Letter::SPEC,
    Region::SPEC,
    CouncilRow::SPEC,
    CommitmentRow::SPEC,
    Count::SPEC,
    Signatory::SPEC,
    CharterNumbers::SPEC,
    DataTable::SPEC,
];

/// How a site changes its theme. Its examples are built by a test.
const GUIDE: &str = include_str!("guide.md");

/// How a site changes its theme, and what every template receives, as markdown.
#[must_use]
pub fn reference() -> String {
    let mut text = GUIDE.to_owned();
    text.push_str(&super::theme::reference());
    text.push_str(
        "\n## What templates receive\n\n\
         A template receives what stands here and looks nothing else up. Every page has `site` and `page`,\n\
         and `t`: the words of the interface in the page's language, from `strings/`. A component that needs\n\
         one of these names it with an `@`, as in `{% component card(card: map, @t) %}`.\n\n\
         ## Templates\n\n| template | draws | receives |\n|---|---|---|\n",
    );
    for page in PAGES {
        let receives: Vec<String> =
            page.receives.iter().map(|(name, view)| format!("`{name}`: {}", view.name)).collect();
        let _ = writeln!(text, "| `{}` | {} | {} |", page.template, page.doc, receives.join(", "));
    }
    let mut told: Vec<&str> = Vec::new();
    let own = PAGES.iter().flat_map(|page| page.receives).map(|(_, view)| *view);
    for view in [Site::SPEC, Head::SPEC].into_iter().chain(own).chain(PARTS.iter().copied()) {
        if told.contains(&view.name) {
            continue;
        }
        told.push(view.name);
        let _ = write!(text, "\n## {}\n\n{}\n\n", view.name, one_line(view.doc));
        for field in view.fields {
            let _ = writeln!(text, "- `{}` ({}). {}", field.name, shape(field.ty), one_line(field.doc));
        }
    }
    text
}

fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A type in a theme author's words.
fn shape(ty: &str) -> String {
    let ty: String = ty.split_whitespace().collect();
    let inner = |open: &str| ty.strip_prefix(open).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner("Option<") {
        return format!("{}, or nothing", shape(inner));
    }
    if let Some(inner) = inner("Vec<") {
        return format!("list of {}", shape(inner));
    }
    if inner("BTreeMap<").is_some() {
        return "texts by name".to_owned();
    }
    match ty.as_str() {
        "String" | "&'staticstr" => "text".to_owned(),
        "usize" | "u8" | "f64" => "number".to_owned(),
        "bool" => "true or false".to_owned(),
        "Json" => "as the field has it".to_owned(),
        "Map<String,Json>" => "values by name".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGES, PARTS, reference};

    #[test]
    fn every_view_that_a_field_names_is_explained() {
        let text = reference();
        let views = PAGES.iter().flat_map(|page| page.receives).map(|(_, view)| *view);
        for field in views.chain(PARTS.iter().copied()).flat_map(|view| view.fields) {
            let name = field.ty.trim_start_matches(|c: char| !c.is_uppercase()).trim_end_matches(['>', ' ']);
            let name = name.rsplit(['<', ' ']).next().unwrap_or(name);
            let plain = ["String", "Json", "Fact", ""];
            let known = plain.contains(&name) || name.chars().next().is_some_and(char::is_lowercase);
            assert!(
                known || text.contains(&format!("\n## {name}\n")),
                "{name} of {} is explained",
                field.name
            );
        }
    }
}

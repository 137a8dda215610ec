//! Addresses on the site: one scheme, known here alone.

use crate::model::Kind;

/// The folder of open data.
pub const DATA: &str = "/data/";

/// The folder of feeds.
pub const FEEDS: &str = "/feeds/";

/// The folder of lists by facet.
pub const BROWSE: &str = "/browse/";

/// The page of signatories and commitments.
pub const ACCOUNTABILITY: &str = "/accountability/";

/// The search page, and the folder of the entry file of the index.
pub const SEARCH: &str = "/search/";

/// Pages and files that every site has, beside the lists of each kind.
pub const OWN: &[&str] = &["/", DATA, BROWSE, ACCOUNTABILITY, SEARCH, "/feeds/all.atom", "/sitemap.xml"];

/// Documents on one page of a list.
pub const LISTS_PER_PAGE: usize = 50;

/// First parts of addresses that the site itself uses.
const RESERVED: &[&str] = &["data", "feeds", "assets", "search", "browse", "accountability"];

/// The address of a document; `lang` is given where it is not the site's first language.
#[must_use]
pub fn document(kind: Kind, id: &str, lang: Option<&str>) -> String {
    let lang = lang.map_or_else(String::new, |lang| format!("/{lang}"));
    // Addresses are compared by people and by file systems that know no capitals.
    let id = id.to_lowercase();
    match kind {
        Kind::Page if id == "index" => format!("{lang}/"),
        Kind::Page => format!("{lang}/{id}/"),
        _ => format!("{lang}/{}/{id}/", kind.folder()),
    }
}

/// The address of the list of all documents of `kind`; pages have none.
#[must_use]
pub fn collection(kind: Kind) -> Option<String> {
    (kind != Kind::Page).then(|| format!("/{}/", kind.folder()))
}

/// The address of the `number`th page, from 1, of the list at `path`.
#[must_use]
pub fn list_page(path: &str, number: usize) -> String {
    if number <= 1 { path.to_owned() } else { format!("{path}page/{number}/") }
}

/// The address of the list of values of `facet`.
#[must_use]
pub fn facet(facet: &str) -> String {
    format!("{BROWSE}{facet}/")
}

/// The address of the list of documents that have `value` in `facet`.
#[must_use]
pub fn facet_value(facet: &str, value: &str) -> String {
    format!("{BROWSE}{facet}/{}/", value.to_lowercase())
}

/// Whether the site itself uses the address.
#[must_use]
pub fn is_reserved(path: &str) -> bool {
    let path = path.to_lowercase();
    if path.ends_with("/index.html") || path.ends_with("/index.htm") {
        return true;
    }
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let lists = Kind::ALL.iter().any(|kind| collection(*kind).is_some() && first == Some(kind.folder()));
    match (first, second, third) {
        (None, ..) => false,
        (Some(file), None, _) if file.contains('.') || file.starts_with('_') => true,
        (Some(first), ..) if RESERVED.contains(&first) => true,
        (Some(_), None, _) => lists,
        (Some(_), Some("page"), Some(number)) => lists && number.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

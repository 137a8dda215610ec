//! What robots ask for.

use std::fmt::Write as _;

use super::{Artifact, Input};
use crate::link::{LISTS_PER_PAGE, collection, list_page};
use crate::model::Kind;

/// `sitemap.xml` and `robots.txt`.
pub fn artifacts(input: &Input<'_>) -> Vec<Artifact> {
    let base = &input.settings.base;
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", base.absolute("/sitemap.xml"));
    vec![Artifact::new("/robots.txt", robots), Artifact::new("/sitemap.xml", sitemap(input))]
}

fn sitemap(input: &Input<'_>) -> String {
    let base = &input.settings.base;
    let mut entries: Vec<(String, String)> = Vec::new();
    for document in &input.library.documents {
        let mut inner = format!("<lastmod>{}</lastmod>", document.common.updated.0);
        if !document.translations.is_empty() {
            let all = std::iter::once(document).chain(input.library.at(&document.translations));
            for other in all {
                let address = escape(&base.absolute(&other.path));
                let lang = escape(&other.lang);
                let _ = write!(inner, r#"<xhtml:link rel="alternate" hreflang="{lang}" href="{address}"/>"#);
            }
        }
        entries.push((document.path.clone(), inner));
    }
    if input.library.find(Kind::Page, "index").is_none() {
        entries.push(("/".to_owned(), String::new()));
    }
    for kind in Kind::ALL {
        let Some(path) = collection(*kind) else { continue };
        let count = input.library.of_kind(*kind).count();
        let pages = count.div_ceil(LISTS_PER_PAGE).max(1);
        entries.extend((1..=pages).map(|number| (list_page(&path, number), String::new())));
    }
    entries.push((crate::link::DATA.to_owned(), String::new()));
    entries.sort();
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (path, inner) in entries {
        let _ = writeln!(text, "<url><loc>{}</loc>{inner}</url>", escape(&base.absolute(&path)));
    }
    text.push_str("</urlset>\n");
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

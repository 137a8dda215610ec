//! What robots ask for.

use std::fmt::Write as _;

use super::{Artifact, Input};

/// `sitemap.xml` and `robots.txt`. `listed` are the addresses of pages that are not documents.
pub fn artifacts(input: &Input<'_>, listed: Vec<String>) -> Vec<Artifact> {
    let base = &input.settings.base;
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", base.absolute("/sitemap.xml"));
    vec![Artifact::new("/robots.txt", robots), Artifact::new("/sitemap.xml", sitemap(input, listed))]
}

fn sitemap(input: &Input<'_>, listed: Vec<String>) -> String {
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
    entries.extend(listed.into_iter().map(|path| (path, String::new())));
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

//! The assets of a theme, each under an address that holds a hash of its content, so that hosts may
//! let browsers keep it for ever. Stylesheets name other assets by those addresses.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use camino::Utf8Path;
use regex::Regex;

use super::files::{ASSETS, File, plain};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::source::Source;

/// A file to publish.
pub(super) struct Asset {
    pub address: String,
    pub bytes: Vec<u8>,
}

/// The `files`, by their path in the theme's assets, as they are published. What a stylesheet asks
/// for and is not there is among the findings.
pub(super) fn publish(
    files: &BTreeMap<String, &File>,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Asset> {
    let mut work = Work { files, done: BTreeMap::new(), under_way: Vec::new(), findings };
    for path in files.keys() {
        work.publish(path);
    }
    work.done
}

struct Work<'a> {
    files: &'a BTreeMap<String, &'a File>,
    done: BTreeMap<String, Asset>,
    /// Stylesheets whose addresses wait for those of what they ask for.
    under_way: Vec<&'a str>,
    findings: &'a mut Vec<Diagnostic>,
}

impl<'a> Work<'a> {
    /// Publishes the asset at `path`, what it asks for first.
    fn publish(&mut self, path: &str) {
        if self.done.contains_key(path) {
            return;
        }
        let Some((path, file)) = self.files.get_key_value(path) else { return };
        let is_stylesheet = path.ends_with(".css");
        let bytes = match std::str::from_utf8(&file.bytes) {
            Ok(text) if is_stylesheet && !places(text).is_empty() => self.stylesheet(path, file),
            _ => file.bytes.clone(),
        };
        self.done.insert(path.clone(), Asset { address: address(path, &bytes), bytes });
    }

    /// A stylesheet, with the addresses of assets in the place of their names.
    fn stylesheet(&mut self, path: &'a str, file: &File) -> Vec<u8> {
        self.under_way.push(path);
        let source = Source::new(file.shown.clone(), plain(&file.bytes));
        let text = source.text();
        let mut made = String::with_capacity(text.len());
        let mut from = 0;
        for place in places(text) {
            let written = text.get(place.clone()).unwrap_or_default();
            if let Some(address) = self.resolve(path, &source, place.clone(), written) {
                made.push_str(text.get(from..place.start).unwrap_or_default());
                made.push_str(&address);
                from = place.end;
            }
        }
        made.push_str(text.get(from..).unwrap_or_default());
        self.under_way.pop();
        made.into_bytes()
    }

    /// What to write in the place of `written`; nothing where that stays as it is.
    fn resolve(
        &mut self,
        path: &str,
        source: &Arc<Source>,
        place: Range<usize>,
        written: &str,
    ) -> Option<String> {
        if written.starts_with('#') || written.to_ascii_lowercase().starts_with("data:") {
            return None;
        }
        let wrong =
            |message: String| Diagnostic::new(Code::InvalidTheme, source, place.clone().into(), message);
        if is_elsewhere(written) {
            let message = format!("`{written}` is on another host, and pages ask nobody but the site itself");
            let help = "put the file into the assets of the theme, and write its name here";
            self.findings.push(wrong(message).help(help));
            return None;
        }
        let end = written.find(['?', '#']).unwrap_or(written.len());
        let (name, rest) = written.split_at_checked(end).unwrap_or((written, ""));
        let meant = joined(path, name).filter(|meant| self.files.contains_key(meant));
        let Some(meant) = meant else {
            let finding = wrong(format!("there is no asset `{name}` in the theme"));
            let wanted = joined(path, name).unwrap_or_else(|| name.trim_start_matches(['.', '/']).to_owned());
            let candidates = self.files.keys().map(String::as_str).filter(|other| *other != path);
            self.findings.push(match nearest(wanted.trim_start_matches("assets/"), candidates) {
                Some(near) => {
                    let near = format!("{}{near}", up(path));
                    finding.help(format!("did you mean `{near}`?")).fix(format!("{near}{rest}"))
                }
                None => finding.help("names are read from the folder of the stylesheet: fonts/brand.woff2"),
            });
            return None;
        };
        if let Some(at) = self.under_way.iter().position(|other| *other == meant) {
            let circle = self.under_way.get(at..).unwrap_or_default().join(" asks for ");
            self.findings.push(
                wrong(format!("stylesheets ask for each other in a circle: {circle} asks for {meant}"))
                    .help("take one of the two out"),
            );
            return None;
        }
        self.publish(&meant);
        let asset = self.done.get(&meant)?;
        let address = asset.address.strip_prefix(&format!("/{ASSETS}/"))?;
        Some(format!("{}{address}{rest}", up(path)))
    }
}

/// Where a stylesheet writes the address of something that it asks for. What stands in comments and
/// in other texts asks for nothing, and a namespace is a name.
fn places(text: &str) -> Vec<Range<usize>> {
    static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let parts = [
            r"/\*.*?\*/",
            r"@namespace[^;]*;",
            r#"(?:@import\s*|\burl\(\s*)(?:"(?<double>[^"]+)"|'(?<single>[^']+)')"#,
            r#"\burl\(\s*(?<bare>[^"'()\s]+)"#,
            r#""(?:\\.|[^"\\])*""#,
            r"'(?:\\.|[^'\\])*'",
        ];
        Regex::new(&format!("(?is){}", parts.join("|"))).ok()
    });
    let found = TOKEN.iter().flat_map(|token| token.captures_iter(text));
    let place = |found: regex::Captures<'_>| {
        let named = ["double", "single", "bare"].iter().find_map(|name| found.name(name));
        named.map(|place| place.range())
    };
    found.filter_map(place).collect()
}

/// Whether an address leads to a host: `https://…`, `//…`.
fn is_elsewhere(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme =
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme || address.starts_with("//")
}

/// The path of the asset that the stylesheet at `path` calls `name`; nothing where that leads out of
/// the assets.
fn joined(path: &str, name: &str) -> Option<String> {
    if name.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from the folder of the asset at `path` to that of all assets.
fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

fn address(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = hash.get(..10).unwrap_or_default();
    let path = Utf8Path::new(path);
    let folder = path.parent().map(Utf8Path::as_str).filter(|folder| !folder.is_empty());
    let folder = folder.map_or_else(String::new, |folder| format!("{folder}/"));
    let (stem, extension) = (path.file_stem().unwrap_or_default(), path.extension().unwrap_or_default());
    let ending = if extension.is_empty() { String::new() } else { format!(".{extension}") };
    format!("/{ASSETS}/{folder}{stem}.{hash}{ending}")
}

#[cfg(test)]
mod tests {
    use super::{is_elsewhere, joined, places};

    #[test]
    fn what_a_stylesheet_asks_for() {
        let asked = |text: &'static str| -> Vec<&str> {
            places(text).into_iter().map(|place| text.get(place).unwrap_or_default()).collect()
        };
        assert_eq!(asked("@import 'a.css'; @import url(b.css) print;"), ["a.css", "b.css"]);
        assert_eq!(asked("a { background: URL( \"c d.png\" ), url( e.svg#x ) }"), ["c d.png", "e.svg#x"]);
        assert_eq!(asked("/* url(no.png) */ a::before { content: \"url(no.png)\" }"), [""; 0]);
        assert_eq!(asked("@namespace svg url(http://www.w3.org/2000/svg); b { c: url(d) }"), ["d"]);
    }

    #[test]
    fn names_are_read_from_the_folder_of_the_stylesheet() {
        assert_eq!(joined("site.css", "fonts/a.woff2").as_deref(), Some("fonts/a.woff2"));
        assert_eq!(joined("print/page.css", "../fonts/./a.woff2").as_deref(), Some("fonts/a.woff2"));
        assert_eq!(joined("site.css", "../a.woff2"), None);
    }

    #[test]
    fn addresses_of_other_hosts() {
        for address in ["https://example.org/a.css", "//example.org/a.css", "blob:x"] {
            assert!(is_elsewhere(address), "{address}");
        }
        assert!(!is_elsewhere("fonts/a.woff2") && !is_elsewhere("a/b:c.png"));
    }
}

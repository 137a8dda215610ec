//! What the template engine says, in an author's words: the name that was meant, the tag that is not
//! closed, the text to write instead.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::tags;
use crate::diagnostics::{Code, Diagnostic, Fix, nearest};
use crate::source::{Location, Source, Span};

/// Filters: the engine's, and `fill`.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "fill",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The engine's tests, asked with `is`.
pub(super) const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// The engine's functions.
pub(super) const FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// Most names that are listed where none is near.
const LISTED: usize = 12;

/// The names that a template may ask for.
pub(super) struct Names<'t> {
    pub templates: Vec<&'t String>,
    pub components: Vec<&'t str>,
    pub assets: Vec<&'t String>,
    /// Of the templates that it extends.
    pub blocks: BTreeSet<&'t str>,
}

/// The finding of `code` that is made of the engine's `message` about `span`.
pub(super) fn told(
    code: Code,
    message: &str,
    source: &Arc<Source>,
    span: Span,
    names: &Names<'_>,
) -> Diagnostic {
    let finding =
        |message: &str| Diagnostic::new(code, source, span, format!("in the template: {}", small(message)));
    unknown(message, names, &finding)
        .or_else(|| block(message, names, &finding))
        .or_else(|| undefined(message, &finding))
        .or_else(|| asset(message, names, &finding))
        .or_else(|| open(message, &finding))
        .unwrap_or_else(|| finding(message))
}

/// Makes a finding of what there is to say.
type Make<'m> = dyn Fn(&str) -> Diagnostic + 'm;

/// A name of a kind that nobody has given.
fn unknown(message: &str, names: &Names<'_>, finding: &Make<'_>) -> Option<Diagnostic> {
    let rest = message.strip_prefix("Unknown ")?;
    let (kind, rest) = rest.split_once(" `")?;
    let name = rest.strip_suffix('`')?;
    let near = match kind {
        "filter" => nearest(name, FILTERS.iter().copied()),
        "test" => nearest(name, TESTS.iter().copied()),
        "function" => nearest(name, FUNCTIONS.iter().copied()),
        "component" => nearest(name, names.components.iter().copied()),
        "template" => tags::near(name, names.templates.iter().copied()),
        _ => None,
    };
    let finding = finding(&format!("there is no {kind} `{name}`"));
    Some(match near {
        Some(near) => offer(finding, name, near),
        None if kind == "filter" => finding.help(format!("the filters are: {}", FILTERS.join(", "))),
        None if kind == "test" => finding.help(format!("the tests are: {}", TESTS.join(", "))),
        None => finding,
    })
}

/// A block that nobody would see.
fn block(message: &str, names: &Names<'_>, finding: &Make<'_>) -> Option<Diagnostic> {
    let rest = message.strip_suffix("` is not defined in any parent template")?;
    let name = rest.strip_prefix("Block `")?;
    let finding = finding(&format!("what it extends has no block `{name}`"));
    let known: Vec<&str> = names.blocks.iter().copied().collect();
    Some(match nearest(name, known.iter().copied()) {
        Some(near) => offer(finding, name, near),
        None => finding.help(format!("its blocks are: {}", known.join(", "))),
    })
}

/// A value that is not among those that the engine lists.
fn undefined(message: &str, finding: &Make<'_>) -> Option<Diagnostic> {
    let (said, listed) = message.split_once(" is not defined.")?;
    let name = said.split('`').nth(1)?;
    let listed = listed.split_once(": ").map_or("", |(_, names)| names);
    let known: Vec<&str> = listed.split(", ").filter(|name| !name.is_empty()).collect();
    let finding = finding(&format!("there is no `{name}` here"));
    Some(match nearest(name, known.iter().copied()) {
        Some(near) => offer(finding, name, near),
        None if known.is_empty() => finding,
        None if known.len() <= LISTED => finding.help(format!("there is: {}", known.join(", "))),
        None => finding.help("`casebook schema theme` lists what there is"),
    })
}

/// An asset that is not there: to the engine one empty value like any other.
fn asset(message: &str, names: &Names<'_>, finding: &Make<'_>) -> Option<Diagnostic> {
    static ASSET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"site\.assets\s*\[\s*["']([^"']+)["']"#).ok());
    let made = finding(message);
    let place = &made.primary.location;
    let text = place.source.text();
    // The engine means the expression, and at times only what stands behind it.
    let line = text.get(..place.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let until = text.get(place.span.end..)?.find('\n').map_or(text.len(), |at| place.span.end + at);
    let is_missing = |name: &&str| names.assets.iter().all(|asset| asset != name);
    let asked = ASSET.iter().flat_map(|asset| asset.captures_iter(text.get(line..until).unwrap_or_default()));
    let named: Vec<&str> =
        asked.filter_map(|found| Some(found.get(1)?.as_str())).filter(is_missing).collect();
    let &[name] = named.as_slice() else { return None };
    if !["undefined", "not there"].iter().any(|word| message.contains(word)) {
        return None;
    }
    let finding = finding(&format!("there is no asset `{name}` in the theme"));
    Some(match nearest(name, names.assets.iter().map(|asset| asset.as_str())) {
        Some(near) => offer(finding, name, near),
        None => finding.help(format!("put the file into the theme as assets/{name}")),
    })
}

/// A tag that is none, or that is missing.
fn open(message: &str, finding: &Make<'_>) -> Option<Diagnostic> {
    let made = finding(message);
    let place = made.primary.location.clone();
    let (source, text) = (&place.source, place.source.text());
    if message == "Unexpected end of input" {
        let open = tags::open(text, text.len())?;
        return Some(not_closed(&open, source, &|message: &str| finding(message)));
    }
    if message != "Unknown tag" {
        return None;
    }
    let rest = text.get(place.span.start..).unwrap_or_default();
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if !tags::WORDS.contains(&word.as_str()) {
        let finding = finding(&format!("there is no tag `{word}`"));
        return Some(match nearest(&word, tags::WORDS) {
            Some(near) => offer(finding, &word, near),
            None => finding.help(format!("the tags are: {}", tags::WORDS.join(", "))),
        });
    }
    Some(match tags::open(text, place.span.start) {
        Some(open) => not_closed(&open, source, finding),
        None => finding(&format!("`{word}` closes nothing: no tag before it is open")),
    })
}

fn not_closed(open: &tags::Open, source: &Arc<Source>, finding: &Make<'_>) -> Diagnostic {
    let line = source.position(open.at).line;
    let place = Location::new(source, Span::new(open.at, open.at + "{%".len()));
    finding(&format!("`{{% {} %}}` of line {line} is not closed", open.what))
        .related(place, "opened here")
        .help(format!("write `{{% {} %}}` where it ends", open.closing))
}

/// Offers `near` for the `name` that stands in the line of `finding`, there or after it if it can be.
fn offer(finding: Diagnostic, name: &str, near: &str) -> Diagnostic {
    let place = finding.primary.location.clone();
    let mut finding = finding.help(format!("did you mean `{near}`?"));
    let text = place.source.text();
    let line = text.get(..place.span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let found = [place.span.start, line].into_iter().find_map(|from| {
        let rest = text.get(from..)?.lines().next()?;
        Some(from + rest.find(name)?)
    });
    if let Some(at) = found {
        let location = Location::new(&place.source, Span::new(at, at + name.len()));
        finding.fix = Some(Fix { location, replacement: near.to_owned() });
    }
    finding
}

/// A sentence as it stands after a colon.
fn small(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::super::engine;
    use super::{FILTERS, FUNCTIONS, TESTS};

    #[test]
    fn what_is_offered_is_there() {
        let accepted = |template: String| {
            engine().add_raw_template("a.html", &template).map_err(|error| format!("{template}: {error}"))
        };
        for filter in FILTERS {
            assert_eq!(accepted(format!("{{{{ a | {filter} }}}}")), Ok(()));
        }
        for test in TESTS {
            assert_eq!(accepted(format!("{{% if a is {test} %}}{{% endif %}}")), Ok(()));
        }
        for function in FUNCTIONS.iter().filter(|function| **function != "super") {
            assert_eq!(accepted(format!("{{{{ {function}() }}}}")), Ok(()));
        }
    }
}

//! Hides what may be personal before it reaches a log: the log of a public repository is public.

use std::borrow::Cow;
use std::sync::LazyLock;

use camino::Utf8Path;
use regex::Regex;

use crate::personal::{self, Found};

/// Shapes of identifiers: e-mail addresses, also those that are cut short, National Insurance numbers, full postcodes, runs of
/// seven digits or more (telephone, NHS and pupil numbers), however spaced.
static SHAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        [\p{L}\d._%+'-]+ @ [\p{L}\d.-]*
        | (?: \b | _ ) [a-z]{2} \s? \d{2} \s? \d{2} \s? \d{2} \s? [a-d] (?: \b | _ )
        | (?: \b | _ ) [a-z]{1,2} \d [a-z\d]? \s? \d [a-z]{2} (?: \b | _ )
        | (?: \b [a-z] )? \+? \d (?: [\s()._–-]{0,2} \d ){6,} (?: [a-z] \b )?
        ",
    )
    .ok()
});

/// A date is seven digits or more too, and so is a council's GSS code; messages are about both.
static HARMLESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}[/.]\d{1,2}[/.]\d{4}$|^(19|20)\d{2}-(19|20)\d{2}$|^[ENSW]\d{8}$",
    )
    .ok()
});

/// `text` with every shape of an identifier hidden, character by character: each is replaced by
/// one that takes as many bytes, so that columns and byte offsets stay where they were.
#[must_use]
pub fn mask(text: &str) -> String {
    let (Some(shapes), Some(harmless)) = (SHAPES.as_ref(), HARMLESS.as_ref()) else {
        return String::new();
    };
    // What a rule may have found, first: it knows dates of birth from others.
    let text = without(text, &personal::find(text));
    shapes
        .replace_all(&text, |found: &regex::Captures<'_>| {
            let found = found.get(0).map_or("", |m| m.as_str());
            if harmless.is_match(found) { found.to_owned() } else { found.chars().map(hide).collect() }
        })
        .into_owned()
}

/// The path of a file with what looks personal hidden in the same way, and nothing else: by its path
/// an officer finds the file.
#[must_use]
pub fn mask_path(path: &Utf8Path) -> String {
    let hidden = |name: &str| without(name, &personal::find_in_name(name)).into_owned();
    path.as_str().split('/').map(hidden).collect::<Vec<_>>().join("/")
}

/// What a command repeats of its arguments, with what looks personal hidden as in a path.
#[must_use]
pub fn mask_argument(text: &str) -> String {
    without(text, &personal::find_in_name(text)).into_owned()
}

/// `text` without what was found in it, which is in the order of the text.
fn without<'t>(text: &'t str, found: &[Found]) -> Cow<'t, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut hidden = String::with_capacity(text.len());
    let mut at = 0;
    for found in found {
        hidden.push_str(text.get(at..found.span.start).unwrap_or_default());
        hidden.extend(text.get(found.span.range()).unwrap_or_default().chars().map(hide));
        at = found.span.end;
    }
    hidden.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(hidden)
}

fn hide(character: char) -> char {
    match character.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '•',
        _ => '\u{10ffff}',
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn identifiers_are_hidden_and_columns_kept() {
        for text in [
            "ring 07700 900123 now",
            "NHS 943 476 5919",
            "QQ 12 34 56 A",
            "B801200005001",
            "first.last@example.org",
            "first.last@example",
            "(020) 7946 0123",
            "943  476  5919",
            "at SE15 5EW today",
        ] {
            let masked = mask(text);
            assert!(masked.contains('*'), "{text} -> {masked}");
            assert_eq!(masked.len(), text.len(), "{masked}");
        }
    }

    #[test]
    fn dates_codes_and_figures_stay() {
        for text in [
            "2019-07-05",
            "2018-2019",
            "31/02/2024",
            "E09000019",
            "2018/19: 14 of 5,866",
            "line 12, column 3",
        ] {
            assert_eq!(mask(text), text);
        }
    }
}

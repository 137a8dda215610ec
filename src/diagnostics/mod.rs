//! What is wrong, where, and what to write instead: one type for every finding, from every stage.

mod codes;
mod human;
mod json;
mod leak;
mod mask;

use std::collections::HashMap;
use std::sync::Arc;

use camino::Utf8PathBuf;

pub use codes::Code;
pub use human::{excerpt, render as render_human};
pub use json::{render as render_json, report as render_report};
pub use leak::personal_data;
pub use mask::{mask, mask_argument, mask_path};

use crate::source::{Location, Source, Span};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The site is not published until it is mended.
    Error,
    /// The site is published all the same, unless the build is strict.
    Warning,
}

impl Level {
    /// `error` or `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place, and what is to be said of it.
#[derive(Debug, Clone)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// A few words beside the place; may be empty.
    pub text: String,
}

/// Text to put in the place of what is there.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What to replace.
    pub location: Location,
    /// The new text.
    pub replacement: String,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Which kind of mistake it is; `casebook explain CODE` tells about it.
    pub code: Code,
    /// How much it weighs.
    pub level: Level,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The place it is reported at.
    pub primary: Label,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// An edit that mends it, where one is sure enough to be offered.
    pub fix: Option<Fix>,
}

/// A finding that a document answers for.
#[derive(Debug, Clone)]
pub struct Override {
    /// The finding's code.
    pub code: Code,
    /// Why it does not hold here.
    pub reason: String,
    /// Who decided that, by role.
    pub reviewer: String,
    /// Where it stands.
    pub location: Location,
}

impl Diagnostic {
    /// A finding of `code`, at the level of that code, in `source` at `span`.
    #[must_use]
    pub fn new(code: Code, source: &Arc<Source>, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.level(),
            message: message.into(),
            primary: Label { location: Location::new(source, span), text: String::new() },
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds a few words beside the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn related(mut self, location: Location, text: impl Into<String>) -> Self {
        self.related.push(Label { location, text: text.into() });
        self
    }

    /// The edit, unless it would repeat what may be personal.
    fn shown_fix(&self) -> Option<&Fix> {
        self.fix.as_ref().filter(|fix| mask(&fix.replacement) == fix.replacement)
    }

    /// Adds an edit of the primary place.
    #[must_use]
    pub fn fix(mut self, replacement: impl Into<String>) -> Self {
        let location = self.primary.location.clone();
        self.fix = Some(Fix { location, replacement: replacement.into() });
        self
    }
}

/// Puts findings in the order in which they are shown: by file, place, code and message; those about
/// the settings first, since others may follow from them. A finding that says the same of the same place twice is kept once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    fn key(d: &Diagnostic) -> (bool, &str, Span, &'static str, &str) {
        let place = &d.primary.location;
        let path = place.source.path().as_str();
        (path != "site.toml", path, place.span, d.code.name(), &d.message)
    }
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|a, b| key(a) == key(b));
    cap(diagnostics);
}

/// Most findings of one kind that are shown of one file.
const SHOWN: usize = 100;

/// Leaves out what nobody reads: of each file, all but the first findings of one kind. The last that
/// is shown says how many there are.
fn cap(diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: HashMap<(Utf8PathBuf, Code), usize> = HashMap::new();
    let of = |d: &Diagnostic| (d.primary.location.source.path().to_owned(), d.code);
    for diagnostic in diagnostics.iter() {
        *counts.entry(of(diagnostic)).or_default() += 1;
    }
    if counts.values().all(|count| *count <= SHOWN) {
        return;
    }
    let mut seen: HashMap<(Utf8PathBuf, Code), usize> = HashMap::new();
    diagnostics.retain_mut(|diagnostic| {
        let key = of(diagnostic);
        let at = seen.entry(key.clone()).or_default();
        *at += 1;
        let all = counts.get(&key).copied().unwrap_or_default();
        if *at == SHOWN && all > SHOWN {
            diagnostic.message =
                format!("{} (and {} more of this kind in this file)", diagnostic.message, all - SHOWN);
        }
        *at <= SHOWN
    });
}

/// The candidate most like `written`, when one is like enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    // Two texts of lengths so different cannot be like enough, and comparing takes the square of a
    // length, so that most are passed over unread.
    let is_near = |candidate: &&str| {
        let (short, long) = (candidate.len().min(written.len()), candidate.len().max(written.len()));
        short * 10 >= long * 5 || (short >= 4 && long <= 200)
    };
    candidates
        .into_iter()
        .filter(is_near)
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let part = written.len() >= 4 && (lower.starts_with(&written) || written.starts_with(&lower));
            let (short, long) = (lower.len().min(written.len()), lower.len().max(written.len()));
            (part || short * 10 >= long * 5).then_some((candidate, lower, part))
        })
        .map(|(candidate, lower, part)| {
            let likeness = strsim::normalized_damerau_levenshtein(&written, &lower);
            // A name that was cut short, or written in full, is meant too.
            (if part { likeness.max(0.75) } else { likeness }, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        // On a tie the first in the alphabet, so that the answer is always the same.
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
        .map(|(_, candidate)| candidate)
}

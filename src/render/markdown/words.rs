//! The words that the page adds to the author's.

/// The words that the page adds to the author's, in the page's language; English by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Names the section of footnotes.
    pub footnotes: String,
    /// Before the number of a footnote, for those who hear it.
    pub footnote: String,
    /// Before the number of a footnote, in the link back to where it is used.
    pub back: String,
    /// Between a footnote's number and which of its uses is meant.
    pub use_number: String,
    /// Before the number of a table.
    pub table: String,
    /// Labels an alert.
    pub note: String,
    /// Labels an alert.
    pub tip: String,
    /// Labels an alert.
    pub important: String,
    /// Labels an alert.
    pub warning: String,
    /// Labels an alert.
    pub caution: String,
    /// Before a task that is done.
    pub done: String,
    /// Before a task that is not.
    pub to_do: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            footnotes: "Footnotes".into(),
            footnote: "Footnote".into(),
            back: "Back to reference".into(),
            use_number: "use".into(),
            table: "Table".into(),
            note: "Note".into(),
            tip: "Tip".into(),
            important: "Important".into(),
            warning: "Warning".into(),
            caution: "Caution".into(),
            done: "Done:".into(),
            to_do: "To do:".into(),
        }
    }
}

//! Every kind of finding: its code, its level, and the page that explains it.

use super::Level;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $level:ident;)+) => {
        /// The kind of a finding. Scripts may rely on its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of the pipeline.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name that is printed, and that `casebook explain` takes.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How much a finding of this kind weighs.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// What it means and how to mend it, as markdown, with an example of each.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("codes/", $name, ".md")),)+ }
            }
        }
    };
}

codes! {
    // discover
    /// A file is not UTF-8 text.
    NotUtf8 = "not-utf8", Error;
    /// A document is larger than casebook reads.
    FileTooLarge = "file-too-large", Error;
    /// A file or folder cannot be read.
    Unreadable = "unreadable", Error;
    /// A file is of a kind that is not published.
    FileKind = "file-kind", Error;
    /// A file stands where casebook does not look, or belongs to no document.
    StrayFile = "stray-file", Error;
    /// A file whose name cannot be an address.
    FileName = "file-name", Error;
    /// A path leads out of the content folder.
    OutsideContent = "outside-content", Error;
    // parse
    /// A file holds nothing.
    EmptyFile = "empty-file", Error;
    /// A document does not start with front matter.
    MissingFrontMatter = "missing-front-matter", Error;
    /// The front matter has no closing line.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// YAML that cannot be read.
    YamlSyntax = "yaml-syntax", Error;
    /// An anchor, alias, tag or merge key.
    YamlFeature = "yaml-feature", Error;
    /// Too deep, or too many values.
    YamlLimit = "yaml-limit", Error;
    /// TOML that cannot be read.
    TomlSyntax = "toml-syntax", Error;
    /// A field stands twice.
    DuplicateField = "duplicate-field", Error;
    /// A fenced block without its closing line.
    UnclosedFence = "unclosed-fence", Error;
    // check: fields
    /// A field that casebook does not know.
    UnknownField = "unknown-field", Error;
    /// A field that must be there is not.
    MissingField = "missing-field", Error;
    /// A list where one value is wanted, a word where a number is wanted.
    WrongType = "wrong-type", Error;
    /// A value of the right type that is not allowed.
    InvalidValue = "invalid-value", Error;
    /// A date that the calendar does not have, or that is written another way.
    InvalidDate = "invalid-date", Error;
    /// A date that has not come yet.
    FutureDate = "future-date", Error;
    /// An end before its start.
    DateOrder = "date-order", Error;
    /// A value that the vocabulary does not have.
    UnknownTerm = "unknown-term", Error;
    /// A value that the vocabulary no longer uses.
    RetiredTerm = "retired-term", Warning;
    /// Two fields that do not go together, or one that another makes necessary.
    FieldsDisagree = "fields-disagree", Error;
    /// A claim that something is done, without evidence.
    EvidenceNeeded = "evidence-needed", Error;
    /// What looks like personal data.
    PersonalData = "personal-data", Warning;
    /// Percentages that do not agree with their parts.
    PercentagesDisagree = "percentages-disagree", Error;
    /// A character that nobody sees.
    HiddenCharacter = "hidden-character", Error;
    /// Text after a number sign, which YAML leaves out.
    HiddenText = "hidden-text", Warning;
    /// A review that is due.
    ReviewDue = "review-due", Warning;
    // check: body
    /// HTML in markdown.
    RawHtml = "raw-html", Error;
    /// An address that is not safe to publish.
    UnsafeAddress = "unsafe-address", Error;
    /// A picture without alternative text.
    MissingAltText = "missing-alt-text", Error;
    /// A picture that stands on another site.
    RemotePicture = "remote-picture", Error;
    /// A picture that cannot be read.
    BrokenPicture = "broken-picture", Error;
    /// A picture whose metadata says where it was taken, or how to turn it.
    PictureMetadata = "picture-metadata", Error;
    /// A component that casebook does not know.
    UnknownComponent = "unknown-component", Error;
    /// Something meant as a link, a picture, an alert or a component that is not written as one.
    MarkdownSlip = "markdown-slip", Error;
    /// A heading that this kind of document must have.
    MissingHeading = "missing-heading", Error;
    /// A heading at a level that does not fit.
    HeadingLevel = "heading-level", Error;
    /// Two headings with one anchor.
    DuplicateAnchor = "duplicate-anchor", Error;
    /// A footnote that is used but not written, or written but not used.
    Footnote = "footnote", Error;
    // link
    /// A reference to a document that is not there.
    UnknownReference = "unknown-reference", Error;
    /// A link to a page or file that is not there.
    BrokenLink = "broken-link", Error;
    /// A link to a heading that is not there.
    BrokenAnchor = "broken-anchor", Error;
    /// A published document that refers to a draft.
    DraftReference = "draft-reference", Error;
    /// Two documents with one address.
    DuplicateAddress = "duplicate-address", Error;
    /// References that lead back to where they started.
    ReferenceCircle = "reference-circle", Error;
    /// A council that adopts its own practice.
    SelfAdoption = "self-adoption", Error;
    /// Two documents that are to be one of a kind, such as two reports on the same day.
    Overlap = "overlap", Error;
    /// A gap between two annual reports of a council.
    ReportGap = "report-gap", Warning;
    /// An annual report that is due and not there.
    ReportOverdue = "report-overdue", Warning;
    /// An override that covers nothing, or that names no warning.
    InvalidOverride = "invalid-override", Error;
    // index
    /// A search that no longer finds what it has to find.
    SearchMissed = "search-missed", Error;
    // render
    /// A template that cannot be read.
    TemplateSyntax = "template-syntax", Error;
    /// A template that asks for what is not there.
    TemplateError = "template-error", Error;
    /// A theme that cannot be used.
    InvalidTheme = "invalid-theme", Error;
}

impl Code {
    /// The code named `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

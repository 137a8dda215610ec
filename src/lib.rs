//! casebook compiles councils' markdown into a static site.
//!
//! One way through, in the order of the modules below; [`pipeline`] alone knows it:
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | [`discover`] | files | [`discover::SourceSet`]: documents and what lies beside them, sorted |
//! | [`parse`] | a source | [`parse::Draft`]: front matter as a tree with places, markdown as events with places |
//! | [`rules`] | drafts | [`rules::Checked`]: typed fields ([`model`]) and findings; one rule, one file |
//! | [`link`] | checked documents | [`link::Library`]: addresses, references both ways, facets; nothing changes it |
//! | [`index`] | the library | the search index, in the files that the browser reads |
//! | [`render`] | the library, the theme | [`render::Artifact`]s: pages, feeds, open data |
//! | [`write`] | artifacts | the output folder, published as a whole or not at all |
//!
//! [`source`], [`personal`] and [`diagnostics`] serve every stage. No stage imports a later one; a test reads the
//! imports and says so. Files come in through [`source::Files`] and go out at the end; nothing in
//! between reads or writes, asks for the time, or depends on the order of threads.

pub mod diagnostics;
pub mod personal;
pub mod source;

pub mod cache;

pub mod parse;

pub mod model;

pub mod config;

pub mod discover;

pub mod rules;

pub mod link;

pub mod index;

pub mod render;

pub mod write;

pub mod pipeline;

pub mod disk;

pub mod serve;

pub mod cli;

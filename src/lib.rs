//! casebook compiles councils' markdown into a static site.

pub mod diagnostics;
pub mod parse;
pub mod source;
pub mod write;

//! casebook compiles councils' markdown into a static site.

pub mod diagnostics;
pub mod parse;
pub mod render;
pub mod rules;
pub mod source;

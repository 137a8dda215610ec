//! casebook compiles councils' markdown into a static site.

pub mod diagnostics;
pub mod source;

pub mod parse;

pub mod model;

pub mod config;

pub mod discover;

pub mod rules;

pub mod link;

pub mod render;

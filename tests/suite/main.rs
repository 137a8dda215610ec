//! What a user would notice, tested from outside: one binary, since linking many takes long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

mod asking;
mod bad_files;
mod bad_input;
mod bad_links;
mod bad_references;
mod bad_settings;
mod bad_theme;
mod binary;
mod cli;
mod determinism;
mod explanations;
mod honesty;
mod incremental;
mod killed;
#[path = "../../examples/generate_library/library/mod.rs"]
mod library;
mod messages;
mod mistakes_at_once;
mod own_facets;
mod pages;
mod personal;
mod pictures;
mod publishing;
mod rows;
mod safety;
mod schema;
mod search;
mod serve;
mod stages;
mod starting;
mod support;
mod theme;
mod workshop;

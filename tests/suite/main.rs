//! What a user would notice, tested from outside: one binary, since linking many takes long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod bad_input;
mod bad_links;
mod bad_references;
mod bad_settings;
mod bad_theme;
mod explanations;
mod messages;
mod mistakes_at_once;
mod stages;
mod support;

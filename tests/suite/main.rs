//! What a user would notice, tested from outside: one binary, since linking many takes long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod rows;
mod search;
mod stages;
mod support;

//! The library becomes artifacts: pages, feeds, open data.

pub mod markdown;

//! The search: held against tantivy, and against brute force.

mod expectations;
mod facets;
mod library;
mod module;
mod oracle;
mod ranking;
mod requests;
mod results;
mod words;

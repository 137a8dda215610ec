//! The search: held against tantivy, and against brute force.

mod facets;
mod library;
mod oracle;
mod ranking;
mod requests;
mod results;
mod words;

//! Search without a server: the format of the index, the analysis of text, queries and ranking.
//!
//! Nothing here reads or writes: whoever calls gives files, already inflated, and is told which
//! ones are needed, so the same code serves the browser, the command line and the tests.
//!
//! | module | what it is |
//! |---|---|
//! | [`analyse`] | text becomes terms, when indexing and when searching |
//! | [`format`](mod@format) | the files of the index, encoder and decoder side by side |
//! | [`map`] | a small sorted map |
//! | [`query`] | what is typed, and what it comes to |
//! | [`rank`] | which documents match, and how well: as tantivy does |
//! | [`search`] | the way from a request to results, file by file |

pub mod analyse;
pub mod bytes;
pub mod format;
pub mod map;
pub mod query;
pub mod rank;
pub mod search;

pub use bytes::Damaged;
pub use search::{Fetched, Reader, Request, Results, Step};

//! The reader by itself: what is written comes back, and what is damaged is an error. That it ranks
//! as tantivy does is tested in casebook, which has both.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod damage;
mod round_trip;
mod small;

//! Sources become drafts: front matter as a tree with places, markdown as events with places.

pub mod address;
pub mod markdown;
pub mod node;

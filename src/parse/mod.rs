//! Sources become drafts: front matter as a tree with places, markdown as events with places.

pub mod front_matter;
pub mod node;
#[cfg(test)]
mod testing;
pub mod toml;
pub mod yaml;

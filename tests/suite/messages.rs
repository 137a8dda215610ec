//! Findings as they are shown.

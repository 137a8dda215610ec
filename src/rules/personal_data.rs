//! `personal-data`: what leads to one person is not published, and not left in the history of a public
//! repository.

use super::Checked;
use crate::personal;

pub fn check(document: &mut Checked) {
    document.diagnostics.extend(personal::report(&document.source));
}

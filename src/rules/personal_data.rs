//! `personal-data`: what leads to one person is not published, and not left in the history of a public
//! repository.

use super::Checked;
use crate::diagnostics;

pub fn check(document: &mut Checked) {
    document.diagnostics.extend(diagnostics::personal_data(&document.source));
}

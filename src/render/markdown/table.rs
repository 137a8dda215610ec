//! Tables: their cells, their headers, and the region in which they scroll.

use pulldown_cmark::Alignment;

use super::escape::push_attribute;

/// The table that is being written; tables do not nest.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The cell that is open is a header.
    header: bool,
    has_rows: bool,
}

impl Table {
    /// A table scrolls by itself where it is wider than the screen, so it takes the focus and has
    /// a name.
    pub(super) fn start(out: &mut String, alignments: &[Alignment], name: &str) -> Self {
        out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\"");
        push_attribute(out, "aria-label", name);
        out.push_str("><table>\n");
        Self { alignments: alignments.to_vec(), ..Self::default() }
    }

    pub(super) fn end(&self, out: &mut String) {
        out.push_str(if self.has_rows { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
    }

    pub(super) fn start_head(&mut self, out: &mut String) {
        self.in_head = true;
        out.push_str("<thead>\n<tr>");
    }

    pub(super) fn end_head(&mut self, out: &mut String) {
        self.in_head = false;
        self.column = 0;
        out.push_str("</tr>\n</thead>\n");
    }

    pub(super) fn start_row(&mut self, out: &mut String) {
        if !self.has_rows {
            self.has_rows = true;
            out.push_str("<tbody>\n");
        }
        out.push_str("<tr>");
    }

    pub(super) fn end_row(&mut self, out: &mut String) {
        self.column = 0;
        out.push_str("</tr>\n");
    }

    /// A header without words is no header: it would be announced for each cell under it.
    pub(super) fn start_cell(&mut self, out: &mut String, empty: bool) {
        self.header = self.in_head && !empty;
        out.push_str(if self.header { "<th scope=\"col\"" } else { "<td" });
        out.push_str(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
        self.column += 1;
    }

    pub(super) fn end_cell(&self, out: &mut String) {
        out.push_str(if self.header { "</th>" } else { "</td>" });
    }
}

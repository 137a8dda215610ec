//! The markdown: headings, paragraphs with links and footnotes, lists, tables and components.

use std::fmt::Write as _;

use super::{Section, TOPICS, Writer, topic};

impl Writer<'_> {
    pub(super) fn body(&mut self, text: &mut String, section: Section) {
        let headings: &[&str] = match section {
            Section::CaseStudy => &[
                "The problem",
                "What we did",
                "What happened",
                "What we learned",
                "How to adopt it",
                "What it needs",
            ],
            Section::Report | Section::Guidance | Section::Programme => {
                &["In short", "What it says", "What comes next"]
            }
            _ => &[],
        };
        for _ in 0..if headings.is_empty() { 2 } else { 1 } {
            self.paragraph(text);
        }
        for (at, heading) in headings.iter().enumerate() {
            let _ = write!(text, "\n## {heading}\n");
            for _ in 0..self.random.between(1, 3) {
                self.paragraph(text);
            }
            if self.random.chance(25) {
                text.push('\n');
                for _ in 0..self.random.between(3, 5) {
                    let _ = writeln!(text, "- {}", self.sentence(4, 10));
                }
            }
            if section == Section::CaseStudy && at == 2 {
                self.component(text);
            }
            if self.random.chance(8) {
                self.table(text);
            }
        }
    }

    fn paragraph(&mut self, text: &mut String) {
        text.push('\n');
        let sentences = self.random.between(2, 5);
        for at in 0..sentences {
            text.push_str(&self.sentence(8, 24));
            if at + 1 == sentences && !self.sources.is_empty() && self.random.chance(40) {
                let at = self.random.below(self.sources.len());
                let _ = write!(text, "[^{}]", self.sources[at]);
            }
            text.push(' ');
        }
        if self.random.chance(35) {
            let link = self.link();
            let _ = write!(text, "See [{}]({link}), too.", self.phrase(3));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }

    /// A link to another document, from the content folder.
    fn link(&mut self) -> String {
        let folder = match self.random.below(5) {
            0 => self.council_path_of_any(),
            1 => format!("topics/{}", topic(self.random.below(TOPICS.len()))),
            2 => format!("glossary/term-{}", self.other()),
            3 => format!("guidance/guidance-{}", self.other()),
            _ => format!("case-studies/{}", self.study()),
        };
        format!("/{folder}.md")
    }

    fn component(&mut self, text: &mut String) {
        let source = self.sources[0].clone();
        match self.random.below(4) {
            0 => {
                let _ = write!(
                    text,
                    "\n```{{statistic}}\nvalue: {}\nlabel: {}\nperiod: \"2024/25\"\nsource: {source}\n```\n",
                    self.random.between(2, 4000),
                    self.phrase(4),
                );
            }
            1 => {
                let _ = write!(
                    text,
                    "\n```{{quotation}}\ntext: {}\nby: Cabinet member for communities\nsource: {source}\n```\n",
                    self.sentence(10, 24)
                );
            }
            2 => {
                let _ = write!(text, "\n```{{chart}}\nstatistic: statistic-{}\n```\n", self.other());
            }
            _ => {
                let _ =
                    write!(text, "\n```{{callout}}\nkind: note\ntext: |\n  {}\n```\n", self.sentence(10, 24));
            }
        }
    }

    fn table(&mut self, text: &mut String) {
        text.push_str("\n| What | Before | After |\n| --- | ---: | ---: |\n");
        for _ in 0..self.random.between(3, 6) {
            let what = self.phrase(2);
            let (before, after) = (self.random.between(10, 999), self.random.between(10, 999));
            let _ = writeln!(text, "| {what} | {before} | {after} |");
        }
    }

    /// A footnote for each source that the body points at.
    pub(super) fn footnotes(&mut self, text: &mut String) {
        for id in self.sources.clone() {
            if text.contains(&format!("[^{id}]")) {
                let _ = write!(
                    text,
                    "\n[^{id}]: {}, [as published](https://{id}.example.org/).\n",
                    self.title(5)
                );
            }
        }
    }
}

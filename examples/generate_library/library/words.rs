//! Words, and names of other documents to refer to.

use super::{TOPICS, Writer, slug, study, topic};

impl Writer<'_> {
    pub(super) fn some_sources(&self, count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("source-{number}")).collect()
    }

    pub(super) fn topics(&mut self) -> String {
        let start = self.random.below(TOPICS.len() - 3);
        let count = self.random.between(1, 3);
        format!("[{}]", (start..start + count).map(topic).collect::<Vec<_>>().join(", "))
    }

    pub(super) fn other(&mut self) -> usize {
        self.random.below(self.plan.others)
    }

    pub(super) fn study(&mut self) -> String {
        let number = self.random.below(self.plan.case_studies);
        study(number).trim_start_matches("case-studies/").to_owned()
    }

    pub(super) fn council_name(&mut self) -> String {
        let number = self.random.below(self.plan.councils.len());
        self.slug_of(number)
    }

    pub(super) fn council_path_of_any(&mut self) -> String {
        let number = self.random.below(self.plan.councils.len());
        self.council_path(number)
    }

    pub(super) fn council_path(&self, number: usize) -> String {
        format!("councils/{}", self.slug_of(number))
    }

    pub(super) fn slug_of(&self, number: usize) -> String {
        slug(self.plan.councils[number].name)
    }

    /// A word; the earlier in the list, the likelier.
    fn word(&mut self) -> &str {
        let x = self.random.below(1 << 20) as f64 / f64::from(1 << 20);
        // Zipf's law: as many words between the 10th and the 100th as between the 100th and the 1,000th.
        let rank = (self.words.len() as f64 + 6.0).powf(x) * 6f64.powf(1.0 - x) - 6.0;
        self.words[(rank as usize).min(self.words.len() - 1)]
    }

    pub(super) fn phrase(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word().to_owned()).collect::<Vec<_>>().join(" ")
    }

    /// A phrase that starts with a capital and a word that YAML takes for text.
    pub(super) fn title(&mut self, words: usize) -> String {
        format!("The {}", self.phrase(words))
    }

    pub(super) fn sentence(&mut self, fewest: usize, most: usize) -> String {
        let words = self.random.between(fewest, most);
        format!("The {}.", self.phrase(words))
    }
}

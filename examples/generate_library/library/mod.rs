//! A library of any size, for benchmarks and for tests: documents of every kind in casebook's own
//! dialect, with references, links, footnotes and components, and without findings. The same
//! numbers give the same bytes on every machine.
//!
//! Words follow the frequencies of the library that the repository ships, councils are those of
//! the register, and everything that is said of them is made up.

mod body;
mod fields;
mod random;
mod words;

use random::Random;

const SITE: &str = include_str!("../../../site.toml");
const REGISTER: &str = include_str!("../../../src/model/register/councils.csv");
/// The words of the library that the repository ships, most frequent first.
const WORDS: &str = include_str!("words.txt");

const COMMITMENTS: usize = 10;
const TOPICS: &[&str] = &[
    "County lines",
    "Procurement",
    "Training",
    "Car washes",
    "Housing",
    "Referral",
    "Data",
    "Unaccompanied children",
    "Licensing",
    "Scrutiny",
    "Cuckooing",
    "Partnership",
];
const EXPLOITATION: &[&str] = &["criminal", "county-lines", "sexual", "labour", "financial", "cuckooing"];
const AUDIENCE: &[&str] = &["safeguarding-children", "procurement", "housing", "legal", "councillor", "data"];
const AREAS: &[&str] = &["inner-city", "suburb", "town", "countryside", "coast"];
const SECTORS: &[&str] = &["car-wash", "nail-bar", "hmo", "takeaway", "care", "construction"];

/// A file: its path from the site's root, and its text.
pub type File = (String, String);

/// A library of about `documents` documents, never fewer than one of each kind, and its settings.
/// Another `edition` has other words in documents of mostly the same names.
#[must_use]
pub fn library(documents: usize, edition: u64) -> Vec<File> {
    let plan = Plan::new(documents);
    let words: Vec<&str> = WORDS.lines().collect();
    let mut files = vec![("site.toml".to_owned(), SITE.to_owned())];
    for (section, count) in plan.sections() {
        for number in 0..count {
            let seed = edition.wrapping_mul(1 << 40) ^ (section as u64) << 32 ^ number as u64;
            let mut writer = Writer { plan: &plan, words: &words, random: Random(seed), sources: Vec::new() };
            files.push(writer.document(section, number));
        }
    }
    files
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Home,
    Commitment,
    Topic,
    Council,
    Organisation,
    Programme,
    Guidance,
    Glossary,
    Event,
    Statistic,
    Recommendation,
    Report,
    CaseStudy,
}

/// How many documents of each kind there are, and the councils.
struct Plan {
    councils: Vec<Authority>,
    /// Reports of each council.
    years: usize,
    others: usize,
    case_studies: usize,
}

struct Authority {
    gss: &'static str,
    name: &'static str,
    kind: &'static str,
    nation: &'static str,
    region: &'static str,
}

impl Plan {
    fn new(documents: usize) -> Self {
        let rows = REGISTER.lines().skip(1).map(fields).filter(|row| !row.iter().any(|f| f.contains('"')));
        let all: Vec<Authority> = rows
            .map(|row| Authority { gss: row[0], name: row[1], kind: row[3], nation: row[4], region: row[5] })
            .collect();
        // Taken from all over the register, so that every nation and region has some.
        let count = (documents / 6).clamp(2, all.len());
        let step = all.len() as f64 / count as f64;
        let mut councils: Vec<Option<Authority>> = all.into_iter().map(Some).collect();
        let councils: Vec<Authority> =
            (0..count).filter_map(|at| councils[(at as f64 * step) as usize].take()).collect();
        let years = (documents / 4 / councils.len()).clamp(1, 12);
        let others = (documents / 30).max(1);
        let taken = 1 + COMMITMENTS + TOPICS.len() + councils.len() * (1 + years) + others * 7;
        Self { councils, years, others, case_studies: documents.saturating_sub(taken).max(1) }
    }

    fn sections(&self) -> [(Section, usize); 13] {
        use Section as S;
        [
            (S::Home, 1),
            (S::Commitment, COMMITMENTS),
            (S::Topic, TOPICS.len()),
            (S::Council, self.councils.len()),
            (S::Organisation, self.others),
            (S::Programme, self.others),
            (S::Guidance, self.others),
            (S::Glossary, self.others),
            (S::Event, self.others),
            (S::Statistic, self.others),
            (S::Recommendation, self.others),
            (S::Report, self.councils.len() * self.years),
            (S::CaseStudy, self.case_studies),
        ]
    }
}

fn fields(line: &'static str) -> Vec<&'static str> {
    line.split(',').collect()
}

/// Writes one document.
struct Writer<'a> {
    plan: &'a Plan,
    words: &'a [&'a str],
    random: Random,
    /// The ids of its sources.
    sources: Vec<String>,
}

impl Writer<'_> {
    fn document(&mut self, section: Section, number: usize) -> File {
        let (path, title, fields) = match section {
            Section::Home => ("index".to_owned(), "A generated library".to_owned(), String::new()),
            Section::Commitment => self.commitment(number),
            Section::Topic => self.topic(number),
            Section::Council => self.council(number),
            Section::Organisation => self.organisation(number),
            Section::Programme => self.programme(number),
            Section::Guidance => self.guidance(number),
            Section::Glossary => self.glossary(number),
            Section::Event => self.event(number),
            Section::Statistic => self.statistic(number),
            Section::Recommendation => self.recommendation(number),
            Section::Report => self.report(number),
            Section::CaseStudy => self.case_study(number),
        };
        let mut text = format!(
            "---\ntitle: {title}\nsummary: {}\nupdated: 2026-{:02}-{:02}\n",
            self.sentence(9, 16),
            1 + number % 10,
            1 + number % 28
        );
        text.push_str(&fields);
        self.write_sources(&mut text);
        text.push_str("---\n");
        self.body(&mut text, section);
        self.footnotes(&mut text);
        (format!("content/{path}.md"), text)
    }
}

fn topic(number: usize) -> String {
    slug(TOPICS[number])
}

fn study(number: usize) -> String {
    format!("case-studies/practice-{number}")
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

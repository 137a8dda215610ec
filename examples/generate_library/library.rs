//! A library of any size, for benchmarks and for tests: documents of every kind in casebook's own
//! dialect, with references, links, footnotes and components, and without findings. The same
//! numbers give the same bytes on every machine.
//!
//! Words follow the frequencies of the library that the repository ships, councils are those of
//! the register, and everything that is said of them is made up.

use std::fmt::Write as _;

const SITE: &str = include_str!("../../site.toml");
const REGISTER: &str = include_str!("../../src/model/register/councils.csv");
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

/// Random numbers that are the same everywhere (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True in `percent` of a hundred cases.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Some of `from`, in its order.
    fn some(&mut self, from: &[&str], most: usize) -> String {
        let start = self.below(from.len());
        let count = self.between(1, most.min(from.len() - start));
        format!("[{}]", from[start..start + count].join(", "))
    }
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

    fn commitment(&mut self, number: usize) -> (String, String, String) {
        let number = number + 1;
        let fields = format!("number: {number}\nshort_title: Commitment {number}\n");
        (format!("commitments/{number}"), format!("Commitment {number} of the Charter"), fields)
    }

    fn topic(&mut self, number: usize) -> (String, String, String) {
        (
            format!("topics/{}", topic(number)),
            TOPICS[number].to_owned(),
            format!("synonyms: [{}]\n", self.phrase(2)),
        )
    }

    fn council(&mut self, number: usize) -> (String, String, String) {
        self.sources = vec!["signing".to_owned()];
        let Authority { gss, name, kind, nation, region } = &self.plan.councils[number];
        let fields = format!(
            "gss: {gss}\nkind: {kind}\nnation: {nation}\nregion: {region}\nreport_due_month: 10\nwebsite: https://council-{number}.example.org/\n\
             charter:\n  status: signed\n  adopted: {}\n  source: signing\n",
            self.random.between(2018, 2020),
        );
        (self.council_path(number), (*name).to_owned(), fields)
    }

    fn organisation(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let kind = self.random.pick(&["charity", "government", "police", "partnership", "business"]);
        let fields = format!("kind: {kind}\ntopics: {}\n", self.topics());
        (format!("organisations/organisation-{number}"), self.title(4), fields)
    }

    fn programme(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let (organisation, council) = (self.other(), self.council_name());
        let fields = format!(
            "kind: programme\nrun_by: [organisation-{organisation}]\ncouncils: [{council}]\nstarted: {}\ntopics: {}\n",
            self.random.between(2012, 2024),
            self.topics()
        );
        (format!("programmes/programme-{number}"), self.title(5), fields)
    }

    fn guidance(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let fields = format!(
            "kind: guidance\nnations: [england, wales]\nissued: {}\naudience: {}\ntopics: {}\ncommitments: [{}]\nreview_by: 2027-11-21\n",
            self.random.between(2015, 2025),
            self.random.some(AUDIENCE, 3),
            self.topics(),
            self.random.between(1, COMMITMENTS),
        );
        (format!("guidance/guidance-{number}"), self.title(6), fields)
    }

    fn glossary(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        // Words of the bodies, so that they are explained there.
        let title = self.words[60 + number * 7 % (self.words.len() - 60)];
        let fields = format!("short: {}\nsynonyms: [{}]\n", self.sentence(10, 25), self.phrase(2));
        (format!("glossary/term-{number}"), format!("\"{title}\""), fields)
    }

    fn event(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let fields = format!(
            "date: {}-{:02}\ncouncils: [{}]\ntopics: {}\n",
            self.random.between(2015, 2025),
            self.random.between(1, 12),
            self.council_name(),
            self.topics()
        );
        (format!("events/event-{number}"), self.title(5), fields)
    }

    fn statistic(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(2);
        let mut values = String::new();
        for year in 2017..2017 + self.random.between(3, 8) {
            let value = self.random.between(5, 900);
            let _ =
                writeln!(values, "  - {{period: \"{year}\", value: {value}, source: {}}}", self.sources[0]);
        }
        let council = self.council_name();
        let fields = format!(
            "measure: {}\ngeography: Area of the council\ncouncil: {council}\nunit: people\nvalues:\n{values}caveat: {}\nexploitation: {}\n",
            self.title(6),
            self.sentence(8, 14),
            self.random.some(EXPLOITATION, 2),
        );
        (format!("statistics/statistic-{number}"), self.title(5), fields)
    }

    fn recommendation(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let (council, event, study) = (self.council_name(), self.other(), self.study());
        let (source, topics) = (self.sources[0].clone(), self.topics());
        let fields = format!(
            "made_by: A scrutiny panel\nmade_to: The council\ncouncil: {council}\nmade_on: {}\nevent: event-{event}\n\
             source: {source}\nstatus: in-progress\nanswered_by: [{study}]\ntopics: {topics}\n",
            self.random.between(2016, 2025),
        );
        (format!("recommendations/recommendation-{number}"), self.title(7), fields)
    }

    /// The reports of a council follow on each other, so that there is no gap.
    fn report(&mut self, number: usize) -> (String, String, String) {
        self.sources = vec!["report".to_owned()];
        let (council, year) = (number / self.plan.years, 2027 - self.plan.years + number % self.plan.years);
        let mut progress = String::new();
        for commitment in 1..=COMMITMENTS {
            let state = match self.random.below(4) {
                0 if commitment < COMMITMENTS => "{state: not-started}".to_owned(),
                1 => "{state: done, evidence: report}".to_owned(),
                2 => continue,
                _ => format!("{{state: in-progress, note: {}}}", self.sentence(5, 12)),
            };
            let _ = writeln!(progress, "  {commitment}: {state}");
        }
        if progress.is_empty() {
            progress.push_str("  10: {state: in-progress}\n");
        }
        let authority = &self.plan.councils[council];
        let fields = format!(
            "council: {}\nkind: charter-report\npublished: {year}-{:02}\nperiod_start: {}-04\nperiod_end: {year}-03\n\
             source_url: https://council-{council}.example.org/report-{year}\nprogress:\n{progress}",
            self.slug_of(council),
            self.random.between(5, 9),
            year - 1,
        );
        let path = format!("reports/{}-{year}", self.slug_of(council));
        (path, format!("{}'s report for {}/{}", authority.name, year - 1, year % 100), fields)
    }

    fn case_study(&mut self, number: usize) -> (String, String, String) {
        let count = self.random.between(1, 5);
        self.sources = self.some_sources(count);
        let councils = self.council_name();
        let scope = self.random.pick(&["supply-chain", "community", "both"]);
        let mut fields = format!(
            "councils: [{councils}]\nstarted: {}-{:02}\nstatus: {}\nscope: {scope}\ntopics: {}\nexploitation: {}\n\
             commitments: [{}]\npopulation: {}\narea_type: {}\nsector: {}\naudience: {}\nevidence: {}\noutcome: {}\ncost: {}\neffort: {}\n",
            self.random.between(2014, 2025),
            self.random.between(1, 12),
            self.random.pick(&["running", "ended", "unknown"]),
            self.topics(),
            self.random.some(EXPLOITATION, 3),
            self.random.between(1, COMMITMENTS),
            self.random.pick(&["children", "adults", "both"]),
            self.random.some(AREAS, 2),
            self.random.some(SECTORS, 2),
            self.random.some(AUDIENCE, 3),
            self.random.pick(&["untested", "monitored", "evaluated-locally"]),
            self.random.pick(&["positive", "mixed", "no-effect", "too-early"]),
            self.random.pick(&["none", "low", "medium", "high", "unknown"]),
            self.random.pick(&["weeks", "months", "over-a-year"]),
        );
        if self.random.chance(60) {
            let (partner, programme) = (self.other(), self.other());
            let _ =
                write!(fields, "partners: [organisation-{partner}]\nprogrammes: [programme-{programme}]\n");
        }
        if self.random.chance(50) {
            fields.push_str("figures:\n");
            for _ in 0..self.random.between(1, 3) {
                let label = self.title(4);
                let value = self.random.between(3, 2000);
                let _ = writeln!(
                    fields,
                    "  - {{label: {label}, value: {value}, unit: people, period: \"2024/25\", source: {}}}",
                    self.sources[0]
                );
            }
        }
        fields.push_str(
            "vignette: none\ncontact_role: Modern slavery lead\nlicence: link-only\nreviewed_on: 2026-10-01\n",
        );
        (study(number), self.title(7), fields)
    }

    fn write_sources(&mut self, text: &mut String) {
        if self.sources.is_empty() {
            return;
        }
        text.push_str("sources:\n");
        for id in self.sources.clone() {
            let (title, page) = (self.title(6), self.random.below(100_000));
            let _ = write!(
                text,
                "  - id: {id}\n    title: {title}\n    url: https://source-{page}.example.org/page-{page}\n    \
                 publisher: {}\n    date: {}\n    kind: {}\n",
                self.title(3),
                self.random.between(2015, 2025),
                self.random.pick(&["council-report", "council-page", "news", "article", "charity"]),
            );
        }
    }

    fn body(&mut self, text: &mut String, section: Section) {
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
    fn footnotes(&mut self, text: &mut String) {
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

    fn some_sources(&self, count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("source-{number}")).collect()
    }

    fn topics(&mut self) -> String {
        let start = self.random.below(TOPICS.len() - 3);
        let count = self.random.between(1, 3);
        format!("[{}]", (start..start + count).map(topic).collect::<Vec<_>>().join(", "))
    }

    fn other(&mut self) -> usize {
        self.random.below(self.plan.others)
    }

    fn study(&mut self) -> String {
        let number = self.random.below(self.plan.case_studies);
        study(number).trim_start_matches("case-studies/").to_owned()
    }

    fn council_name(&mut self) -> String {
        let number = self.random.below(self.plan.councils.len());
        self.slug_of(number)
    }

    fn council_path_of_any(&mut self) -> String {
        let number = self.random.below(self.plan.councils.len());
        self.council_path(number)
    }

    fn council_path(&self, number: usize) -> String {
        format!("councils/{}", self.slug_of(number))
    }

    fn slug_of(&self, number: usize) -> String {
        slug(self.plan.councils[number].name)
    }

    /// A word; the earlier in the list, the likelier.
    fn word(&mut self) -> &str {
        let x = self.random.below(1 << 20) as f64 / f64::from(1 << 20);
        // Zipf's law: as many words between the 10th and the 100th as between the 100th and the 1,000th.
        let rank = (self.words.len() as f64 + 6.0).powf(x) * 6f64.powf(1.0 - x) - 6.0;
        self.words[(rank as usize).min(self.words.len() - 1)]
    }

    fn phrase(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word().to_owned()).collect::<Vec<_>>().join(" ")
    }

    /// A phrase that starts with a capital and a word that YAML takes for text.
    fn title(&mut self, words: usize) -> String {
        format!("The {}", self.phrase(words))
    }

    fn sentence(&mut self, fewest: usize, most: usize) -> String {
        let words = self.random.between(fewest, most);
        format!("The {}.", self.phrase(words))
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

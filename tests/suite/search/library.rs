//! Libraries to search: the shipped one, and one that is generated.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use camino::Utf8Path;
use casebook::diagnostics::Level;
use casebook::disk::Disk;
use casebook::index::documents::{self, Searchable};
use casebook::index::engine::Engine;
use casebook::link::{self, Library};
use casebook::model::register::{self, Authority};
use casebook::source::{Files, Memory, Source};
use casebook::{config, discover, index, parse, rules};
use casebook_reader::search::{Fetched, Reader, Request, Results, Step};

use super::requests::Random;
use crate::support::line;

/// A library with its index twice: as the reader's files, and as tantivy's.
pub struct Searched {
    pub documents: Vec<Searchable>,
    pub engine: Engine,
    pub files: BTreeMap<String, Vec<u8>>,
    pub reader: Reader,
}

impl Searched {
    /// Indexes the site whose files `files` gives.
    pub fn new(files: &dyn Files) -> Self {
        let (library, settings) = linked(files);
        let documents = documents::of(&library, &settings);
        let engine = Engine::build(&documents, &settings.search).unwrap();
        let files: BTreeMap<String, Vec<u8>> = index::files(&library, &settings)
            .unwrap()
            .into_iter()
            .map(|file| (file.name, file.bytes))
            .collect();
        let reader = Reader::open(&files["entry.bin"]).unwrap();
        Self { documents, engine, files, reader }
    }

    /// The results of `request`, with the files that it took, round by round.
    pub fn ask_and_count(&self, request: &Request) -> (Results, Vec<Vec<String>>) {
        let mut fetched = Fetched::new();
        let mut rounds: Vec<Vec<String>> = Vec::new();
        loop {
            match self.reader.step(request, &fetched).unwrap() {
                Step::Done(results) => return (*results, rounds),
                Step::Need(names) => {
                    assert!(!names.is_empty() && rounds.len() < 10, "{request:?} goes on: {names:?}");
                    for name in &names {
                        let bytes = self.files.get(name).unwrap_or_else(|| panic!("{name} is not written"));
                        let twice = rounds.iter().flatten().any(|before| before == name);
                        assert!(!twice, "{name} is asked for twice by {request:?}");
                        fetched.insert(name.clone(), bytes.clone()).unwrap();
                    }
                    rounds.push(names);
                }
            }
        }
    }

    /// The results of `request`.
    pub fn ask(&self, request: &Request) -> Results {
        self.ask_and_count(request).0
    }

    /// The results of `text`.
    pub fn find(&self, text: &str) -> Results {
        self.ask(&Request { text: text.to_owned(), ..Request::default() })
    }
}

fn linked(files: &dyn Files) -> (Library, config::Settings) {
    let text = String::from_utf8(files.read(config::FILE.into()).unwrap()).unwrap();
    let (settings, _) = config::load(&Source::new(config::FILE, text));
    let set = discover::discover(files);
    // The shipped library moves on: this is later than any of its dates.
    let today = "2099-12-31".parse().unwrap();
    let check = |found: &discover::Found| {
        Arc::new(rules::check(found, parse::parse(&found.source), &settings, today))
    };
    let checked = set.documents.iter().map(check).collect();
    let options = link::Options { drafts: false, today };
    let (library, found) = link::link(checked, &set.attachments, &settings, options);
    let errors: Vec<String> =
        found.iter().filter(|finding| finding.level == Level::Error).map(line).collect();
    assert!(errors.is_empty(), "what has errors would not be searched: {errors:#?}");
    (library, settings)
}

/// The library that the repository ships.
pub fn shipped() -> &'static Searched {
    static SHIPPED: OnceLock<Searched> = OnceLock::new();
    SHIPPED.get_or_init(|| Searched::new(&Disk::new(Utf8Path::new(env!("CARGO_MANIFEST_DIR")))))
}

/// A library of case studies in made-up words, some common and most rare.
pub fn generated() -> &'static Searched {
    static GENERATED: OnceLock<Searched> = OnceLock::new();
    GENERATED.get_or_init(|| Searched::new(&generate(300, 17)))
}

/// One of 10,000 case studies: texts stand two in a file.
pub fn large() -> &'static Searched {
    static LARGE: OnceLock<Searched> = OnceLock::new();
    LARGE.get_or_init(|| Searched::new(&generate(10_000, 23)))
}

/// A site of `count` case studies.
pub fn generate(count: usize, seed: u64) -> Memory {
    let mut random = Random::new(seed);
    let words: Vec<String> = (0..4_000).map(|_| random.word()).collect();
    let mut files = Memory::new();
    files.insert("site.toml", include_str!("../../../site.toml"));
    let councils: Vec<&Authority> = register::all().iter().step_by(19).take(20).collect();
    for council in &councils {
        let Authority { name, gss, kind, nation, region, .. } = council;
        files.insert(
            format!("content/councils/{}.md", gss.to_lowercase()),
            format!(
                "---\ntitle: {name}\nsummary: A council.\nupdated: 2026-11-01\ngss: {gss}\nkind: {kind}\nnation: {nation}\nregion: {region}\nwebsite: https://www.example.org/\ncharter:\n  status: none\n---\n",
            ),
        );
    }
    let topics: Vec<String> = (0..8).map(|number| format!("topic-{number}")).collect();
    for topic in &topics {
        files.insert(
            format!("content/topics/{topic}.md"),
            format!(
                "---\ntitle: {}\nsummary: A topic.\nupdated: 2026-11-01\n---\n\n{}\n",
                random.name(),
                random.text(&words, 30)
            ),
        );
    }
    for number in 0..20 {
        let synonyms = format!("[{}, {} {}]", random.word(), random.common(&words), random.common(&words));
        files.insert(
            format!("content/glossary/term-{number}.md"),
            format!(
                "---\ntitle: {}\nsummary: A word.\nupdated: 2026-11-01\nshort: A word.\nsynonyms: {synonyms}\n---\n",
                random.common(&words)
            ),
        );
    }
    for number in 0..count {
        let mut text = String::new();
        for heading in casebook::model::practice::CASE_STUDY_HEADINGS {
            text.push_str(&format!("\n## {heading}\n"));
            for _ in 0..random.below(3) + 1 {
                let length = random.below(30) + 4;
                text.push_str(&format!("\n{}\n", random.text(&words, length)));
            }
        }
        let audiences = ["procurement", "housing", "legal", "safeguarding-children"];
        let own = random.below(councils.len());
        let others = (1..=number % 4).map(|next| &councils[(own + next) % councils.len()]);
        let adoption = |council: &&Authority| {
            format!("  - council: {}\n    year: 2020\n    source: page\n", council.gss.to_lowercase())
        };
        let adopted: String = others.map(adoption).collect();
        let adopted = if adopted.is_empty() { adopted } else { format!("adoptions:\n{adopted}") };
        let front = format!(
            "title: {}\nsummary: {}\nupdated: 2026-11-01\ncouncils: [{}]\nstarted: {}-0{}\nstatus: running\nscope: community\ntopics: [{}]\nexploitation: [{}]\npopulation: children\naudience: [{}]\nevidence: untested\noutcome: too-early\ncost: unknown\nsources:\n  - id: page\n    title: A page\n    url: https://www.example.org/{number}\n    publisher: Example\n    date: 2019-02\n    kind: council-page\nvignette: none\ncontact_role: Lead\nlicence: link-only\nreviewed_on: 2026-{:02}-01\n{adopted}",
            random.text(&words, 5).trim_end_matches('.'),
            random.text(&words, 12),
            councils[own].gss.to_lowercase(),
            random.below(12) + 2010,
            random.below(9) + 1,
            random.pick(&topics),
            random.pick(&["county-lines", "labour", "sexual", "criminal"]),
            random.pick(&audiences),
            number % 10 + 1,
        );
        files.insert(format!("content/case-studies/case-{number}.md"), format!("---\n{front}---\n{text}"));
    }
    files
}

//! The front matter of each kind of document: its path, its title and its own fields.

use std::fmt::Write as _;

use super::{AREAS, AUDIENCE, Authority, COMMITMENTS, EXPLOITATION, SECTORS, TOPICS, Writer, study, topic};

impl Writer<'_> {
    pub(super) fn commitment(&mut self, number: usize) -> (String, String, String) {
        let number = number + 1;
        let fields = format!("number: {number}\nshort_title: Commitment {number}\n");
        (format!("commitments/{number}"), format!("Commitment {number} of the Charter"), fields)
    }

    pub(super) fn topic(&mut self, number: usize) -> (String, String, String) {
        (
            format!("topics/{}", topic(number)),
            TOPICS[number].to_owned(),
            format!("synonyms: [{}]\n", self.phrase(2)),
        )
    }

    pub(super) fn council(&mut self, number: usize) -> (String, String, String) {
        self.sources = vec!["signing".to_owned()];
        let Authority { gss, name, kind, nation, region } = &self.plan.councils[number];
        let fields = format!(
            "gss: {gss}\nkind: {kind}\nnation: {nation}\nregion: {region}\nreport_due_month: 10\nwebsite: https://council-{number}.example.org/\n\
             charter:\n  status: signed\n  adopted: {}\n  source: signing\n",
            self.random.between(2018, 2020),
        );
        (self.council_path(number), (*name).to_owned(), fields)
    }

    pub(super) fn organisation(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let kind = self.random.pick(&["charity", "government", "police", "partnership", "business"]);
        let fields = format!("kind: {kind}\ntopics: {}\n", self.topics());
        (format!("organisations/organisation-{number}"), self.title(4), fields)
    }

    pub(super) fn programme(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        let (organisation, council) = (self.other(), self.council_name());
        let fields = format!(
            "kind: programme\nrun_by: [organisation-{organisation}]\ncouncils: [{council}]\nstarted: {}\ntopics: {}\n",
            self.random.between(2012, 2024),
            self.topics()
        );
        (format!("programmes/programme-{number}"), self.title(5), fields)
    }

    pub(super) fn guidance(&mut self, number: usize) -> (String, String, String) {
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

    pub(super) fn glossary(&mut self, number: usize) -> (String, String, String) {
        self.sources = self.some_sources(1);
        // Words of the bodies, so that they are explained there.
        let title = self.words[60 + number * 7 % (self.words.len() - 60)];
        let fields = format!("short: {}\nsynonyms: [{}]\n", self.sentence(10, 25), self.phrase(2));
        (format!("glossary/term-{number}"), format!("\"{title}\""), fields)
    }

    pub(super) fn event(&mut self, number: usize) -> (String, String, String) {
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

    pub(super) fn statistic(&mut self, number: usize) -> (String, String, String) {
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

    pub(super) fn recommendation(&mut self, number: usize) -> (String, String, String) {
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
    pub(super) fn report(&mut self, number: usize) -> (String, String, String) {
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

    pub(super) fn case_study(&mut self, number: usize) -> (String, String, String) {
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

    pub(super) fn write_sources(&mut self, text: &mut String) {
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
}

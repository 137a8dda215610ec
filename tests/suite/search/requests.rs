//! Random requests of every form, the same in every run.

use casebook_reader::search::Request;

use super::library::Searched;

/// Random numbers from a seed: xorshift.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// A number under `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A word of two to four syllables.
    pub fn word(&mut self) -> String {
        let syllables = ["ba", "co", "der", "fi", "gon", "ing", "lu", "ment", "ra", "sto", "ti", "ven", "al"];
        (0..self.below(3) + 2).map(|_| *self.pick(&syllables)).collect()
    }

    /// A name of two words.
    pub fn name(&mut self) -> String {
        format!("{} {}", self.word(), self.word())
    }

    /// One of `words`; the first ones far more often than the last.
    pub fn common<'a>(&mut self, words: &'a [String]) -> &'a str {
        let share = self.below(1_000_000) as f64 / 1_000_000.0;
        let at = ((words.len() as f64).powf(share) - 1.0) as usize;
        &words[at.min(words.len() - 1)]
    }

    /// A sentence.
    pub fn text(&mut self, words: &[String], length: usize) -> String {
        let joins = [" ", " ", " ", " ", " the ", " of ", "-", ", "];
        let mut out = String::new();
        for _ in 0..length {
            out.push_str(self.common(words));
            let join: &str = self.pick::<&str>(&joins);
            out.push_str(join);
        }
        out.trim_end_matches([' ', ',', '-']).to_owned() + "."
    }
}

/// A request for the order of all results, its form by `number`.
pub fn request(searched: &Searched, random: &mut Random, number: usize) -> Request {
    let mut request = Request { size: 0, ranking: true, ..Request::default() };
    let word = |random: &mut Random| one_word(searched, random);
    request.text = match number % 12 {
        0 => word(random),
        1 => format!("{} {}", word(random), word(random)),
        2 => format!("{} {} {}", word(random), word(random), word(random)),
        3 => format!("\"{}\"", passage(searched, random)),
        4 => format!("{} \"{}\"", word(random), passage(searched, random)),
        5 => format!("{} OR {} {}", word(random), word(random), word(random)),
        6 => format!("{} -{}", word(random), word(random)),
        7 => format!("{} {}", field(searched, random), word(random)),
        8 => {
            request.typing = true;
            let last = word(random);
            let kept = random.below(last.chars().count()) + 1;
            format!("{} {}", word(random), last.chars().take(kept).collect::<String>())
        }
        9 => mistake(&word(random), random),
        10 => format!(
            "{} -\"{}\" OR {} -{}",
            word(random),
            passage(searched, random),
            word(random),
            field(searched, random)
        ),
        _ => passage(searched, random),
    };
    request.synonyms = random.below(4) > 0;
    if random.below(4) == 0 {
        request.chosen = chosen(searched, random);
    }
    request
}

/// A word of some document, as written.
pub fn one_word(searched: &Searched, random: &mut Random) -> String {
    for _ in 0..50 {
        let document = random.pick(&searched.documents);
        let fields = document.fields();
        let field = random.pick(&fields);
        if field.is_empty() {
            continue;
        }
        let words: Vec<&str> = random.pick(field).split_whitespace().collect();
        if !words.is_empty() {
            let word = random.pick(&words).trim_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                return word.to_owned();
            }
        }
    }
    "council".to_owned()
}

/// Two to five words that stand one after the other.
fn passage(searched: &Searched, random: &mut Random) -> String {
    let document = random.pick(&searched.documents);
    let texts: Vec<&str> = document.fields().into_iter().flatten().collect();
    let words: Vec<&str> = random.pick(&texts).split_whitespace().collect();
    let from = random.below(words.len());
    let length = random.below(4) + 2;
    words[from..words.len().min(from + length)].join(" ").replace(['"', '“', '”'], "")
}

fn field(searched: &Searched, random: &mut Random) -> String {
    let document = random.pick(&searched.documents);
    let facets: Vec<_> = document.facets.iter().filter(|(_, values)| !values.is_empty()).collect();
    let (facet, values) = random.pick(&facets);
    match facet.as_str() {
        "year" => {
            let year: usize = values[0].parse().unwrap();
            format!("year:{}..{}", year - random.below(3), year + random.below(3))
        }
        _ => format!("{facet}:{}", random.pick(values)),
    }
}

/// Up to three facets with up to three values each.
pub fn chosen(searched: &Searched, random: &mut Random) -> Vec<(String, Vec<String>)> {
    let mut chosen: Vec<(String, Vec<String>)> = Vec::new();
    for _ in 0..random.below(3) + 1 {
        let document = random.pick(&searched.documents);
        let facets: Vec<_> = document.facets.iter().filter(|(_, values)| !values.is_empty()).collect();
        let (facet, values) = random.pick(&facets);
        let value = random.pick(values).clone();
        match chosen.iter_mut().find(|(name, _)| name == *facet) {
            Some((_, values)) if !values.contains(&value) => values.push(value),
            Some(_) => {}
            None => chosen.push(((*facet).clone(), vec![value])),
        }
    }
    chosen
}

/// `word` with one letter too many, too few, wrong, or two exchanged.
pub fn mistake(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len());
    match random.below(4) {
        0 => letters.insert(at, 'q'),
        1 => drop(letters.remove(at)),
        2 => letters[at] = 'z',
        _ if letters.len() > 1 => {
            let at = at.min(letters.len() - 2);
            letters.swap(at, at + 1);
        }
        _ => {}
    }
    letters.into_iter().collect()
}

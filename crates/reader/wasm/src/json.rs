//! Answers as JSON. Numbers are whole, so that nothing of the formatting of floats is compiled.

use casebook_reader::format::entry::{Column, Entry};
use casebook_reader::search::{Count, Counts, Hit, Notes, Piece};
use casebook_reader::{Damaged, Results};

/// JSON that grows.
#[derive(Default)]
struct Json(Vec<u8>);

impl Json {
    fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A comma, unless something begins here.
    fn next(&mut self) {
        if !matches!(self.0.last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(b',');
        }
    }

    fn string(&mut self, text: &str) {
        self.next();
        self.0.push(b'"');
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.0.extend_from_slice(&[b'\\', byte]),
                0..0x20 => {
                    self.raw("\\u00");
                    for digit in [byte >> 4, byte & 15] {
                        self.0.push(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
                    }
                }
                _ => self.0.push(byte),
            }
        }
        self.0.push(b'"');
    }

    fn name(&mut self, name: &str) {
        self.string(name);
        self.0.push(b':');
    }

    fn text(&mut self, name: &str, text: &str) {
        self.name(name);
        self.string(text);
    }

    fn number(&mut self, name: &str, number: u32) {
        self.name(name);
        let start = self.0.len();
        let mut left = number;
        loop {
            self.0.push(b'0' + (left % 10) as u8);
            left /= 10;
            if left == 0 {
                break;
            }
        }
        if let Some(digits) = self.0.get_mut(start..) {
            digits.reverse();
        }
    }

    fn truth(&mut self, name: &str, value: bool) {
        self.name(name);
        self.raw(if value { "true" } else { "false" });
    }

    fn object(&mut self, fill: impl FnOnce(&mut Self)) {
        self.next();
        self.raw("{");
        fill(self);
        self.raw("}");
    }

    fn list<T>(&mut self, name: &str, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.name(name);
        self.raw("[");
        items.iter().for_each(|item| each(self, item));
        self.raw("]");
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        self.list(name, texts, |json, text| json.string(text));
    }
}

fn whole(fill: impl FnOnce(&mut Json)) -> Vec<u8> {
    let mut json = Json::default();
    json.object(fill);
    json.0
}

/// These files are needed.
pub fn need(names: &[String]) -> Vec<u8> {
    whole(|json| json.texts("need", names))
}

/// A file is damaged.
pub fn damaged(damaged: &Damaged) -> Vec<u8> {
    whole(|json| {
        json.text("damaged", &damaged.file);
        json.text("what", damaged.what);
    })
}

/// What an index has.
pub fn opened(entry: &Entry) -> Vec<u8> {
    let column = |json: &mut Json, column: &Column| {
        json.object(|json| {
            json.text("name", &column.name);
            json.text("label", &column.label);
        });
    };
    whole(|json| {
        json.number("documents", entry.documents);
        json.list("facets", &entry.facets, column);
        json.list("sortings", &entry.sortings, column);
    })
}

/// What was found.
pub fn results(results: &Results) -> Vec<u8> {
    whole(|json| {
        json.number("total", results.total as u32);
        json.list("results", &results.hits, hit);
        json.list("facets", &results.facets, counts);
        notes(json, &results.notes);
    })
}

fn hit(json: &mut Json, hit: &Hit) {
    json.object(|json| {
        json.number("document", hit.document);
        json.number("score_bits", hit.score.to_bits());
        let text = &hit.text;
        for (name, value) in [
            ("path", &text.path),
            ("title", &text.title),
            ("kind", &text.kind),
            ("lang", &text.lang),
            ("updated", &text.updated),
            ("councils", &text.councils),
            ("summary", &text.summary),
        ] {
            json.text(name, value);
        }
        json.name("section");
        json.object(|json| {
            json.text("heading", &hit.excerpt.heading);
            json.text("anchor", &hit.excerpt.anchor);
        });
        json.list("marked_title", &hit.excerpt.title, piece);
        json.list("excerpt", &hit.excerpt.pieces, piece);
    });
}

fn piece(json: &mut Json, piece: &Piece) {
    json.object(|json| {
        json.text("text", &piece.text);
        json.truth("marked", piece.marked);
    });
}

fn counts(json: &mut Json, counts: &Counts) {
    let count = |json: &mut Json, count: &Count| {
        json.object(|json| {
            json.text("value", &count.name);
            json.text("label", &count.label);
            json.number("count", count.count);
            json.truth("chosen", count.chosen);
        });
    };
    json.object(|json| {
        json.text("facet", &counts.name);
        json.text("label", &counts.label);
        json.list("values", &counts.values, count);
    });
}

fn notes(json: &mut Json, notes: &Notes) {
    json.texts("also", &notes.also);
    json.list("corrected", &notes.corrected, |json, (typed, meant)| {
        json.object(|json| {
            json.text("typed", typed);
            json.texts("meant", meant);
        });
    });
    json.texts("unknown", &notes.unknown);
    json.list("unknown_values", &notes.unknown_values, |json, (facet, value)| {
        json.object(|json| {
            json.text("facet", facet);
            json.text("value", value);
        });
    });
    json.name("fewer");
    match notes.fewer {
        Some((least, all)) => json.object(|json| {
            json.number("at_least", least as u32);
            json.number("of", all as u32);
            json.number("complete", notes.complete as u32);
        }),
        None => json.raw("null"),
    }
    json.truth("passed_over", notes.passed_over);
}

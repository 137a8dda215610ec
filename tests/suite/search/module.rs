//! The module that pages load answers as the reader does that it was compiled from.

use std::io::Write;
use std::process::{Command, Stdio};

use camino::Utf8Path;
use casebook_reader::search::{Request, Results};
use serde_json::Value as Json;

use super::library::{Searched, generated, large, shipped};
use super::requests::{Random, chosen, request};

#[allow(dead_code)]
#[path = "../../../crates/reader/wasm/src/json.rs"]
mod json;

fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn it_is_compiled_from_these_sources() {
    let ran = Command::new("crates/reader/build-wasm").arg("--check").current_dir(root()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn it_is_small() {
    let module = std::fs::read(root().join("themes/default/assets/reader.wasm")).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&module).unwrap();
    let size = encoder.finish().unwrap().len();
    assert!(size <= 45_000, "{size} bytes");
}

/// `request` as the module reads it.
fn lines(request: &Request) -> String {
    let mut lines =
        vec![format!("text={}", request.text.replace('\n', " ")), format!("size={}", request.size)];
    lines.push(format!("typing={}\nsynonyms={}", u8::from(request.typing), u8::from(request.synonyms)));
    let chosen = request.chosen.iter().flat_map(|(facet, values)| values.iter().map(move |v| (facet, v)));
    lines.extend(chosen.map(|(facet, value)| format!("choose={facet}={value}")));
    lines.extend(request.counts.iter().map(|facet| format!("count={facet}")));
    lines.extend(request.sort.iter().map(|name| format!("sort={name}")));
    lines.push(format!("from={}", request.from));
    lines.join("\n")
}

/// What the module answers to each request, from the files in `folder`.
fn asked(folder: &Utf8Path, requests: &[String]) -> Vec<Json> {
    let mut node = Command::new("node")
        .args([root().join("tests/reader/ask.mjs"), root().join("themes/default/assets/reader.wasm")])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node runs the module that pages load; the README says which version");
    let mut input = node.stdin.take().unwrap();
    for request in requests {
        writeln!(input, "{}", Json::from(request.as_str())).unwrap();
    }
    drop(input);
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    let answers: Vec<Json> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(answers.len(), requests.len());
    answers
}

fn write(searched: &Searched, folder: &Utf8Path) {
    for (name, bytes) in &searched.files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Takes the scores out of an answer.
fn scores(answer: &mut Json) -> Vec<f32> {
    let hits = answer["results"].as_array_mut().unwrap().iter_mut();
    hits.map(|hit| f32::from_bits(hit["score_bits"].take().as_u64().unwrap() as u32)).collect()
}

fn compare(searched: &Searched, seed: u64, count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(folder.path()).unwrap();
    write(searched, folder);
    let mut random = Random::new(seed);
    let names: Vec<String> = searched.reader.entry().facets.iter().map(|facet| facet.name.clone()).collect();
    let requests: Vec<Request> = (0..count)
        .map(|number| {
            let mut request = request(searched, &mut random, number);
            request.size = random.below(12);
            if number % 7 == 0 {
                request.chosen = chosen(searched, &mut random);
                request.counts = names.clone();
            }
            if number % 11 == 0 {
                request.sort = Some("newest".to_owned());
            }
            request
        })
        .collect();
    let lines: Vec<String> = requests.iter().map(lines).collect();
    for (request, mut answer) in requests.iter().zip(asked(folder, &lines)) {
        let results: Results = searched.ask(request);
        let mut expected: Json = serde_json::from_slice(&json::results(&results)).unwrap();
        let mut answer = answer["answer"].take();
        for (right, found) in scores(&mut expected).into_iter().zip(scores(&mut answer)) {
            assert!((right - found).abs() <= 1e-5 * right.abs(), "{found} is not {right}: {request:?}");
        }
        assert_eq!(answer, expected, "{request:?}");
        // And that is what the results say.
        assert_eq!(answer["total"], results.total);
        for (hit, found) in results.hits.iter().zip(answer["results"].as_array().unwrap()) {
            assert_eq!(
                (&found["document"], &found["title"]),
                (&hit.document.into(), &hit.text.title.clone().into())
            );
            let pieces = found["excerpt"].as_array().unwrap().iter();
            let words: String = pieces.map(|piece| piece["text"].as_str().unwrap()).collect();
            assert_eq!(words, hit.excerpt.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>());
        }
    }
}

#[test]
fn it_finds_in_the_shipped_library_what_the_reader_finds() {
    compare(shipped(), 21, 400);
}

#[test]
fn it_finds_in_a_generated_library_what_the_reader_finds() {
    compare(generated(), 22, 200);
}

#[test]
fn it_finds_in_ten_thousand_documents_what_the_reader_finds() {
    compare(large(), 24, 100);
}

#[test]
fn it_says_which_file_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(folder.path()).unwrap();
    write(generated(), folder);
    let request = "text=council".to_owned();
    let fine = asked(folder, std::slice::from_ref(&request)).remove(0);
    let block = fine["rounds"][1][0].as_str().unwrap();
    let mut bytes = generated().files[block].clone();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(folder.join(block), bytes).unwrap();
    let damaged = asked(folder, &[request]).remove(0);
    assert_eq!(damaged["answer"]["damaged"], block);
    std::fs::write(folder.join("entry.bin"), "not an index").unwrap();
    let broken = asked(folder, &["text=".to_owned()]).remove(0);
    assert_eq!(broken["answer"]["damaged"], "entry.bin");
}

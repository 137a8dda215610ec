//! Requests, as lines.

use casebook_reader::Request;

/// Reads lines of `name=value`. What is unknown is passed over.
pub fn read(text: &str) -> Request {
    let mut request = Request::default();
    for line in text.split('\n') {
        let Some((name, value)) = line.split_once('=') else { continue };
        match name {
            "text" => value.clone_into(&mut request.text),
            "typing" => request.typing = value == "1",
            "synonyms" => request.synonyms = value != "0",
            "choose" => {
                if let Some((facet, value)) = value.split_once('=') {
                    choose(&mut request.chosen, facet, value);
                }
            }
            "count" => request.counts.push(value.to_owned()),
            "sort" if !value.is_empty() => request.sort = Some(value.to_owned()),
            "from" => request.from = value.parse().unwrap_or(request.from),
            "size" => request.size = value.parse().unwrap_or(request.size),
            _ => {}
        }
    }
    request
}

fn choose(chosen: &mut Vec<(String, Vec<String>)>, facet: &str, value: &str) {
    match chosen.iter_mut().find(|(name, _)| name == facet) {
        Some((_, values)) => values.push(value.to_owned()),
        None => chosen.push((facet.to_owned(), vec![value.to_owned()])),
    }
}

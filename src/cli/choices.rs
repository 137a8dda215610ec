//! The facets, values and sortings that arguments name, as forgiving as a query is.

use casebook_reader::analyse::fold;
use casebook_reader::format::entry::Column;
use casebook_reader::query::Query;
use casebook_reader::query::syntax::is_quote;
use casebook_reader::search::{Counts, Request, Results};

use super::output::Failure;
use crate::diagnostics::nearest;

/// Answers a request.
type Answer<'a> = dyn FnMut(&Request) -> Result<Results, Failure> + 'a;

/// The name of one of `columns` as the index has it, whatever its capitals and accents.
///
/// # Errors
/// Where there is none: a slip of the pen would otherwise look like an answer.
pub fn name(what: &str, written: &str, columns: &[Column]) -> Result<String, Failure> {
    let folded = fold(written);
    let names = columns.iter().map(|column| column.name.as_str());
    let found = names.clone().find(|name| *name == folded);
    found.map(str::to_owned).ok_or_else(|| unknown(what, written, names, None))
}

/// The values of facets that `chosen` stands for, by facet. A value is written as in a query: its
/// name, its label, a part of its name, several with commas between, a range of numbers.
///
/// # Errors
/// Where there is no such facet, or it has no such value.
pub fn values(
    chosen: &[(String, String)],
    facets: &[Column],
    answer: &mut Answer<'_>,
) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for (facet, written) in chosen {
        let facet = name("facet", facet, facets)?;
        let values = meant(&facet, written, answer)?;
        match out.iter_mut().find(|(name, _)| *name == facet) {
            Some((_, all)) => all.extend(values),
            None => out.push((facet, values)),
        }
    }
    Ok(out)
}

fn meant(facet: &str, written: &str, answer: &mut Answer<'_>) -> Result<Vec<String>, Failure> {
    let (whole, counts) = matching(facet, written, answer)?;
    // A label may have a comma in it; what only has a label in it is several values.
    let is_label = || {
        let mut values = counts.iter().flat_map(|counts| &counts.values);
        values.any(|value| fold(&value.label) == fold(written))
    };
    if !whole.is_empty() && (!written.contains(',') || is_label()) {
        return Ok(whole);
    }
    let mut out = Vec::new();
    let parts: Vec<&str> = written.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        let example =
            format!("write {facet}=VALUE; `casebook search --count {facet} --limit 0` lists what there is");
        return Err(Failure::new(format!("`{facet}=` names no value")).help(example));
    }
    for part in parts {
        let (values, counts) = matching(facet, part, answer)?;
        if values.is_empty() {
            let all = || counts.iter().flat_map(|counts| &counts.values);
            let label = nearest(part, all().map(|value| value.label.as_str()));
            let labelled = all().find(|value| Some(value.label.as_str()) == label);
            let names = all().map(|value| value.name.as_str());
            return Err(unknown("value", part, names, labelled.map(|value| value.name.as_str())));
        }
        out.extend(values);
    }
    Ok(out)
}

/// The values that a query for `written` in `facet` finds, and all those there are. The reader itself
/// is asked, so that both mean the same.
fn matching(
    facet: &str,
    written: &str,
    answer: &mut Answer<'_>,
) -> Result<(Vec<String>, Option<Counts>), Failure> {
    // In quotation marks spaces and commas belong to the value.
    let text = format!("{facet}:\"{}\"", unquoted(written));
    let request = Request { text, counts: vec![facet.to_owned()], size: 0, ..Request::default() };
    let results = answer(&request)?;
    let values = match results.query {
        Query::Filter(_, values) => values,
        _ => Vec::new(),
    };
    Ok((values, results.facets.into_iter().next()))
}

/// `text` without quotation marks, which would end the value.
fn unquoted(text: &str) -> String {
    text.chars().filter(|character| !is_quote(*character)).collect()
}

fn unknown<'a>(
    what: &str,
    written: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    labelled: Option<&str>,
) -> Failure {
    let listed = format!("there are: {}", names.clone().collect::<Vec<_>>().join(", "));
    let near = nearest(written, names).or(labelled);
    let help = near.map_or(listed.clone(), |near| format!("did you mean `{near}`? {listed}"));
    Failure::new(format!("there is no {what} `{written}`")).help(help)
}

//! `casebook search`: the results that the browser shows, in the terminal.

use camino::{Utf8Path, Utf8PathBuf};
use casebook_reader::format::ENTRY;
use casebook_reader::format::entry::Entry;
use casebook_reader::format::texts::Text;
use casebook_reader::rank::Share;
use casebook_reader::search::{Counts, Hit, Notes, Piece, Request, Results, answer};
use clap::Args;
use jiff::civil;
use serde_json::{Value as Json, json};

use super::output::{Failure, Outcome, colour, counted, note};
use super::{Exit, Format, build, choices, no_site, not_built, output};
use crate::diagnostics::{Level, mask_path};
use crate::discover::CONTENT;
use crate::disk::Disk;
use crate::index;
use crate::pipeline::{self, Options};
use crate::write::Artifacts;

/// The arguments of `casebook search`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook search county lines recording
  casebook search '\"car wash\" -restaurant council:southwark year:2018..2021'
  casebook search procurement --choose type=case-study --choose year=2018..2021 --sort newest
  casebook search --count council --limit 0
  casebook search nrm --explain
  casebook search nrm --built public --format json

What can be asked: words, \"phrases\", -excluded, one OR other (in capitals), field:value,
year:2018..2021.

What --sort sorts by:
  newest    when it began, was made, held or published (a report that does not say: when it was
            approved, its period's end, the year in its title); one of these without a date comes
            last; what has no such date by its kind, as a topic, goes by its last change
  adopted   how many councils have taken it up
  reviewed  when it was last held against its sources; else the page's last change

--format json prints one document: version (1), total, results, facets, and what is to be said
of the query.

Exit codes: 0 something was found, 1 nothing was found, 2 could not run.")]
pub struct SearchArgs {
    /// What to look for
    query: Vec<String>,
    /// The site's folder, with site.toml in it
    #[arg(long, default_value = ".")]
    root: Utf8PathBuf,
    /// Search the site that was built in this folder, instead of building its index now
    #[arg(long, value_name = "DIR")]
    built: Option<Utf8PathBuf>,
    /// Show only documents with this value of a facet, written as in a query: a part of its name, a
    /// label, several with commas, a range of years. Given again for the same facet, either value will do
    #[arg(long, value_name = "FACET=VALUE", value_parser = pair)]
    choose: Vec<(String, String)>,
    /// Show how many results each value of a facet has
    #[arg(long, value_name = "FACET")]
    count: Vec<String>,
    /// Sort by newest, adopted or reviewed, as told below [default: by relevance]
    #[arg(long, value_name = "NAME")]
    sort: Option<String>,
    /// How many results to show
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// How many results to pass over
    #[arg(long, default_value_t = 0)]
    skip: usize,
    /// Search for these words alone, not for others that mean the same
    #[arg(long)]
    no_synonyms: bool,
    /// Show what makes up each score
    #[arg(long)]
    explain: bool,
    /// How to print results
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The day of the build, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    today: Option<civil::Date>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').ok_or("write FACET=VALUE, such as council=islington")?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

impl SearchArgs {
    /// How results are printed.
    pub fn format(&self) -> Format {
        self.format
    }
}

/// `casebook search`.
pub fn run(args: &SearchArgs) -> Outcome {
    let mut read = Vec::new();
    let mut left_out = Vec::new();
    let results = match &args.built {
        Some(folder) => ask(folder, args, &mut read, &|name| std::fs::read(folder.join(name)).ok())?,
        None => {
            let files;
            (files, left_out) = published(args)?;
            let index = Utf8Path::new("the index");
            ask(index, args, &mut read, &|name| files.get(name).map(<[u8]>::to_vec))?
        }
    };
    if !left_out.is_empty() {
        let documents = counted(left_out.len(), "document", "documents");
        note(&format!("Left out: {documents} with errors; `casebook check` tells of them."));
    }
    if args.explain {
        let bytes: usize = read.iter().sum();
        note(&format!("Read {} of the index, {bytes} bytes.", counted(read.len(), "file", "files")));
    }
    output::result(&match args.format {
        Format::Json => format!("{:#}\n", as_json(&results, &left_out, args.explain)),
        Format::Human => as_text(&results, args),
    })?;
    Ok(if results.total == 0 { Exit::Findings } else { Exit::Fine })
}

/// The files of the site, as they would be published, and the documents that have errors and are
/// not among them.
fn published(args: &SearchArgs) -> Result<(Artifacts, Vec<String>), Failure> {
    let today = build::today(args.today)?;
    let options = Options { today, drafts: false, base_url: None };
    let built = pipeline::build(&Disk::new(&args.root), &options, &|_| {}).map_err(|error| match error {
        pipeline::Error::NoSettings => no_site(&args.root).help(
            "name the site's folder with --root, or with --built the folder that a site was built in; \
             `casebook new site DIR` starts a site",
        ),
        error => not_built(&args.root, &error),
    })?;
    let wrong = built.diagnostics.iter().filter(|finding| finding.level == Level::Error);
    let paths = wrong.map(|finding| finding.primary.location.source.path());
    let documents = paths.filter(|path| path.starts_with(CONTENT) && path.extension() == Some("md"));
    let mut left_out: Vec<String> = documents.map(mask_path).collect();
    left_out.dedup();
    Ok((built.artifacts, left_out))
}

/// Answers what `args` ask from what `file` gives of `place`, and notes the size of each file in `read`.
fn ask(
    place: &Utf8Path,
    args: &SearchArgs,
    read: &mut Vec<usize>,
    file: &dyn Fn(&Utf8Path) -> Option<Vec<u8>>,
) -> Result<Results, Failure> {
    let failed = |what: &str| {
        Failure::new(format!("{place} cannot be searched: {what}"))
            .help("build the site with `casebook build`")
    };
    let stored = |name: &str| file(Utf8Path::new(index::address(name).trim_start_matches('/')));
    let mut inflater = index::Inflater::default();
    let mut fetch = |name: &str, read: &mut Vec<usize>| {
        let bytes = stored(name)?;
        read.push(bytes.len());
        inflater.inflate(name, &bytes).ok()
    };
    let entry = fetch(ENTRY, read).ok_or_else(|| failed("it has no search index"))?;
    let known = Entry::decode(&entry).map_err(|damaged| failed(&damaged.to_string()))?;
    let mut ask = |request: &Request, read: &mut Vec<usize>| {
        answer(&entry, request, |name| fetch(name, read)).map_err(|damaged| failed(&damaged.to_string()))
    };
    let facet = |name: &String| choices::name("facet", name, &known.facets);
    let sorting = |name: &String| choices::name("sorting", name, &known.sortings);
    let request = Request {
        text: args.query.join(" "),
        synonyms: !args.no_synonyms,
        // What that reads is none of what the search itself costs.
        chosen: choices::values(&args.choose, &known.facets, &mut |request| ask(request, &mut Vec::new()))?,
        counts: args.count.iter().map(facet).collect::<Result<_, _>>()?,
        sort: args.sort.as_ref().map(sorting).transpose()?,
        from: args.skip,
        size: args.limit,
        explain: args.explain,
        ..Request::default()
    };
    ask(&request, read)
}

fn as_text(results: &Results, args: &SearchArgs) -> String {
    say(&results.notes);
    if args.explain && !results.hits.is_empty() {
        note(EXPLAINED);
    }
    let mut out = String::new();
    let marks = if colour() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let words = |pieces: &[Piece]| -> String {
        let piece =
            |p: &Piece| if p.marked { format!("{}{}{}", marks.0, p.text, marks.1) } else { p.text.clone() };
        // Blocks of the page follow each other on one line here.
        pieces.iter().map(piece).collect::<String>().replace('\n', " ")
    };
    for (number, hit) in results.hits.iter().enumerate() {
        let anchor =
            if hit.excerpt.anchor.is_empty() { String::new() } else { format!("#{}", hit.excerpt.anchor) };
        let Text { kind, councils, .. } = &hit.text;
        let kind = if councils.is_empty() { kind.clone() } else { format!("{kind}, {councils}") };
        out.push_str(&format!(
            "{:>3}. {} ({kind})\n     {}{anchor}\n     {}\n",
            args.skip + number + 1,
            words(&hit.excerpt.title),
            hit.text.path,
            words(&hit.excerpt.pieces),
        ));
        if args.explain {
            out.push_str(&format!("     score {:.4}\n", hit.score));
            hit.shares.iter().for_each(|share| out.push_str(&told(share)));
        }
    }
    for counts in &results.facets {
        out.push_str(&format!("\n{}\n", counts.label));
        for value in counts.values.iter().filter(|value| value.count > 0) {
            out.push_str(&format!("  {:>6}  {} ({})\n", value.count, value.label, value.name));
        }
    }
    note(&format!("{}.", counted(results.total, "result", "results")));
    out
}

/// What stands in the lines below the score of a result.
const EXPLAINED: &str = "\
Each line below a score: what a word adds to it, the word (without its ending), the part of the page, how often it \
stands there among how many words, its rarity in the library, and its weight (that of the part under [search] in \
site.toml; less for a name that means the same).";

fn told(share: &Share) -> String {
    format!(
        "       {:.4}  {} in {}: {} of {} words, rarity {:.3}, weight {}\n",
        share.score, share.term, share.field, share.frequency, share.length, share.idf, share.weight
    )
}

/// Says what was searched for beside or instead of what was asked.
fn say(notes: &Notes) {
    if !notes.also.is_empty() {
        note(&format!("Also searching for {}.", notes.also.join(", ")));
    }
    for (typed, meant) in &notes.corrected {
        note(&format!("Nothing has “{typed}”; searching for {}.", meant.join(", ")));
    }
    for word in &notes.unknown {
        note(&format!("Nothing has “{word}”, or a word like it."));
    }
    for (facet, value) in &notes.unknown_values {
        note(&format!("No document has {facet}:{value}."));
    }
    if notes.passed_over {
        note("Nothing in it can be searched for: these are all documents.");
    }
    if let Some((least, all)) = notes.fewer {
        let parts = format!("at least {least} of {all} parts");
        note(&match notes.complete {
            0 => format!("None of these has all of it; they have {parts}."),
            1 => format!("The first has all of it; the others have {parts}."),
            few => format!("The first {few} have all of it; the others have {parts}."),
        });
    }
}

fn as_json(results: &Results, left_out: &[String], explain: bool) -> Json {
    let notes = &results.notes;
    json!({
        "version": 1,
        "total": results.total,
        "results": results.hits.iter().map(|hit| hit_json(hit, explain)).collect::<Vec<_>>(),
        "facets": results.facets.iter().map(counts_json).collect::<Vec<_>>(),
        "also": notes.also,
        "corrected": notes.corrected.iter().map(|(typed, meant)| json!({"typed": typed, "meant": meant})).collect::<Vec<_>>(),
        "unknown": notes.unknown,
        "left_out": left_out,
        "unknown_values": notes.unknown_values.iter().map(|(facet, value)| json!({"facet": facet, "value": value})).collect::<Vec<_>>(),
        "fewer": notes.fewer.map(|(least, all)| json!({"at_least": least, "of": all, "complete": notes.complete})),
        "passed_over": notes.passed_over,
    })
}

fn hit_json(hit: &Hit, explain: bool) -> Json {
    let pieces = |pieces: &[Piece]| -> Vec<Json> {
        pieces.iter().map(|piece| json!({"text": piece.text, "marked": piece.marked})).collect()
    };
    let mut out = json!({
        "path": hit.text.path,
        "title": hit.text.title,
        "kind": hit.text.kind,
        "lang": hit.text.lang,
        "updated": hit.text.updated,
        "councils": hit.text.councils,
        "summary": hit.text.summary,
        "score": hit.score,
        "section": {"heading": hit.excerpt.heading, "anchor": hit.excerpt.anchor},
        "excerpt": pieces(&hit.excerpt.pieces),
    });
    if let (true, Some(fields)) = (explain, out.as_object_mut()) {
        let shares = hit.shares.iter().map(|share| {
            json!({"term": share.term, "field": share.field, "frequency": share.frequency,
                "length": share.length, "idf": share.idf, "weight": share.weight, "score": share.score})
        });
        fields.insert("shares".to_owned(), shares.collect());
    }
    out
}

fn counts_json(counts: &Counts) -> Json {
    let values = counts.values.iter().map(|value| {
        json!({"value": value.name, "label": value.label, "count": value.count, "chosen": value.chosen})
    });
    json!({"facet": counts.name, "label": counts.label, "values": values.collect::<Vec<_>>()})
}

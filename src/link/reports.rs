//! `overlap`, `report-gap` and `report-overdue`: the annual reports of a council, one after the other.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil};

use super::Known;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::RecordDraft;
use crate::model::date::{Date, in_words};
use crate::model::practice::{AnnualReportDraft, ReportKind};
use crate::rules::Checked;

/// A report and the time that it covers.
struct Covered<'a> {
    document: &'a Checked,
    report: &'a AnnualReportDraft,
    first: civil::Date,
    last: civil::Date,
    surely_first: civil::Date,
    surely_last: civil::Date,
}

pub(super) fn check(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for reports in by_council(known).values() {
        for (at, later) in reports.iter().enumerate() {
            findings.extend(reports.get(..at).and_then(|before| against(before, later)));
        }
    }
    findings.extend(known.documents.iter().filter_map(|document| overdue(known, document)));
    findings
}

/// The reports of each council that say which time they cover, earliest first.
fn by_council<'a>(known: &'a Known<'_>) -> BTreeMap<&'a str, Vec<Covered<'a>>> {
    let mut councils: BTreeMap<&str, Vec<Covered<'_>>> = BTreeMap::new();
    let originals = known.documents.iter().filter(|document| document.common.translation_of.is_none());
    for document in originals.filter(|document| known.is_published(document)) {
        let RecordDraft::AnnualReport(report) = &document.record else { continue };
        let (Some(council), Some(start), Some(end)) =
            (&report.council, report.period_start, report.period_end)
        else {
            continue;
        };
        councils.entry(council.id.as_str()).or_default().push(Covered {
            document,
            report,
            first: start.first(),
            last: end.last(),
            // A year alone may mean any day of it: where periods meet in one, they need not overlap.
            surely_first: start.last(),
            surely_last: end.first(),
        });
    }
    for reports in councils.values_mut() {
        reports.sort_by(|a, b| (a.first, &a.document.id).cmp(&(b.first, &b.document.id)));
    }
    councils
}

/// What is wrong between a report and those that start before it.
fn against(before: &[Covered<'_>], later: &Covered<'_>) -> Option<Diagnostic> {
    let place = later.document.location(&["period_start"]);
    // A Charter report and a statement about the same year are two documents about one time.
    let kinds = |report: &AnnualReportDraft| report.kind.filter(|kind| *kind != ReportKind::Combined);
    let is_apart = |other: &Covered<'_>| matches!((kinds(other.report), kinds(later.report)), (Some(a), Some(b)) if a != b);
    let overlapping =
        before.iter().filter(|other| later.surely_first <= other.surely_last && !is_apart(other));
    if let Some(other) = overlapping.max_by_key(|other| other.last) {
        let message = format!("this report's period overlaps that of `{}`", other.document.id);
        return Some(
            Diagnostic::new(Code::Overlap, &place.source, place.span, message)
                .related(other.document.location(&["period_end"]), "the earlier report goes on until here")
                .help("check both periods; two reports of a council never cover the same day"),
        );
    }
    let last = before.iter().filter(|other| !is_apart(other)).max_by_key(|other| other.last)?;
    let next = last.last.checked_add(1.day()).unwrap_or(last.last);
    (later.first > next).then(|| {
        let message = format!(
            "no report covers the time from {} to {}",
            in_words(next.into()),
            in_words(later.first.checked_sub(1.day()).unwrap_or(later.first).into()),
        );
        Diagnostic::new(Code::ReportGap, &place.source, place.span, message)
            .related(last.document.location(&["period_end"]), "the earlier report ends here")
            .help("add the report in between; where none was published, answer for it with an override")
    })
}

/// A council that says in which month it reports, and has not since the last one but this.
fn overdue(known: &Known<'_>, council: &Checked) -> Option<Diagnostic> {
    let RecordDraft::Council(draft) = &council.record else { return None };
    let month = i8::try_from(draft.report_due_month?.0).ok()?;
    let today = known.options.today;
    let due_in = |year: i16| civil::Date::new(year, month, 1).ok().map(civil::Date::last_of_month);
    let due = due_in(today.year()).filter(|due| *due < today).or_else(|| due_in(today.year() - 1))?;
    let since = due.checked_sub(1.year()).ok()?;
    let adopted = draft.charter.as_ref().and_then(|charter| charter.adopted.or(charter.adopted_by));
    if adopted.is_some_and(|adopted| adopted.last() > since) {
        return None;
    }
    let published = known.documents.iter().filter(|document| known.is_published(document));
    let reports = published.filter_map(|document| match &document.record {
        RecordDraft::AnnualReport(report) => Some(report),
        _ => None,
    });
    let of_council = reports.filter(|report| report.council.as_ref().is_some_and(|c| c.id == council.id));
    let date = |report: &AnnualReportDraft| -> Option<Date> {
        let titled = || i16::try_from(report.titled_year.as_ref()?.0).ok().map(Date::of_year);
        report.published.or(report.approved_on).or(report.period_end).or_else(titled)
    };
    let newest = of_council.filter_map(date).map(Date::last).max();
    if newest.is_some_and(|newest| newest > since) {
        return None;
    }
    let last = newest.map_or_else(
        || "none is in the library".to_owned(),
        |newest| format!("the last one in the library is from {}", newest.year()),
    );
    let place = council.location(&["report_due_month"]);
    let message = format!("a report was due by {}; {last}", in_words(due.into()));
    Some(
        Diagnostic::new(Code::ReportOverdue, &place.source, place.span, message)
            .help("add the report; where none can be found, answer for it with an override"),
    )
}

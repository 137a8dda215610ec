//! A council is in the register of UK councils, with the kind, nation and region that it has there.

use super::Checked;
use crate::diagnostics::{Code, nearest};
use crate::model::RecordDraft;
use crate::model::register;

pub fn check(document: &mut Checked) {
    let RecordDraft::Council(council) = &document.record else { return };
    let Some(gss) = council.gss.as_ref().map(|gss| gss.0.clone()) else { return };
    let Some(authority) = register::find(&gss) else {
        let title = document.common.title.as_ref().map_or("", |title| title.0.as_str());
        let near = register::named(title).map(|a| format!("{} has the code {}", a.name, a.gss));
        document
            .report(Code::InvalidValue, &["gss"], format!("no current council has the code `{gss}`"))
            .help =
            Some(near.unwrap_or_else(|| "look the code up in the register of UK councils".to_owned()));
        return;
    };
    if authority.gss != gss {
        let message =
            format!("{} has the code {} now; `{gss}` is an earlier one", authority.name, authority.gss);
        let diagnostic = document.report(Code::InvalidValue, &["gss"], message);
        *diagnostic = diagnostic.clone().fix(authority.gss.clone());
    }
    if let Some(title) = document.common.title.as_ref().map(|title| title.0.to_lowercase()) {
        let names = [&authority.name, &authority.official_name].map(|name| name.to_lowercase());
        let is_same = |name: &String| {
            title.contains(name) || name.contains(&title) || nearest(&title, [name.as_str()]).is_some()
        };
        let own_language = document.common.lang.is_none();
        if own_language && !names.iter().any(is_same) {
            let message = format!("this is the code of {}, not of the council in the title", authority.name);
            let right = register::named(&title).map(|a| format!("{} has the code {}", a.name, a.gss));
            document.report(Code::FieldsDisagree, &["gss"], message).help = right;
        }
    }
    let RecordDraft::Council(council) = &document.record else { return };
    let facts = [
        ("kind", council.kind.as_ref().map(|t| t.value.clone()), &authority.kind),
        ("nation", council.nation.as_ref().map(|t| t.value.clone()), &authority.nation),
        ("region", council.region.as_ref().map(|t| t.value.clone()), &authority.region),
    ];
    for (field, written, known) in facts {
        if written.as_ref().is_some_and(|written| written != known) {
            let message = format!("the register has `{known}` as the {field} of {}", authority.name);
            let diagnostic = document.report(Code::FieldsDisagree, &[field], message);
            *diagnostic = diagnostic.clone().fix(known.clone());
        }
    }
}

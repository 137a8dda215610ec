//! A document is in one of the site's languages, and a translation says which language it is in.

use super::Checked;
use crate::config::Settings;
use crate::diagnostics::{Code, nearest};

pub fn check(document: &mut Checked, settings: &Settings) {
    let lang = document.common.lang.as_ref().map(|lang| lang.0.clone());
    if let Some(lang) = &lang
        && settings.is_whole
        && !settings.languages.iter().any(|(code, _)| code == lang)
    {
        let codes = settings.languages.iter().map(|(code, _)| code.as_str());
        let near = nearest(lang, codes.clone()).map(str::to_owned);
        let listed = codes.collect::<Vec<_>>().join(", ");
        let diagnostic =
            document.report(Code::InvalidValue, &["lang"], format!("the site has no language `{lang}`"));
        diagnostic.help = Some(format!("its languages are: {listed}; site.toml lists them"));
        if let Some(near) = near {
            *diagnostic = diagnostic.clone().fix(near);
        }
    }
    let translates = document.common.translation_of.is_some();
    if translates && lang.is_none_or(|lang| lang == settings.language()) {
        document
            .report(
                Code::FieldsDisagree,
                &["translation_of"],
                "a translation is in another language than the site's first",
            )
            .help = Some("add `lang`, such as `lang: cy`".to_owned());
    }
}

//! What templates receive. A template looks nothing else up.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::Input;
use super::facts::Fact;
use super::markdown::Entry;
use crate::config::Helpline;
use crate::model::common::Licence;
use crate::model::values::choice_view;

/// The same on every page.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// What it is.
    pub description: String,
    /// The link to the home page.
    pub home: String,
    /// Who publishes it.
    pub publisher: String,
    /// The mailbox of those who keep it.
    pub email: Option<String>,
    /// Where its source is kept.
    pub repository: Option<String>,
    /// The licence of its own words: `value`, `label`.
    pub licence: Json,
    /// The links at the top: `label`, `url`.
    pub navigation: Vec<Link>,
    /// Where to get help: `name`, `run_by`, `phone`, `phone_link`, `website`, `emergency`.
    pub helpline: Option<Json>,
    /// The links to the theme's assets, by their path in the theme.
    pub assets: BTreeMap<String, String>,
    /// The link to the feed of everything.
    pub feed: String,
    /// The link to the page that lists the open data.
    pub data: String,
    /// The link to each list that has documents: `label`, `url`.
    pub lists: Vec<Link>,
}

/// A text that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The text.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// One page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// What it holds, for search engines and shared links.
    pub description: String,
    /// The link to it.
    pub url: String,
    /// Its whole address.
    pub canonical: String,
    /// The code of its language.
    pub lang: String,
    /// What Open Graph calls it: `article` or `website`.
    pub og_type: &'static str,
    /// The same page in other languages: `lang`, `label`, `url`, `canonical`.
    pub alternates: Vec<Alternate>,
    /// The pages above it.
    pub breadcrumbs: Vec<Link>,
    /// Feeds about what it is about: `label`, `url`.
    pub feeds: Vec<Link>,
    /// Linked data about it, ready to stand in a script element.
    pub json_ld: Option<String>,
    /// Whether a reader may need to leave it quickly.
    pub exit: bool,
    /// The day of the build, in words, where the page depends on it.
    pub as_of: Option<String>,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// The code of the language.
    pub lang: String,
    /// Its name, in the language itself.
    pub label: String,
    /// The link to the page.
    pub url: String,
    /// Its whole address.
    pub canonical: String,
}

/// A document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// `case-study`, `council`, …
    pub kind: &'static str,
    /// Its name: the path of its file under the folder of its kind.
    pub id: String,
    /// As readers see the kind.
    pub kind_label: &'static str,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// The day of the last change: `iso`, `text`, `year`.
    pub updated: Json,
    /// Every field of its kind under its name, as the contributor's reference describes it;
    /// references have `title` and `url`, terms `label` and `description`.
    pub fields: Map<String, Json>,
    /// The fields that are set, in order, ready for a list.
    pub facts: Vec<Fact>,
    /// The body as HTML.
    pub body: String,
    /// The headings of its body.
    pub contents: Vec<Contents>,
    /// Glossary terms used in its body, in order: `id`, `title`, `short`, `url`.
    pub terms: Vec<Json>,
    /// Documents that refer to it, by kind.
    pub referrers: Vec<Group>,
    /// How it stands with the council's yearly report, where one is due: `state`, `label`, `due`.
    pub reporting: Option<Json>,
    /// The link to the same as JSON.
    pub data: String,
    /// The address at which a change can be suggested.
    pub edit: Option<String>,
}

/// A heading of the body, with those under it.
#[derive(Debug, Clone, Serialize)]
pub struct Contents {
    /// The words.
    pub text: String,
    /// The anchor.
    pub id: String,
    /// Those under it.
    pub children: Vec<Contents>,
}

impl From<&Entry> for Contents {
    fn from(entry: &Entry) -> Self {
        Self {
            text: entry.text.clone(),
            id: entry.id.clone(),
            children: entry.children.iter().map(Self::from).collect(),
        }
    }
}

/// Documents of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// As readers see several of the kind.
    pub label: &'static str,
    /// Each with `title`, `summary`, `url`, `kind`, `kind_label`, `lang`.
    pub documents: Vec<Json>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// As readers see several of the kind.
    pub label: &'static str,
    /// What the kind is.
    pub intro: &'static str,
    /// How many there are in all.
    pub total: usize,
    /// The number of this page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The link to the page before.
    pub previous: Option<String>,
    /// The link to the page after.
    pub next: Option<String>,
    /// The documents of this page, as in [`Group`].
    pub documents: Vec<Json>,
}

impl Site {
    /// What `input` has to say on every page.
    #[must_use]
    pub fn new(input: &Input<'_>) -> Self {
        let settings = input.settings;
        let base = &settings.base;
        let link = |(label, path): &(String, String)| Link { label: label.clone(), url: base.link(path) };
        let lists = crate::model::Kind::ALL.iter().filter_map(|kind| {
            let path = crate::link::collection(*kind)?;
            input.library.of_kind(*kind).next()?;
            Some(Link { label: kind.plural().to_owned(), url: base.link(&path) })
        });
        let assets = input.theme.asset_addresses().into_iter();
        Self {
            title: settings.title.clone(),
            description: settings.description.clone(),
            home: base.link("/"),
            publisher: settings.publisher.clone(),
            email: settings.email.clone(),
            repository: settings.repository.clone(),
            licence: settings.licence.map_or(Json::Null, licence),
            navigation: settings.navigation.iter().map(link).collect(),
            helpline: settings.helpline.as_ref().map(helpline),
            assets: assets.map(|(path, address)| (path.to_owned(), base.link(address))).collect(),
            feed: base.link(super::feeds::ALL),
            data: base.link(crate::link::DATA),
            lists: lists.collect(),
        }
    }
}

fn licence(licence: Licence) -> Json {
    choice_view(licence.value(), Licence::CHOICES)
}

fn helpline(helpline: &Helpline) -> Json {
    let mut fields = helpline.fields_data();
    for (number, link) in [("phone", "phone_link"), ("emergency", "emergency_link")] {
        let dialled = fields.get(number).and_then(Json::as_str).map(|n| n.replace(' ', ""));
        fields.insert(link.to_owned(), dialled.map(|number| format!("tel:{number}")).into());
    }
    Json::Object(fields)
}

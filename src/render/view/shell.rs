//! What is the same on every page, and what every page says of itself.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Link, view};
use crate::config::Helpline;
use crate::model::common::Licence;
use crate::model::values::choice_view;
use crate::render::{Input, feeds, hexmap, security};

view! {
    /// The same on every page.
    pub struct Site {
        /// The site's name.
        pub title: String,
        /// What it is.
        pub description: String,
        /// The code of its first language.
        pub lang: String,
        /// The link to the home page.
        pub home: String,
        /// Who publishes it.
        pub publisher: String,
        /// The mailbox of those who keep it.
        pub email: Option<String>,
        /// Where its source is kept.
        pub repository: Option<String>,
        /// The licence of its own words: `value`, `label`, `description`.
        pub licence: Json,
        /// The links at the top.
        pub navigation: Vec<Link>,
        /// Where to get help: `name`, `run_by`, `phone`, `phone_link`, `website`, `emergency`,
        /// `emergency_link`.
        pub helpline: Option<Json>,
        /// Where a reader who has to leave at once is led.
        pub exit: Link,
        /// The links to the theme's assets, by their path in the theme.
        pub assets: BTreeMap<String, String>,
        /// The link to the outline of the country that council chips are drawn on; its shape is `#uk`.
        pub outline: String,
        /// The viewBox of the outline, and of every map.
        pub view_box: String,
        /// The Content Security Policy, for the meta element.
        pub csp: String,
        /// The link to the feed of everything.
        pub feed: String,
        /// The link to the page that lists the open data.
        pub data: String,
        /// The link to the page that lists the facets.
        pub browse: String,
        /// The link to the search page.
        pub search: String,
        /// The link to the page of signatories and commitments.
        pub accountability: String,
        /// The link to each list that has documents.
        pub lists: Vec<Link>,
        /// The link to the list of values of each facet.
        pub facets: Vec<Link>,
        /// The link to each page about the site.
        pub about: Vec<Link>,
        /// The link to each page of help and warning signs.
        pub help: Vec<Link>,
    }

    /// What every page says of itself.
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
        /// The same page in other languages.
        pub alternates: Vec<Alternate>,
        /// The pages above it.
        pub breadcrumbs: Vec<Link>,
        /// Feeds about what it is about.
        pub feeds: Vec<Link>,
        /// Linked data about it, ready to stand in a script element.
        pub json_ld: Option<String>,
        /// Whether a reader may need to leave it quickly.
        pub exit: bool,
        /// The day of the build, in words, where the page depends on it.
        pub as_of: Option<String>,
    }

    /// The same page in another language.
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
}

impl Site {
    /// What `input` has to say on every page; `facets`, `about` and `help` are lists of links that
    /// follow from the whole library.
    #[must_use]
    pub fn new(input: &Input<'_>, facets: Vec<Link>, about: Vec<Link>, help: Vec<Link>) -> Self {
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
            lang: settings.language().to_owned(),
            home: base.link("/"),
            publisher: settings.publisher.clone(),
            email: settings.email.clone(),
            repository: settings.repository.clone(),
            licence: settings.licence.map_or(Json::Null, licence),
            navigation: settings.navigation.iter().map(link).collect(),
            helpline: settings.helpline.as_ref().map(helpline),
            exit: Link { label: settings.exit.1.clone(), url: settings.exit.0.clone() },
            assets: assets.map(|(path, address)| (path.to_owned(), base.link(address))).collect(),
            outline: base.link(&hexmap::outline().0),
            view_box: hexmap::view_box(),
            csp: security::meta_policy(),
            feed: base.link(feeds::ALL),
            data: base.link(crate::link::DATA),
            browse: base.link(crate::link::BROWSE),
            search: base.link(crate::link::SEARCH),
            accountability: base.link(crate::link::ACCOUNTABILITY),
            lists: lists.collect(),
            facets,
            about,
            help,
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

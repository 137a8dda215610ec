//! Mailboxes of somebody, rather than of a role.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Kind, characters_beside};

/// Where private people have their mailboxes.
const PRIVATE: &[&str] = &[
    "aol.co.uk",
    "aol.com",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "fastmail.com",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "o2.co.uk",
    "outlook.co.uk",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "rocketmail.com",
    "sky.com",
    "talktalk.net",
    "tiscali.co.uk",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
    "ymail.com",
];

/// Words of mailboxes that have two words and are nobody's.
const ROLES: &str = "\
    abuse access accessibility admin admissions adult adults advice anti antislavery assets assurance \
    asylum audit benefits board borough building bureau business cabinet care central chief child \
    children childrens city cohesion commercial committee comms communications community complaints \
    consultation contact contracts control coordinator corporate council councillors counter counties \
    county crime culture customer data democratic department dept desk development digital directorate \
    disability district diversity do domestic donotreply door duty early east economic economy education \
    elections electoral emergency employment england enquiries enquiry environment environmental \
    equalities equality estates events exploitation families family feedback finance fire first foi \
    forced forum fraud freedom front general gov governance group growth hate health help helpdesk \
    helpline highways home homeless homelessness hotline housing hr hub human inclusion info information \
    initiatives insurance integration integrity intelligence jobs joint justice labour lado lead learning \
    legal libraries library licensing line lines local london mail mailbox main manager marriage mash \
    mayor mayors media members mental migrants migration modern modernslavery ms mshub nationals no \
    noreply north not nrm offending office officer out outreach panel parking partners partnership \
    partnerships people permits pest planning point police policing policy post press prevent prevention \
    privacy procurement programme project projects property protection public quality queries reception \
    records recruitment recycling referral referrals refuge refugee refugees regeneration registrar \
    registrars registration regulatory reply reporting reports request requests rescue research \
    resettlement resilience response revenues review rights risk rough safeguarding safer safety school \
    schools scotland scrutiny secretariat secure security service services sexual single skills slavery \
    sleeping social south staff standards statement statements strategic strategy street students supply \
    support sustainability system tax team town trading trafficking training transparency transport uk \
    unit victim victims violence volunteering vulnerable wales waste web website wellbeing west women \
    work workforce working years young youth";

static SHAPE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([\p{L}0-9._%+'-]+)@([\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+)").ok());

/// The mailboxes in `text`: all of them, or those that are somebody's.
pub(super) fn find(text: &str, all: bool) -> Vec<Found> {
    let mut found = Vec::new();
    for mailbox in SHAPE.iter().flat_map(|shape| shape.captures_iter(text)) {
        let (Some(whole), Some(name), Some(domain)) = (mailbox.get(0), mailbox.get(1), mailbox.get(2)) else {
            continue;
        };
        let span = whole.range().into();
        let domain = domain.as_str().to_lowercase();
        // After one more `@` it is the name of an account.
        let is_account = characters_beside(text, span).0 == Some('@');
        if PRIVATE.contains(&domain.as_str()) {
            found.push(Found { kind: Kind::PrivateMailbox, span });
        } else if all || (!is_account && is_a_persons(name.as_str())) {
            found.push(Found { kind: Kind::Mailbox, span });
        }
    }
    found
}

/// Whether a mailbox is named as people are: first.last, f.last, first_last2.
fn is_a_persons(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = name.split(['.', '_']).collect();
    let is_word =
        |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || "'-".contains(c));
    let has_surname = words.iter().skip(1).any(|word| word.chars().count() >= 2);
    // A surname may be the word of a role, as Home is; a first name beside it is none.
    let is_role = |word: &&str| word.split('-').all(|part| ROLES.split(' ').any(|role| role == part));
    matches!(words.len(), 2 | 3) && words.iter().all(is_word) && has_surname && !words.iter().all(is_role)
}

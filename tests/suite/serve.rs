//! The workshop: edit, break and mend, and see what pages would see.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc;

use camino::{Utf8Path, Utf8PathBuf};
use casebook::serve;
use casebook_reader::search::{Request, answer};
use serde_json::Value as Json;

use crate::support::Site;
use crate::workshop::{PATIENCE, Workshop, options, request};

const FLAG: &str = "content/case-studies/flag.md";
const PAGE: &str = "/case-studies/flag/";

#[test]
fn a_page_is_served_with_the_script_and_the_headers_of_a_careful_host() {
    let workshop = Workshop::open();
    let page = workshop.get(PAGE);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("</article>"), "{}", page.body);
    let name = workshop.events().next()["site"].as_str().unwrap().to_owned();
    assert!(
        page.body
            .contains(&format!("<script src=\"/.casebook/reload.js?site={name}\" type=\"module\"></script>"))
    );
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
    assert!(!policy.replace("'wasm-unsafe-eval'", "").contains("unsafe"), "{policy}");

    let script = workshop.get(&format!("/.casebook/reload.js?site={name}"));
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(!workshop.get("/robots.txt").body.contains("script"), "pages alone have the script");
    assert!(
        !Site::new().page("case-studies/flag/index.html").contains(".casebook"),
        "published pages do not"
    );
}

#[test]
fn addresses_answer_as_on_a_host() {
    let workshop = Workshop::open();
    let folder = workshop.get("/case-studies/flag?from=search");
    assert_eq!((folder.status, folder.header("location")), (301, Some("/case-studies/flag/?from=search")));
    let missing = workshop.get("/case-studies/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("Page not found"));
    assert_eq!(workshop.get("/case-studies/fl%61g/").status, 200);
    for outside in ["/../site.toml", "/%2e%2e/site.toml", "//site.toml", "/%00", "/%ff", "/..%2fsite.toml"] {
        assert_eq!(workshop.get(outside).status, 404, "{outside}");
    }
    let address = workshop.server.address();
    assert_eq!(request(address, &format!("POST {PAGE}"), &address.to_string()).status, 405);
    let head = request(address, &format!("HEAD {PAGE}"), &address.to_string());
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(
        workshop.get("/data/case-studies.csv").header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    assert_eq!(
        workshop.get("/feeds/all.atom").header("content-type"),
        Some("application/atom+xml; charset=utf-8")
    );
}

#[test]
fn names_that_others_can_point_here_are_refused() {
    let workshop = Workshop::open();
    let address = workshop.server.address();
    let port = address.port();
    for path in [PAGE, "/.casebook/events", "/.casebook/reload.js"] {
        let line = format!("GET {path}");
        let refused = request(address, &line, &format!("evil.example:{port}"));
        assert_eq!(refused.status, 403, "{path}");
        assert!(!refused.body.contains("article"));
    }
    assert_eq!(request(address, &format!("GET {PAGE}"), &format!("localhost:{port}")).status, 200);
    // A request line that names a host of its own.
    let own = address.to_string();
    for (host, status) in
        [(format!("evil.example:{port}"), 403), ("evil.example".to_owned(), 403), (own.clone(), 200)]
    {
        assert_eq!(request(address, &format!("GET http://{host}{PAGE}"), &own).status, status, "{host}");
    }
}

#[test]
fn links_on_a_page_stay_in_the_workshop() {
    let site =
        Site::new().edited("site.toml", "base_url = \"https://", "base_url = \"https://example.org/deep/");
    let workshop = Workshop::of(&site);
    let page = workshop.get(PAGE).body;
    assert!(page.contains(&format!("href=\"{}case-studies/flag/\"", workshop.server.url())), "{page}");
    assert!(!page.contains("/deep/"), "{page}");
}

#[test]
fn a_document_is_edited_broken_and_mended() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    let first = events.next();
    workshop.edit(FLAG, "One flag.", "A new sentence stands here.");
    events.until_seen(|| workshop.get(PAGE).body.contains("A new sentence stands here."));
    let edited = workshop.read(FLAG);

    workshop.edit(FLAG, "title: A flag", "titel: A flag");
    let findings = events.until_broken();
    assert!(findings.iter().any(|line| line.ends_with(" unknown-field")), "{findings:?}");
    let page = workshop.get(PAGE);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("A new sentence stands here."), "the last good site is served");

    workshop.write(FLAG, &edited);
    let mended = events.until_mended();
    assert_ne!(mended["site"], first["site"]);
}

#[test]
fn the_search_finds_what_was_just_written() {
    let workshop = Workshop::open();
    let found = |word: &str| {
        let mut inflater = casebook::index::Inflater::default();
        let mut fetch = |name: &str| {
            let answer = workshop.bytes(&casebook::index::address(name))?;
            inflater.inflate(name, &answer).ok()
        };
        let request = Request { text: word.to_owned(), ..Request::default() };
        answer(&fetch("entry.bin").unwrap(), &request, fetch).unwrap().total
    };
    assert_eq!((found("flag"), found("zebra")), (1, 0));
    workshop.edit(FLAG, "One flag.", "One zebra.");
    workshop.events().until_seen(|| workshop.get(PAGE).body.contains("One zebra."));
    assert_eq!(found("zebra"), 1);
    assert_eq!(workshop.get("/assets/search/t/none.bin").status, 404);
}

#[test]
fn a_save_that_changes_nothing_leaves_pages_in_peace() {
    let (sender, built) = mpsc::channel();
    let workshop = Workshop::reporting(&Site::new(), Box::new(move |_| sender.send(()).unwrap_or_default()));
    let mut events = workshop.events();
    let number = |message: &Json| message["site"].as_str().unwrap().rsplit_once('-').unwrap().1.to_owned();
    assert_eq!(number(&events.next()), "1");
    built.recv_timeout(PATIENCE).unwrap();
    workshop.write(FLAG, &workshop.read(FLAG));
    built.recv_timeout(PATIENCE).unwrap();
    workshop.edit(FLAG, "One flag.", "Two flags.");
    assert_eq!(number(&events.next()), "2", "nothing was said of the save");
}

#[test]
fn a_finding_carries_what_an_overlay_needs() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    workshop.edit(FLAG, "title: A flag", "titel: A flag");
    let message = events.until(|message| message["findings"] != Json::Array(Vec::new()));
    let findings = message["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["code"] == "unknown-field").unwrap();
    assert_eq!(finding["file"], FLAG);
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &1.into()));
    assert!(finding["message"].as_str().unwrap().contains("titel"));
    assert!(finding["help"].as_str().unwrap().contains("title"));
    assert_eq!(finding["excerpt"], "titel: A flag on the case system");
    let root = Utf8Path::from_path(workshop.folder.path()).unwrap().canonicalize_utf8().unwrap();
    assert_eq!(message["root"], root.as_str());
}

#[test]
fn a_document_is_saved_by_rename() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    for (number, beside) in
        ["content/case-studies/.flag.md.swp", "content/case-studies/flag.tmp", "flag.new"].iter().enumerate()
    {
        let sentence = format!("Saved by rename, number {number}.");
        let text = workshop.read(FLAG).replacen("\n## ", &format!("\n{sentence}\n\n## "), 1);
        workshop.write(beside, &text);
        std::fs::rename(workshop.path(beside), workshop.path(FLAG)).unwrap();
        events.until_seen(|| workshop.get(PAGE).body.contains(&sentence));
    }
    // As vim does it: the old file is moved away, a new one written, the old one deleted.
    std::fs::rename(workshop.path(FLAG), workshop.path("content/case-studies/.flag.md~")).unwrap();
    let text = std::fs::read_to_string(workshop.path("content/case-studies/.flag.md~")).unwrap();
    workshop.write(FLAG, &text.replacen("\n## ", "\nSaved as vim does.\n\n## ", 1));
    std::fs::remove_file(workshop.path("content/case-studies/.flag.md~")).unwrap();
    events.until_seen(|| workshop.get(PAGE).body.contains("Saved as vim does."));
}

#[test]
fn a_document_is_added_renamed_and_deleted() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    workshop.write("content/case-studies/second.md", &workshop.read(FLAG));
    events.until_seen(|| workshop.get("/case-studies/second/").status == 200);
    let (second, third) = ("content/case-studies/second.md", "content/case-studies/third.md");
    std::fs::rename(workshop.path(second), workshop.path(third)).unwrap();
    events.until_seen(|| workshop.get("/case-studies/third/").status == 200);
    assert_eq!(workshop.get("/case-studies/second/").status, 404);
    std::fs::remove_file(workshop.path(third)).unwrap();
    events.until_seen(|| workshop.get("/case-studies/third/").status == 404);
}

#[test]
fn a_deleted_document_that_others_refer_to_is_missed_until_it_is_back() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    let path = "content/councils/islington.md";
    let text = workshop.read(path);
    std::fs::remove_file(workshop.path(path)).unwrap();
    let findings = events.until_broken();
    assert!(findings.iter().any(|line| line.ends_with(" unknown-reference")), "{findings:?}");
    assert_eq!(workshop.get("/councils/islington/").status, 200, "the last good site is served");
    workshop.write(path, &text);
    events.until_mended();
}

#[test]
fn a_vocabulary_is_edited_broken_and_mended() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    let settings = workshop.read("site.toml");
    let title = settings.lines().find(|line| line.starts_with("title = ")).unwrap().to_owned();
    workshop.edit("site.toml", &title, "title = \"The library renamed\"");
    events.until_seen(|| workshop.get("/").body.contains("The library renamed"));
    let renamed = workshop.read("site.toml");

    // A value that the case study uses goes by another name.
    let value = "value = \"safeguarding-children\"";
    workshop.edit("site.toml", value, "value = \"safeguarding-of-children\"");
    let findings = events.until_broken();
    assert!(findings.iter().any(|l| l.starts_with(FLAG) && l.ends_with(" unknown-term")), "{findings:?}");

    workshop.write("site.toml", &renamed.replace("title = \"The library renamed\"", "title = \"The library"));
    let findings = events.until_broken();
    assert!(findings[0].starts_with("site.toml:5:"), "first what others follow from: {findings:?}");
    assert!(findings.iter().any(|line| line.ends_with(" toml-syntax")), "{findings:?}");
    std::fs::remove_file(workshop.path("site.toml")).unwrap();
    assert_eq!(events.until_broken(), ["site.toml:1:1 unreadable"]);
    assert_eq!(workshop.get(PAGE).status, 200, "the last good site is served");
    workshop.write("site.toml", &renamed);
    events.until_mended();
}

#[test]
fn a_template_and_a_stylesheet_are_added_broken_and_mended() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    let template = "themes/default/templates/case-study.html";
    workshop.write(template, "{{ document.title }}: our own page");
    events.until_seen(|| workshop.get(PAGE).body.contains(": our own page"));
    workshop.write(template, "one\n{{ document.title }");
    assert_eq!(events.until_broken(), [format!("{template}:2:19 template-syntax")]);
    workshop.write(template, "one\n{{ document.titel }}");
    let findings = events.until_broken();
    assert!(findings.iter().all(|line| line.starts_with(&format!("{template}:2:"))), "{findings:?}");
    std::fs::remove_file(workshop.path(template)).unwrap();
    events.until_mended();
    events.until_seen(|| workshop.get(PAGE).body.contains("</article>"));

    let old = stylesheet(&workshop);
    workshop.write("themes/default/assets/style.css", "body { color: purple }");
    events.until_seen(|| stylesheet(&workshop) != old);
    let new = workshop.get(&stylesheet(&workshop));
    assert_eq!(new.body, "body { color: purple }");
    assert_eq!(new.header("content-type"), Some("text/css; charset=utf-8"));
    std::fs::remove_dir_all(workshop.path("themes")).unwrap();
    events.until_seen(|| stylesheet(&workshop) == old);
}

/// The address of the stylesheet of a page.
fn stylesheet(workshop: &Workshop) -> String {
    let page = workshop.get(PAGE).body;
    let link = page.split("<link rel=\"stylesheet\" href=\"").nth(1).unwrap();
    link.split('"').next().unwrap().to_owned()
}

#[test]
fn folders_are_renamed_removed_and_brought_back() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    events.next();
    let away = |from: &str, to: &str| std::fs::rename(workshop.path(from), workshop.path(to)).unwrap();

    away("content/councils", "councils-elsewhere");
    events.until_broken();
    away("councils-elsewhere", "content/councils");
    events.until_mended();

    away("content", "content-elsewhere");
    events.until_broken();
    assert_eq!(workshop.get(PAGE).status, 200, "the last good site is served");
    away("content-elsewhere", "content");
    events.until_mended();

    // What is written into folders that came back is seen as well.
    workshop.edit("content/councils/islington.md", "updated: ", "# A comment.\nupdated: ");
    events.next();
    workshop.edit(FLAG, "One flag.", "Written once the folder was back.");
    events.until_seen(|| workshop.get(PAGE).body.contains("Written once the folder was back."));

    // Removed and written anew, file by file.
    let files: Vec<(String, String)> = walkdir::WalkDir::new(workshop.path("content"))
        .into_iter()
        .filter_map(|entry| {
            let path = Utf8PathBuf::from_path_buf(entry.unwrap().into_path()).unwrap();
            let name = path.strip_prefix(workshop.path("")).unwrap().to_string();
            path.is_file().then(|| (name, std::fs::read_to_string(&path).unwrap()))
        })
        .collect();
    std::fs::remove_dir_all(workshop.path("content")).unwrap();
    events.until_broken();
    for (path, text) in &files {
        workshop.write(path, text);
    }
    events.until(|_| workshop.get("/.casebook/reload.js").status == 200 && mended(&workshop));
    workshop.edit(FLAG, "Written once the folder was back.", "Written after all.");
    events.until_seen(|| workshop.get(PAGE).body.contains("Written after all."));
}

/// Whether nothing is wrong just now.
fn mended(workshop: &Workshop) -> bool {
    workshop.events().next()["findings"] == Json::Array(Vec::new())
}

#[test]
fn the_last_of_many_quick_saves_is_shown() {
    let workshop = Workshop::open();
    let mut events = workshop.events();
    let text = workshop.read(FLAG);
    for number in 1..=50 {
        let sentence = format!("\nSave number {number}, of fifty.\n\n## ");
        workshop.write(FLAG, &text.replacen("\n## ", &sentence, 1));
    }
    events.until_seen(|| workshop.get(PAGE).body.contains("Save number 50, of fifty."));
    workshop.edit(FLAG, "Save number 50, of fifty.", "And one more.");
    events.until_seen(|| workshop.get(PAGE).body.contains("And one more."));
}

#[test]
fn a_site_that_is_broken_from_the_start_is_shown_once_it_is_mended() {
    let site = Site::new().edited(FLAG, "title: A flag", "titel: A flag");
    let workshop = Workshop::of(&site);
    let page = workshop.get("/any/page/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("The site cannot be shown yet"));
    assert!(page.body.contains("unknown-field"), "the findings stand in it, for a browser without scripts");
    assert!(page.body.contains("/.casebook/reload.js?site="));
    let mut events = workshop.events();
    let broken = events.next();
    workshop.edit(FLAG, "titel: A flag", "title: A flag");
    assert_ne!(events.until_mended()["site"], broken["site"], "the page that stood in for it reloads");
    assert_eq!(workshop.get(PAGE).status, 200);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = serve::start(options(folder.path().to_path_buf().try_into().unwrap(), port));
    let Err(serve::Error::Bind(address, error)) = refused else { panic!("the port is taken") };
    assert_eq!((address.port(), error.kind()), (port, std::io::ErrorKind::AddrInUse));
}

#[test]
fn a_workshop_that_ends_gives_its_port_back() {
    let workshop = Workshop::open();
    let address = workshop.server.address();
    assert_eq!(workshop.get(PAGE).status, 200);
    let _open = workshop.events();
    drop(workshop);
    TcpListener::bind(address).unwrap();
}

//! Pictures beside a document: published with their pixels, and with nothing else.

use crate::support::Site;

const FLAG: &str = include_str!("../sites/base/content/case-studies/flag.md");

/// The case study as a bundle that shows `name`.
fn with_picture(name: &str, bytes: &[u8]) -> Site {
    let shown = format!("{FLAG}\n![A green field]({name} \"The caption\")\n");
    Site::new()
        .without("content/case-studies/flag.md")
        .with("content/case-studies/flag/index.md", shown)
        .with(&format!("content/case-studies/flag/{name}"), bytes)
}

fn published(site: &Site, name: &str) -> Vec<u8> {
    let path = format!("case-studies/flag/{name}");
    let built = site.build();
    built.artifacts.get(path.as_str().into()).expect("the picture is published").to_vec()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn metadata_stays_behind_and_the_picture_remains() {
    for (name, bytes) in [
        ("plain.jpg", include_bytes!("../pictures/plain.jpg").as_slice()),
        ("plain.webp", include_bytes!("../pictures/plain.webp").as_slice()),
    ] {
        assert!(holds(bytes, "Made-up maker"), "{name} has metadata before");
        let site = with_picture(name, bytes);
        assert_eq!(site.findings(), Vec::<String>::new());
        let published = published(&site, name);
        for words in ["Made-up", "Exif", "xmpmeta"] {
            assert!(!holds(&published, words), "{name} as published holds {words:?}");
        }
        assert_eq!(
            imagesize::blob_size(&published).map(|size| (size.width, size.height)).ok(),
            Some((24, 16))
        );
    }
}

#[test]
fn a_picture_alone_with_a_title_has_a_caption_and_its_size() {
    let page = with_picture("plain.jpg", include_bytes!("../pictures/plain.jpg"))
        .page("case-studies/flag/index.html");
    assert!(page.contains("<figcaption>The caption</figcaption>"), "{page}");
    assert!(page.contains(r#"src="/case-studies/flag/plain.jpg""#));
    assert!(page.contains(r#"width="24" height="16""#));
    assert!(page.contains(r#"alt="A green field""#));
}

#[test]
fn the_place_where_it_was_taken_is_an_error_that_does_not_print_it() {
    let site = with_picture("placed.jpg", include_bytes!("../pictures/placed.jpg"));
    assert_eq!(
        site.findings(),
        [
            "content/case-studies/flag/placed.jpg:1:1 picture-metadata this picture holds the place where it was taken"
        ]
    );
}

#[test]
fn a_picture_that_lies_on_its_side_is_an_error() {
    let findings = with_picture("turned.jpg", include_bytes!("../pictures/turned.jpg")).findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(
        findings[0].starts_with("content/case-studies/flag/turned.jpg:1:1 picture-metadata"),
        "{findings:?}"
    );
}

#[test]
fn words_under_a_pictures_name_are_refused() {
    let findings = with_picture("map.png", b"not a picture").findings();
    assert_eq!(
        findings,
        ["content/case-studies/flag/map.png:1:1 broken-picture this file cannot be read as a picture"]
    );
}

//! A facet that a site adds is a field like any other: in files, on pages, in the data, in the reference.

use crate::binary::{Folder, Ran, casebook};
use crate::support::{Site, finds};

const FACET: &str = "\n[[facets]]\nname = \"pace\"\nlabel = \"How fast\"\nvocabulary = \"effort\"\nkinds = [\"case-study\"]\ndescription = \"How fast it went.\"\n";

fn asked(folder: &Folder, arguments: &[&str]) -> Ran {
    let mut command = casebook(arguments);
    command.arg("--root").arg(folder.path()).output().unwrap().into()
}

fn site() -> Site {
    let settings = Site::new().text("site.toml").unwrap() + FACET;
    let site = Site::new().with("site.toml", settings);
    site.edited("content/case-studies/flag.md", "cost: unknown\n", "cost: unknown\npace: [weeks, months]\n")
}

#[test]
fn it_stands_on_the_page_and_in_the_data() {
    let site = site();
    finds(&site, &[]);
    let page = site.page("case-studies/flag/index.html");
    assert!(page.contains("<dt>How fast</dt>\n<dd>Weeks</dd>\n<dd>Months</dd>"), "{page}");
    let table = site.page("data/case-studies.csv");
    let (head, row) = table.trim_end().split_once("\r\n").unwrap();
    assert!(head.ends_with(",pace"), "{head}");
    assert!(row.ends_with(",weeks|months"), "{row}");
}

#[test]
fn it_is_explained_to_contributors() {
    let folder = Folder::base();
    let settings = folder.read("site.toml") + FACET;
    folder.write("site.toml", settings);
    let ran = asked(&folder, &["schema", "case-study", "--form", "reference"]);
    assert!(
        ran.out.contains("- `pace` (optional; a list of values). How fast it went.\n  - `weeks`: "),
        "{}",
        ran.out
    );
    assert_eq!(asked(&folder, &["new", "case-study", "b"]).code, 0);
    assert!(
        folder
            .read("content/case-studies/b.md")
            .contains("# How fast it went.\n# (a list of values)\n# pace: []\n")
    );
}

#[test]
fn the_reference_of_the_settings_is_written_as_they_are() {
    let ran = asked(&Folder::base(), &["schema", "site", "--form", "reference"]);
    assert!(
        ran.out.contains("## `[[facets]]`") && ran.out.contains("## `[[vocabularies.NAME.terms]]`"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Example: `path = \"/case-studies/\"`"), "{}", ran.out);
}

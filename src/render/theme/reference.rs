//! What a site's templates may build on, told from the files of the default theme.

use std::fmt::Write as _;

use super::files::{ASSETS, File, embedded, folder, plain};
use super::suggestions::{FILTERS, FUNCTIONS, TESTS};
use super::tags;

/// Blocks, components, assets and filters, as markdown.
#[must_use]
pub fn reference() -> String {
    let files = embedded();
    let of = |wanted: &'static str| files.iter().filter(move |file| folder(file) == wanted);
    let name = |file: &File| file.path.split_once('/').map_or_else(String::new, |(_, name)| name.to_owned());
    let mut text = String::from(
        "\n## Blocks\n\nA template has the blocks that are named here, and those of the template that it extends.\n\n\
         | template | extends | blocks |\n|---|---|---|\n",
    );
    for file in of("templates") {
        let source = plain(&file.bytes);
        let original = tags::original(&source).map_or_else(String::new, |(_, name)| format!("`{name}`"));
        let blocks: Vec<String> =
            tags::blocks(&source).into_iter().map(|block| format!("`{block}`")).collect();
        let _ = writeln!(text, "| `{}` | {original} | {} |", name(file), blocks.join(", "));
    }
    text.push_str(
        "\n## Components\n\nA template draws one with `{{ <chips chips={study.chips} /> }}`. What has an `@` comes by itself.\n\n\
         | file | components |\n|---|---|\n",
    );
    for file in of("components") {
        let source = plain(&file.bytes);
        let components: Vec<String> =
            tags::signatures(&source).into_iter().map(|one| format!("`{one}`")).collect();
        let _ = writeln!(text, "| `{}` | {} |", name(file), components.join("<br>"));
    }
    let listed = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let assets: Vec<String> = of(ASSETS).map(name).collect();
    let assets: Vec<&str> = assets.iter().map(String::as_str).collect();
    let _ = write!(
        text,
        "\n## Assets\n\nTemplates link to one with `{{{{ site.assets[\"icon.svg\"] }}}}`. casebook's own are {}.\n\n\
         ## Filters, tests and functions\n\n`fill` puts values into words: `{{{{ t.see_all | fill(count=3) }}}}`. \
         The others are [tera](https://keats.github.io/tera/)'s, but `safe` refuses what is not there.\n\n\
         - Filters: {}.\n- Tests: {}.\n- Functions: {}.\n",
        listed(&assets),
        listed(FILTERS),
        listed(TESTS),
        listed(FUNCTIONS),
    );
    text
}

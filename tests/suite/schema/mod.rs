//! The JSON Schema of a document, a component or the settings, and what casebook itself says of
//! them, agree: on every fixture, on every value of every field, and on random changes.

mod random;
mod trees;
mod written;

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use casebook::config::raw::{SiteToml, SiteTomlDraft};
use casebook::config::{self, Settings};
use casebook::diagnostics::Code;
use casebook::model::common::{Common, CommonDraft};
use casebook::model::components::{COMPONENTS, Component};
use casebook::model::shape::{FieldSpec, RecordSpec, Shape};
use casebook::model::{Decoder, Kind, schema};
use casebook::parse::node::{Entry, Node, Value};
use casebook::parse::{self, toml};
use casebook::source::{Source, Span};
use jsonschema::Validator;
use serde_json::{Value as Json, json};
use trees::{as_json, at_mut, field_at, named, node, plain, pruned, ways, with};
use written::{long, written};

use crate::binary::{PACKAGE, run};

/// The findings that a schema can make as well. What fields have to do with each other, with other
/// documents or with the world is not its business.
const OF_FIELDS: &[Code] = &[
    Code::UnknownField,
    Code::MissingField,
    Code::WrongType,
    Code::InvalidValue,
    Code::InvalidDate,
    Code::UnknownTerm,
    Code::UnsafeAddress,
];

#[derive(Debug, Clone, Copy)]
enum What {
    Document(Kind),
    Component(&'static str, &'static RecordSpec),
    Settings,
}

/// A fixture in which every field is there, and right.
struct Fixture {
    name: String,
    what: What,
    source: Arc<Source>,
    tree: Node,
    validator: Validator,
}

static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let text = std::fs::read_to_string(Path::new(PACKAGE).join("site.toml")).unwrap();
    config::load(&Source::new("site.toml", text)).0
});

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let kinds = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), What::Document(*kind)));
    let blocks = COMPONENTS.iter().map(|(name, spec)| (format!("{name}-block"), What::Component(name, spec)));
    let all = kinds.chain(blocks).chain([("site".to_owned(), What::Settings)]);
    all.map(|(name, what)| Fixture::read(name, what)).collect()
});

impl What {
    fn specs(self) -> Vec<&'static RecordSpec> {
        match self {
            Self::Document(kind) => vec![Common::SPEC, kind.spec()],
            Self::Component(_, spec) => vec![spec],
            Self::Settings => vec![SiteToml::SPEC],
        }
    }

    fn schema(self) -> Json {
        let vocabularies = &SETTINGS.vocabularies;
        match self {
            Self::Document(kind) => schema::document(kind, vocabularies, &[]),
            Self::Component(name, _) => schema::component(name, vocabularies).unwrap(),
            Self::Settings => schema::settings(SiteToml::SPEC, vocabularies),
        }
    }
}

impl Fixture {
    fn read(name: String, what: What) -> Self {
        let extension = if matches!(what, What::Settings) { "toml" } else { "md" };
        let path = format!("tests/schema/{name}.{extension}");
        let text = std::fs::read_to_string(Path::new(PACKAGE).join(&path)).unwrap();
        let source = Source::new(path, text);
        let mut findings = Vec::new();
        let tree = if matches!(what, What::Settings) {
            toml::parse(&source, &mut findings)
        } else {
            let draft = parse::parse(&source);
            findings = draft.diagnostics;
            Arc::unwrap_or_clone(draft.front)
        };
        assert!(findings.is_empty(), "{name}: {findings:#?}");
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&what.schema()).unwrap();
        Self { name, what, source, tree, validator }
    }

    /// What casebook says of `tree`, one finding a line.
    fn findings(&self, tree: &Node) -> Vec<String> {
        let mut decoder = Decoder::new(&self.source, &SETTINGS.vocabularies);
        match self.what {
            What::Document(kind) => {
                decoder.unknown_fields(tree, &self.what.specs(), &[]);
                CommonDraft::decode_fields(tree, &mut decoder);
                kind.decode(tree, &mut decoder);
            }
            What::Component(name, _) => {
                Component::decode(name, tree, &mut decoder);
            }
            What::Settings => {
                decoder.unknown_fields(tree, &self.what.specs(), &[]);
                SiteTomlDraft::decode_fields(tree, &mut decoder);
            }
        }
        let of_fields = decoder.diagnostics.iter().filter(|finding| OF_FIELDS.contains(&finding.code));
        of_fields.map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
    }

    /// What the schema says of `tree`.
    fn errors(&self, tree: &Node) -> Vec<String> {
        let json = as_json(tree);
        if self.validator.is_valid(&json) {
            return Vec::new();
        }
        self.validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect()
    }

    /// Asserts that both say the same of `tree`; gives what they say.
    fn agree(&self, tree: &Node, change: impl FnOnce() -> String) -> Result<bool, String> {
        let findings = self.findings(tree);
        let is_valid = self.validator.is_valid(&as_json(tree));
        if findings.is_empty() == is_valid {
            return Ok(is_valid);
        }
        let errors = self.errors(tree);
        let (name, change) = (&self.name, change());
        Err(format!("{name}, {change}:\n  casebook says {findings:?}\n  the schema says {errors:?}"))
    }
}

/// Every field of `specs`, and of the groups in them, as `Group.field`, with what is said of it.
fn every_field(specs: &[&'static RecordSpec], out: &mut Vec<(String, &'static str)>) {
    for spec in specs {
        for field in spec.fields {
            let name = format!("{}.{}", spec.name, field.name);
            if out.iter().any(|(known, _)| *known == name) {
                continue;
            }
            out.push((name, field.doc));
            let shape = match (field.shape)() {
                Shape::List { of, .. } | Shape::Numbered { of, .. } | Shape::Named { of } => *of,
                shape => shape,
            };
            if let Shape::Record(inner) = shape {
                every_field(&[inner], out);
            }
        }
    }
}

#[test]
fn every_fixture_is_right_and_has_every_field() {
    for fixture in FIXTURES.iter() {
        assert_eq!(fixture.findings(&fixture.tree), Vec::<String>::new(), "{}", fixture.name);
        assert_eq!(fixture.errors(&fixture.tree), Vec::<String>::new(), "{}", fixture.name);
        let specs = fixture.what.specs();
        let mut missing = Vec::new();
        every_field(&specs, &mut missing);
        for way in ways(&fixture.tree) {
            if let Some(field) = field_at(&specs, &fixture.tree, &way) {
                missing
                    .retain(|(name, doc)| !name.ends_with(&format!(".{}", field.name)) || *doc != field.doc);
            }
        }
        assert!(missing.is_empty(), "{} lacks fields: {missing:?}", fixture.name);
    }
}

#[test]
fn every_value_of_every_field_is_judged_alike() {
    let values = written();
    let mut wrong = Vec::new();
    // Fields that several kinds share are tried once.
    let mut tried = HashSet::new();
    for fixture in FIXTURES.iter() {
        let specs = fixture.what.specs();
        for way in ways(&fixture.tree) {
            let field = field_at(&specs, &fixture.tree, &way);
            let of_list = way.split_last().and_then(|(_, list)| field_at(&specs, &fixture.tree, list));
            let name = |field: &FieldSpec| (field.name, field.doc, (field.shape)().describe());
            if !tried.insert((field.map(name), of_list.map(name))) {
                continue;
            }
            let name = named(&fixture.tree, &way);
            let (mut right, mut refused) = (0, 0);
            let long = field.map(|field| long(&(field.shape)())).unwrap_or_default();
            let (small, way) = pruned(&fixture.tree, &specs, &way);
            for value in values.iter().chain(&long) {
                let tree = with(&small, &way, value.clone());
                match fixture.agree(&tree, || format!("{name} = {value:?}")) {
                    Ok(true) => right += 1,
                    Ok(false) => refused += 1,
                    Err(disagreement) => wrong.push(disagreement),
                }
            }
            if let Some(field) = field {
                assert!(refused > 0, "{} {name}: every value is right", fixture.name);
                let is_simple = match (field.shape)() {
                    Shape::Record(_) | Shape::Named { .. } => false,
                    Shape::List { of, .. } => !matches!(*of, Shape::Record(_)),
                    _ => true,
                };
                assert!(right > 0 || !is_simple, "{} {name}: no value is right", fixture.name);
            }
        }
    }
    let shown = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} disagreements:\n{shown}", wrong.len());
}

#[test]
fn a_field_left_out_or_added_is_judged_alike() {
    for fixture in FIXTURES.iter() {
        let specs = fixture.what.specs();
        for way in ways(&fixture.tree) {
            let (last, parent) = way.split_last().unwrap();
            let mut tree = fixture.tree.clone();
            let Value::Mapping(entries) = &mut at_mut(&mut tree, parent).unwrap().value else { continue };
            entries.remove(*last);
            let name = named(&fixture.tree, &way);
            let right = fixture.agree(&tree, || format!("{name} left out")).unwrap();
            if let Some(field) = field_at(&specs, &fixture.tree, &way) {
                assert_eq!(right, !field.required, "{}: {name} left out", fixture.name);
            }
            let Value::Mapping(entries) = &mut at_mut(&mut tree, parent).unwrap().value else { continue };
            entries.push(Entry {
                key: "unheard_of".to_owned(),
                key_span: Span::new(4, 5),
                value: node(plain("x")),
            });
            fixture.agree(&tree, || format!("{name} replaced by an unknown field")).unwrap();
        }
    }
}

#[test]
fn every_schema_is_a_schema() {
    for fixture in FIXTURES.iter() {
        let schema = fixture.what.schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", fixture.name));
    }
}

/// What `casebook schema` prints is what was tested here, and each schema has its reference.
#[test]
fn the_command_prints_each_schema_and_its_reference() {
    for fixture in FIXTURES.iter() {
        let ran = run(&["schema", &fixture.name, "--root", PACKAGE]);
        let printed: Json = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(printed, fixture.what.schema(), "{}", fixture.name);
        let reference = run(&["schema", &fixture.name, "--form", "reference", "--root", PACKAGE]).out;
        let mut fields = Vec::new();
        every_field(&fixture.what.specs(), &mut fields);
        for (field, _) in fields {
            let (_, name) = field.split_once('.').unwrap();
            assert!(reference.contains(&format!("- `{name}` (")), "{}: {field}", fixture.name);
        }
    }
}

/// A facet that the site adds is a field of the kinds that it names, in the schema too.
#[test]
fn a_field_of_the_site_is_in_its_schema() {
    let site = crate::binary::Folder::base();
    let facet = "[[facets]]\nname = \"size\"\nlabel = \"Size\"\nvocabulary = \"effort\"\nkinds = [\"case-study\"]\n\
                 description = \"How large.\"\n\n[vocabularies.council-kind]\n";
    site.edit("site.toml", "[vocabularies.council-kind]\n", facet);
    let mut command = crate::binary::casebook(&["schema", "case-study", "--root"]);
    let output = command.arg(site.path()).output().unwrap();
    let schema: Json = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::options().build(&schema["properties"]["size"]).unwrap();
    let path = "content/case-studies/flag.md";
    let text = site.read(path);
    for (value, json) in [
        ("[weeks]", json!(["weeks"])),
        ("[weeks, months]", json!(["weeks", "months"])),
        ("[years]", json!(["years"])),
        ("weeks", json!("weeks")),
        ("[weeks, weeks]", json!(["weeks", "weeks"])),
        ("[]", json!([])),
        ("", json!(null)),
        ("[1]", json!([1])),
        ("{weeks: 1}", json!({"weeks": 1})),
    ] {
        site.write(path, text.replacen("status: running", &format!("status: running\nsize: {value}"), 1));
        let ran = site.run("check", &[]);
        assert_eq!(ran.code == 0, validator.is_valid(&json), "size: {value}\n{}", ran.out);
    }
}

//! The JSON Schema of a document, a component or the settings, and what casebook itself says of
//! them, agree: on every fixture, on every value of every field, and on random changes.

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
use casebook::parse::node::{Entry, Node, Scalar, ScalarKind, Value};
use casebook::parse::{self, toml};
use casebook::source::{Source, Span};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

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
            draft.front
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

/// A tree as a reader of YAML hands it to a validator: by the core schema.
fn as_json(node: &Node) -> Json {
    match &node.value {
        Value::Null | Value::Broken => Json::Null,
        Value::Scalar(scalar) => scalar_json(scalar),
        Value::Sequence(items) => items.iter().map(as_json).collect(),
        Value::Mapping(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), as_json(&entry.value))).collect())
        }
    }
}

fn scalar_json(scalar: &Scalar) -> Json {
    match scalar.kind() {
        ScalarKind::Null => Json::Null,
        ScalarKind::Boolean => scalar.text.eq_ignore_ascii_case("true").into(),
        ScalarKind::Integer => scalar.integer().map_or_else(|| scalar.number().into(), Json::from),
        // JSON has no infinity, so none of the values tried is one.
        ScalarKind::Float => scalar.number().unwrap().into(),
        ScalarKind::Text => scalar.text.as_str().into(),
    }
}

/// A value that is written without quotation marks.
fn plain(text: &str) -> Value {
    let scalar = Scalar { text: text.trim().to_owned(), quoted: false };
    if scalar.kind() == ScalarKind::Null { Value::Null } else { Value::Scalar(scalar) }
}

fn quoted(text: &str) -> Value {
    Value::Scalar(Scalar { text: text.to_owned(), quoted: true })
}

fn node(value: Value) -> Node {
    Node { span: Span::new(4, 5), value }
}

fn group(entries: Vec<(&str, Value)>) -> Value {
    let entry = |(key, value): (&str, Value)| Entry {
        key: key.to_owned(),
        key_span: Span::new(4, 5),
        value: node(value),
    };
    Value::Mapping(entries.into_iter().map(entry).collect())
}

/// The way to a node: names of fields and numbers of items.
type Steps = Vec<usize>;

/// The ways to all nodes under `tree`, but not to itself.
fn ways(tree: &Node) -> Vec<Steps> {
    let inner: Vec<&Node> = match &tree.value {
        Value::Sequence(items) => items.iter().collect(),
        Value::Mapping(entries) => entries.iter().map(|entry| &entry.value).collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (at, node) in inner.into_iter().enumerate() {
        all.push(vec![at]);
        all.extend(ways(node).into_iter().map(|rest| [vec![at], rest].concat()));
    }
    all
}

fn at_mut<'t>(tree: &'t mut Node, way: &[usize]) -> Option<&'t mut Node> {
    let Some((first, rest)) = way.split_first() else { return Some(tree) };
    let next = match &mut tree.value {
        Value::Sequence(items) => items.get_mut(*first),
        Value::Mapping(entries) => entries.get_mut(*first).map(|entry| &mut entry.value),
        _ => None,
    };
    at_mut(next?, rest)
}

/// `tree` with the node at `way` replaced.
fn with(tree: &Node, way: &[usize], value: Value) -> Node {
    let mut changed = tree.clone();
    at_mut(&mut changed, way).unwrap().value = value;
    changed
}

/// Names of fields on a way, to be read in a failure.
fn named(tree: &Node, way: &[usize]) -> String {
    let Some((first, rest)) = way.split_first() else { return String::new() };
    let (name, next) = match &tree.value {
        Value::Mapping(entries) => (entries[*first].key.clone(), &entries[*first].value),
        _ => (first.to_string(), &tree.items()[*first]),
    };
    format!("{name}.{}", named(next, rest))
}

/// Values that somebody may write, right in one field or another.
fn written() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "  text ",
        "text",
        "two words",
        "c",
        "C",
        "yes",
        "no",
        "true",
        "True",
        "FALSE",
        "null",
        "~",
        "0",
        "1",
        "-1",
        "+1",
        "01",
        "10",
        "11",
        "0x1F",
        "0o17",
        "1_000",
        "1,000",
        "1.0",
        "1.5",
        "-0.5",
        "1e3",
        ".5",
        "5.",
        "100",
        "100.5",
        "41%",
        "£5",
        "99999999999999999999",
        "1799",
        "1800",
        "2019",
        "2200",
        "2201",
        "2019-07",
        "2019-00",
        "2019-13",
        "2019-7",
        "2019-07-05",
        "2019-02-29",
        "2020-02-29",
        "2019-02-30",
        "2019-04-31",
        "2019-07-05T10:00:00Z",
        "1799-12-31",
        "2201-01-01",
        "0000-01-01",
        "05/07/2019",
        "July 2019",
        "https://www.example.org",
        "https://www.example.org/a?b=c#d",
        "HTTPS://WWW.EXAMPLE.ORG",
        "http://example.org",
        "https://example",
        "https://.example.org",
        "https://example.org.",
        "https://user@example.org",
        "https://example.org/user@here",
        "https://example.org/a b",
        "https://example.org/{a}",
        "https://",
        "https://a.b",
        "https://.",
        "https://example.org:8080/",
        "https://[::1]/",
        "https://exämple.org/ä",
        "https://example.org?q",
        "https://example.org#f",
        "//example.org",
        "ftp://example.org/",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "www.example.org",
        "https://example.org/a\u{7}",
        "https://example.org/a\u{a0}b",
        "lead@example.gov.uk",
        "lead@example",
        "o'neil+x@example.org",
        "@example.org",
        "lead@example.org ",
        "E09000019",
        "e09000019",
        "E0900001",
        "E090000199",
        "en",
        "EN",
        "eng",
        "islington",
        "Islington",
        "islington.md",
        "../councils/islington.md",
        "./islington",
        "/islington",
        "folder/name",
        ".",
        "two--hyphens",
        "-a",
        "a-",
        "/old/",
        "/old",
        "/",
        "//",
        "/a//b",
        "/ä/",
        "old/",
        "/old page/",
        "signed",
        "running",
        "Running",
        " running ",
        "community",
        "children",
        "untested",
        "too-early",
        "early-progress",
        "unknown",
        "months",
        "none",
        "both",
        "london",
        "london-borough",
        "charter-report",
        "open",
        "duty",
        "charity",
        "service",
        "about",
        "note",
        "council-page",
        "\u{85}",
        "a\u{85}b\u{85}",
        "\u{200b}",
        "county-lines",
        "county-line",
        "england",
        "housing",
        "done",
        "OGL-3.0",
        "ogl-3.0",
        "08000 121 700",
        "+44 1",
        "999",
        "9 ",
        "1 ",
        "tel 9",
        "first\nsecond",
        "\u{feff}",
        "ends\n",
    ];
    let mut values: Vec<Value> = Vec::new();
    for text in texts {
        let scalar = Scalar { text: text.to_owned(), quoted: false };
        // What is text without quotation marks is the same with them.
        if scalar.kind() != ScalarKind::Text || text.trim() != text {
            values.push(quoted(text));
        }
        values.push(plain(text));
    }
    for words in [40, 41] {
        values.push(quoted(&vec!["word"; words].join(" ")));
        values.push(quoted(&format!(" {} ", vec!["word"; words].join(" \n "))));
    }
    let list = |texts: &[&str]| Value::Sequence(texts.iter().map(|text| node(plain(text))).collect());
    values.extend([
        Value::Null,
        group(vec![]),
        group(vec![("1", group(vec![("state", plain("done"))]))]),
        group(vec![("11", group(vec![("state", plain("done"))]))]),
        group(vec![("01", group(vec![("state", plain("done"))]))]),
        group(vec![("title", quoted("text"))]),
        list(&[]),
        list(&["one"]),
        list(&["one", "two"]),
        list(&["one", "one"]),
        list(&["1", "1.0"]),
        list(&["1", "01"]),
        list(&["county-lines"]),
        list(&["housing"]),
        list(&["inner-city"]),
        list(&["car-wash"]),
        list(&["medical"]),
        list(&["training"]),
        list(&["data"]),
        list(&["england"]),
        list(&["risk"]),
        list(&["/a/"]),
        list(&["county-lines", "county-lines"]),
        list(&["a", "b", "c", "d", "e"]),
        list(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        Value::Sequence(vec![node(Value::Null)]),
        Value::Sequence(vec![node(quoted("text")), node(plain("text"))]),
        Value::Sequence(vec![node(quoted("1")), node(plain("1"))]),
        Value::Sequence(vec![node(list(&["one"]))]),
    ]);
    values
}

/// Texts as long as a field of `shape` may be, and longer.
fn long(shape: &Shape) -> Vec<Value> {
    let Shape::Text { max: Some(max), .. } = shape else { return Vec::new() };
    let lengths = [*max, *max + 1];
    let two = |length| [quoted(&"é".repeat(length)), quoted(&format!(" {}\n", "a".repeat(length)))];
    lengths.into_iter().flat_map(two).collect()
}

/// `tree` without the fields that may be left out, but for the one that `way` leads into; and `way`
/// in it. The less there is beside a field, the faster are both judges.
fn pruned(tree: &Node, specs: &[&RecordSpec], way: &[usize]) -> (Node, Steps) {
    let mut small = tree.clone();
    let (first, rest) = way.split_first().unwrap();
    let kept = tree.entries()[*first].key.clone();
    if let Value::Mapping(entries) = &mut small.value {
        let is_required = |key: &str| specs.iter().filter_map(|spec| spec.field(key)).any(|f| f.required);
        entries.retain(|entry| entry.key == kept || is_required(&entry.key));
    }
    let first = small.entries().iter().position(|entry| entry.key == kept).unwrap();
    (small, [&[first], rest].concat())
}

/// The field whose value stands at the end of `way`, if a field does.
fn field_at(specs: &[&'static RecordSpec], tree: &Node, way: &[usize]) -> Option<&'static FieldSpec> {
    let (first, rest) = way.split_first()?;
    let entry = tree.entries().get(*first)?;
    let field = specs.iter().find_map(|spec| spec.field(&entry.key))?;
    if rest.is_empty() {
        return Some(field);
    }
    let (inner, value, rest) = match (field.shape)() {
        Shape::Record(spec) => (spec, &entry.value, rest),
        Shape::List { of, .. } | Shape::Numbered { of, .. } | Shape::Named { of } => {
            let Shape::Record(spec) = *of else { return None };
            let (item, rest) = rest.split_first()?;
            let value = match &entry.value.value {
                Value::Sequence(items) => &items[*item],
                _ => &entry.value.entries()[*item].value,
            };
            (spec, value, rest)
        }
        _ => return None,
    };
    field_at(&[inner], value, rest)
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

/// A change that somebody's editing may make.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Wrap,
    Unwrap,
    LeaveOut,
    Twice,
    Rename(&'static str),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => prop::sample::select(written()).prop_map(Change::Replace),
        2 => "\\PC{0,12}".prop_map(|text| Change::Replace(quoted(&text))),
        2 => "[0-9.eE+:/ -]{1,10}".prop_map(|text| Change::Replace(quoted(text.trim()))),
        1 => Just(Change::Wrap),
        1 => Just(Change::Unwrap),
        1 => Just(Change::LeaveOut),
        1 => Just(Change::Twice),
        1 => prop::sample::select(vec!["title", "source", "kind", "unheard_of", "11", "2"]).prop_map(Change::Rename),
    ]
}

/// Carries out `change` on the node that is `number` among all.
fn carry_out(tree: &mut Node, number: usize, change: Change) {
    let all = ways(tree);
    if all.is_empty() {
        return;
    }
    let way = &all[number % all.len()];
    let (last, parent) = way.split_last().unwrap();
    let target = at_mut(tree, way).unwrap();
    match change {
        Change::Replace(value) => target.value = value,
        Change::Wrap => *target = node(Value::Sequence(vec![target.clone()])),
        Change::Unwrap => {
            if let Some(first) = target.items().first().cloned() {
                *target = first;
            }
        }
        Change::LeaveOut | Change::Twice | Change::Rename(_) => {
            match &mut at_mut(tree, parent).unwrap().value {
                Value::Sequence(items) => match change {
                    Change::Twice => items.push(items[*last].clone()),
                    _ => drop(items.remove(*last)),
                },
                Value::Mapping(entries) => match change {
                    Change::Rename(name) if entries.iter().all(|entry| entry.key != name) => {
                        name.clone_into(&mut entries[*last].key);
                    }
                    Change::LeaveOut => drop(entries.remove(*last)),
                    _ => {}
                },
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn random_changes_are_judged_alike(
        fixture in 0..20usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4),
    ) {
        let fixture = &FIXTURES[fixture % FIXTURES.len()];
        let mut tree = fixture.tree.clone();
        let said = format!("{changes:?}");
        for (at, change) in changes {
            carry_out(&mut tree, at.index(10_000), change);
        }
        if let Err(disagreement) = fixture.agree(&tree, || said) {
            prop_assert!(false, "{}", disagreement);
        }
    }
}

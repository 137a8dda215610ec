//! Random changes, one on top of the other.

use casebook::parse::node::{Node, Value};
use proptest::prelude::*;

use super::FIXTURES;
use super::trees::{at_mut, node, quoted, ways};
use super::written::written;

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

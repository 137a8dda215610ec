//! Facets: which values there are and which document has which; and numbers to sort by.
//!
//! A facet: how many values, each with its name and its label, in the order in which they are
//! shown; how many sets of values documents have, each as how many values and their numbers; for
//! each document the number of its set. A sorting: for each document a number.

use std::collections::BTreeMap;

use super::{name_of, open, path, seal};
use crate::bytes::{Damaged, Put, Read};

/// The letter of a facet's file.
pub const FACET: u8 = b'c';
/// The letter of a sorting's file.
pub const SORTING: u8 = b's';

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As written in addresses and queries.
    pub name: String,
    /// As shown.
    pub label: String,
}

/// A facet of every document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    /// Its values, in the order in which they are shown.
    pub values: Vec<Value>,
    /// The sets of values that documents have, each ascending.
    pub sets: Vec<Vec<u32>>,
    /// For each document, the number of its set.
    pub documents: Vec<u32>,
}

/// Makes the file of a facet; `documents` gives for each document the numbers of its values.
#[must_use]
pub fn encode(values: &[Value], documents: &[Vec<u32>]) -> (super::File, u64) {
    let mut payload = Vec::new();
    payload.number(values.len() as u64);
    for value in values {
        payload.text(&value.name);
        payload.text(&value.label);
    }
    // Numbered as they come, so that the first, most common ones are small.
    let mut numbers: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    let mut sets = Vec::new();
    let mut column = Vec::new();
    for values in documents {
        let mut set = values.clone();
        set.sort_unstable();
        set.dedup();
        let next = numbers.len() as u64;
        let number = *numbers.entry(set.clone()).or_insert_with(|| {
            sets.push(set);
            next
        });
        column.number(number);
    }
    payload.number(sets.len() as u64);
    for set in &sets {
        payload.number(set.len() as u64);
        set.iter().for_each(|value| payload.number(u64::from(*value)));
    }
    payload.extend_from_slice(&column);
    finish(FACET, &payload)
}

/// Makes the file of a sorting.
#[must_use]
pub fn encode_sorting(numbers: &[u32]) -> (super::File, u64) {
    let mut payload = Vec::new();
    numbers.iter().for_each(|number| payload.number(u64::from(*number)));
    finish(SORTING, &payload)
}

fn finish(letter: u8, payload: &[u8]) -> (super::File, u64) {
    let name = name_of(&[payload]);
    (super::File { name: path(letter, name, None), bytes: seal(letter, payload) }, name)
}

impl Facet {
    /// Reads the file of a facet of `documents` documents.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn decode(bytes: &[u8], documents: u32) -> Read<Self> {
        let mut cursor = open(FACET, bytes)?;
        let mut facet = Self::default();
        for _ in 0..cursor.few()? {
            let name = cursor.text()?.to_owned();
            facet.values.push(Value { name, label: cursor.text()?.to_owned() });
        }
        for _ in 0..cursor.count()? {
            let mut set = Vec::new();
            for _ in 0..cursor.count()? {
                let value = cursor.small()?;
                if value as usize >= facet.values.len() {
                    return Err(Damaged::new("there is no such value"));
                }
                set.push(value);
            }
            facet.sets.push(set);
        }
        for _ in 0..documents {
            let set = cursor.small()?;
            if set as usize >= facet.sets.len() {
                return Err(Damaged::new("there is no such value"));
            }
            facet.documents.push(set);
        }
        if cursor.is_empty() { Ok(facet) } else { Err(Damaged::new("it has another number of documents")) }
    }

    /// The values of `document`.
    #[must_use]
    pub fn of(&self, document: u32) -> &[u32] {
        let set = self.documents.get(document as usize).and_then(|set| self.sets.get(*set as usize));
        set.map_or(&[], Vec::as_slice)
    }

    /// For each set of values, whether it has one of `values`.
    fn chosen(&self, values: &[u32]) -> Vec<bool> {
        self.sets.iter().map(|set| set.iter().any(|value| values.contains(value))).collect()
    }

    /// The documents that have one of `values`, in order.
    #[must_use]
    pub fn having(&self, values: &[u32]) -> Vec<u32> {
        let chosen = self.chosen(values);
        let has = |set: &u32| chosen.get(*set as usize).copied().unwrap_or(false);
        (0_u32..).zip(&self.documents).filter(|(_, set)| has(set)).map(|(document, _)| document).collect()
    }

    /// How many of `documents` have each value.
    #[must_use]
    pub fn count(&self, documents: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut sets = vec![0_u32; self.sets.len()];
        for document in documents {
            let set = self.documents.get(document as usize);
            if let Some(count) = set.and_then(|set| sets.get_mut(*set as usize)) {
                *count += 1;
            }
        }
        let mut counts = vec![0_u32; self.values.len()];
        for (set, count) in self.sets.iter().zip(sets) {
            for value in set {
                if let Some(total) = counts.get_mut(*value as usize) {
                    *total += count;
                }
            }
        }
        counts
    }
}

/// Reads the file of a sorting of `documents` documents.
///
/// # Errors
/// When it is damaged.
pub fn decode_sorting(bytes: &[u8], documents: u32) -> Read<Vec<u32>> {
    let mut cursor = open(SORTING, bytes)?;
    let mut numbers = Vec::new();
    for _ in 0..documents {
        numbers.push(cursor.small()?);
    }
    if cursor.is_empty() { Ok(numbers) } else { Err(Damaged::new("it has another number of documents")) }
}

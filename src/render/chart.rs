//! A statistic as a bar chart: geometry is worked out here, the drawing is the theme's.
//!
//! The drawing is as narrow as a phone, with each label above its bar, so that its words need no
//! shrinking.

use super::cards::amount;
use super::view::{Bar, ChartView};
use crate::model::background::{Observation, Statistic};
use crate::model::date::in_words;
use crate::model::values::Amount;

/// Width of the drawing, in its own units; about a pixel each on a phone.
const WIDTH: f64 = 320.0;
/// Room for the numbers to the right of the longest bar.
const NUMBERS: f64 = 64.0;
/// The same, where a word such as “at least” stands before a number.
const BOUNDED: f64 = 112.0;
/// Height of a line of a label.
const LINE: f64 = 18.0;
/// Height of a bar.
const BAR: f64 = 16.0;
/// From the end of a bar to the next label.
const SPACE: f64 = 14.0;
/// Letters of a label that fit on a line.
const LETTERS: usize = 42;

/// The chart of `statistic`. A suppressed value has no bar. `published` is the word before the day of
/// publication, which tells values of one period apart.
#[must_use]
pub fn view(statistic: &Statistic, published: &str) -> ChartView {
    let number = |amount: &Amount| match amount {
        Amount::Number(number) => *number,
        Amount::Suppressed => 0.0,
    };
    let most = statistic.values.iter().map(|v| number(&v.value)).fold(0.0, f64::max);
    let numbers = if statistic.values.iter().any(|v| v.bound.is_some()) { BOUNDED } else { NUMBERS };
    let mut top = 0.0;
    let bars = statistic
        .values
        .iter()
        .map(|value| {
            let mut label = match &value.category {
                Some(category) => format!("{}, {}", value.period.0, category.0),
                None => value.period.0.clone(),
            };
            // Sources that disagree stand side by side.
            let same =
                |other: &&Observation| other.period == value.period && other.category == value.category;
            if statistic.values.iter().filter(same).count() > 1
                && let Some(day) = value.published_on
            {
                label = format!("{label} ({published} {})", in_words(day));
            }
            let lines = lines(&label);
            let share = if most > 0.0 { number(&value.value) / most } else { 0.0 };
            let width = (share * (WIDTH - numbers) * 10.0).round() / 10.0;
            let y = top + LINE * f64::from(u32::try_from(lines.len()).unwrap_or(1));
            let bar = Bar {
                label,
                lines,
                text: amount(&value.value, value.bound),
                percent: value.percent.map(|percent| format!("{}%", percent.0)),
                label_y: top + LINE - 5.0,
                y,
                width,
                height: BAR,
                end: width + 6.0,
                text_y: y + BAR - 3.0,
            };
            top = y + BAR + SPACE;
            bar
        })
        .collect();
    ChartView { width: WIDTH, height: top, unit: statistic.unit.0.clone(), bars }
}

/// `label` in lines that fit.
fn lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + word.chars().count() >= LETTERS {
            lines.push(word.to_owned());
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines
}

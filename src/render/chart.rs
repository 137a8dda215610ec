//! A statistic as a bar chart: geometry is worked out here, the drawing is the theme's.

use serde_json::{Value as Json, json};

use crate::model::background::Statistic;
use crate::model::values::{Amount, grouped};

/// Width of the drawing, in its own units.
const WIDTH: f64 = 640.0;
/// Room for a bar with its space.
const ROW: f64 = 32.0;
/// Height of a bar.
const BAR: f64 = 20.0;
/// Room for the labels on the left.
const LABELS: f64 = 200.0;
/// Room for the numbers on the right.
const NUMBERS: f64 = 90.0;

/// The chart of `statistic`: `width`, `height`, `unit` and `bars`, each with `label`, `text`, `x`,
/// `y`, `width`, `height`, `middle` (where the words stand). A suppressed value has no bar.
#[must_use]
pub fn view(statistic: &Statistic) -> Json {
    let number = |amount: &Amount| match amount {
        Amount::Number(number) => *number,
        Amount::Suppressed => 0.0,
    };
    let most = statistic.values.iter().map(|v| number(&v.value)).fold(0.0, f64::max);
    let bars: Vec<Json> = statistic
        .values
        .iter()
        .zip(0u32..)
        .map(|(value, row)| {
            let top = f64::from(row) * ROW;
            let share = if most > 0.0 { number(&value.value) / most } else { 0.0 };
            let width = (share * (WIDTH - LABELS - NUMBERS) * 10.0).round() / 10.0;
            let label = match &value.category {
                Some(category) => format!("{}, {}", value.period.0, category.0),
                None => value.period.0.clone(),
            };
            let text = match &value.value {
                Amount::Number(number) => grouped(*number),
                Amount::Suppressed => "c".to_owned(),
            };
            json!({
                "label": label, "text": text, "x": LABELS, "y": top + (ROW - BAR) / 2.0,
                "width": width, "height": BAR, "middle": top + ROW / 2.0, "end": LABELS + width + 8.0,
            })
        })
        .collect();
    let height = ROW * f64::from(u32::try_from(bars.len()).unwrap_or(0));
    json!({"width": WIDTH, "height": height, "unit": statistic.unit.0, "bars": bars})
}

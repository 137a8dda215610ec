//! `percentages-disagree`: a percentage agrees with its part and its whole, within rounding.

use super::Checked;
use crate::diagnostics::Code;
use crate::model::RecordDraft;
use crate::model::values::{Amount, grouped};

pub fn check(document: &mut Checked) {
    let RecordDraft::Statistic(statistic) = &document.record else { return };
    let mut wrong = Vec::new();
    for (at, observation) in statistic.values.iter().flatten().enumerate() {
        let (Amount::Number(part), Some(Amount::Number(whole)), Some(percent)) =
            (&observation.value, &observation.total, observation.percent)
        else {
            continue;
        };
        if observation.bound.is_some() || *whole == 0.0 {
            continue;
        }
        // Half of the last digit that the source gives: 41 is right for 40.5 up to 41.5.
        let number = at.to_string();
        let written = document.source.slice(document.place(&["values", &number, "percent"]));
        let decimals = written.trim().split_once('.').map_or(0, |(_, digits)| digits.len());
        let half = 0.5 / 10f64.powi(i32::try_from(decimals).unwrap_or(0));
        let exact = part / whole * 100.0;
        if (exact - percent.0).abs() > half + 1e-9 {
            wrong.push((
                at.to_string(),
                format!("{} of {} is {exact:.1}%, not {}%", grouped(*part), grouped(*whole), percent.0),
            ));
        }
    }
    for (at, message) in wrong {
        document.report(Code::PercentagesDisagree, &["values", &at, "percent"], message).help = Some(
            "check the numbers; where the source itself disagrees, leave `total` out and say so in `note`"
                .to_owned(),
        );
    }
}

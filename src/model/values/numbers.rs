//! Numbers, and yes or no.

use serde_json::{Value as Json, json};

use crate::diagnostics::Code;
use crate::model::Names;
use crate::model::decode::{Decoder, Field};
use crate::model::shape::Shape;
use crate::parse::node::{Node, ScalarKind};

impl Field for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = decoder.scalar(node, &Self::shape())?;
        if scalar.kind() == ScalarKind::Boolean {
            return Some(scalar.text.eq_ignore_ascii_case("true"));
        }
        decoder.wrong_type(node, &Self::shape());
        None
    }

    fn data(&self) -> Json {
        (*self).into()
    }
}

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> Field for Integer<MIN, MAX> {
    fn shape() -> Shape {
        Shape::Integer { min: MIN, max: MAX }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let shape = Self::shape();
        let scalar = decoder.scalar(node, &shape)?;
        match scalar.integer() {
            Some(number) if (MIN..=MAX).contains(&number) => Some(Self(number)),
            Some(number) => {
                let message = format!("{number} is not {}", shape.describe());
                decoder.report(Code::InvalidValue, node.span, message);
                None
            }
            None => {
                decoder.wrong_type(node, &shape);
                None
            }
        }
    }

    fn data(&self) -> Json {
        self.0.into()
    }
}

/// The number of one of the Charter's ten commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitmentNumber(pub u8);

impl Field for CommitmentNumber {
    fn shape() -> Shape {
        Integer::<1, 10>::shape()
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let Integer(number) = Integer::<1, 10>::decode(node, decoder)?;
        u8::try_from(number).ok().map(Self)
    }

    fn data(&self) -> Json {
        self.0.into()
    }

    fn view(&self, names: &dyn Names) -> Json {
        names.commitment(self.0)
    }
}

/// How many, how much: a number, or one that is suppressed because it is small.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// At least zero.
    Number(f64),
    /// Between one and the threshold; published as `c`.
    Suppressed,
}

impl Field for Amount {
    fn shape() -> Shape {
        Shape::Amount
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = decoder.scalar(node, &Self::shape())?;
        if scalar.text == "c" {
            return Some(Self::Suppressed);
        }
        match scalar.number() {
            Some(number) if number >= 0.0 => Some(Self::Number(number)),
            _ => {
                decoder.wrong_type(node, &Self::shape());
                None
            }
        }
    }

    fn data(&self) -> Json {
        match self {
            Self::Number(number) => number_json(*number),
            Self::Suppressed => "c".into(),
        }
    }

    fn view(&self, _: &dyn Names) -> Json {
        match self {
            Self::Number(number) => json!({"number": number_json(*number), "text": grouped(*number)}),
            Self::Suppressed => json!({"number": null, "text": "c"}),
        }
    }
}

/// A whole number without a decimal point, as people write it.
fn number_json(number: f64) -> Json {
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 && number.abs() < 9e15 { (number as i64).into() } else { number.into() }
}

/// A number with commas between thousands.
#[must_use]
pub fn grouped(number: f64) -> String {
    let text = number_json(number).to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(w, r)| (w, Some(r)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(pub f64);

impl Field for Percent {
    fn shape() -> Shape {
        Shape::Percent
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = decoder.scalar(node, &Self::shape())?;
        let number = scalar.number().filter(|number| (0.0..=100.0).contains(number));
        if number.is_none() {
            decoder.wrong_type(node, &Self::shape());
        }
        number.map(Self)
    }

    fn data(&self) -> Json {
        number_json(self.0)
    }
}

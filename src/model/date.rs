//! Dates as sources give them: some know the day, some the month, some only the year.

use jiff::civil;
use serde_json::{Value as Json, json};

use super::Names;
use super::decode::{Decoder, Field};
use super::shape::Shape;
use crate::diagnostics::Code;
use crate::parse::node::{Node, ScalarKind};

/// Earliest and latest year that a date may have: a slip of the finger is likelier than either.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub civil::Date);

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// A year, of which nothing more is known.
    #[must_use]
    pub fn of_year(year: i16) -> Self {
        Self { year, month: None, day: None }
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first(self) -> civil::Date {
        self.bound(1, |_| 1)
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last(self) -> civil::Date {
        self.bound(12, civil::Date::days_in_month)
    }

    fn bound(self, month: i8, day: impl Fn(civil::Date) -> i8) -> civil::Date {
        let month = self.month.unwrap_or(month);
        let start = civil::Date::new(self.year, month, 1).unwrap_or(civil::Date::ZERO);
        civil::Date::new(self.year, month, self.day.unwrap_or_else(|| day(start))).unwrap_or(start)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let form = || "is not written as year, month, day".to_owned();
        let (year, month, day) = match *parts.as_slice() {
            [year] => (digits(year, 4), None, None),
            [year, month] => (digits(year, 4), Some(digits(month, 2).ok_or_else(form)?), None),
            [year, month, day] => (
                digits(year, 4),
                Some(digits(month, 2).ok_or_else(form)?),
                Some(digits(day, 2).ok_or_else(form)?),
            ),
            _ => return Err(form()),
        };
        let year = year.ok_or_else(form)?;
        if !YEARS.contains(&year) {
            return Err(format!("is not between {} and {}", YEARS.start(), YEARS.end()));
        }
        let small = |number: Option<i16>| number.map(|n| i8::try_from(n).unwrap_or(0));
        let (month, day) = (small(month), small(day));
        if civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_err() {
            return Err("is a date that the calendar does not have".to_owned());
        }
        Ok(Self { year, month, day })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

/// "5 July 2019", "July 2019", "2019".
#[must_use]
pub fn in_words(date: Date) -> String {
    let month = date.month.and_then(|m| usize::try_from(m).ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    match (date.day, month) {
        (Some(day), Some(month)) => format!("{day} {month} {}", date.year),
        (None, Some(month)) => format!("{month} {}", date.year),
        _ => date.year.to_string(),
    }
}

impl From<Day> for Date {
    fn from(Day(day): Day) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }
}

impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Self {
        Day(day).into()
    }
}

fn decode(node: &Node, decoder: &mut Decoder<'_>, shape: &Shape) -> Option<Date> {
    let scalar = decoder.scalar(node, shape)?;
    let written = match scalar.kind() {
        ScalarKind::Boolean | ScalarKind::Null => {
            decoder.wrong_type(node, shape);
            return None;
        }
        // A year is a number to every reader of YAML, however it is written.
        ScalarKind::Integer | ScalarKind::Float => {
            scalar.integer().filter(|year| *year > 999).map(|year| year.to_string())
        }
        ScalarKind::Text => None,
    };
    let written = written.as_deref().unwrap_or(&scalar.text);
    let wrong = match Date::parse(written) {
        Ok(date) if matches!(shape, Shape::Date) || date.day.is_some() => return Some(date),
        Ok(_) => "has no day".to_owned(),
        Err(wrong) => wrong,
    };
    let diagnostic = decoder.report(Code::InvalidDate, node.span, format!("`{written}` {wrong}"));
    diagnostic.help = Some(format!("write {}", shape.describe()));
    if let Some(turned) = turned_round(written) {
        *diagnostic = diagnostic.clone().fix(turned);
    }
    None
}

/// `5/7/2019`, `5 July 2019` and `2019-7-5` as `2019-07-05`, `July 2019` as `2019-07`: days come
/// first in the United Kingdom, unless the year does.
fn turned_round(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['/', '.', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let month = |written: &str| -> Option<String> {
        let lower = written.to_lowercase();
        let is_named = |name: &&str| lower.len() >= 3 && name.to_lowercase().starts_with(&lower);
        let named = MONTHS.iter().position(is_named).map(|at| (at + 1).to_string());
        named.or_else(|| lower.bytes().all(|b| b.is_ascii_digit()).then_some(lower))
    };
    let turned = match *parts.as_slice() {
        [year, middle, day] if year.len() == 4 => format!("{year}-{:0>2}-{day:0>2}", month(middle)?),
        [day, middle, year] if year.len() == 4 => format!("{year}-{:0>2}-{day:0>2}", month(middle)?),
        [first, year] if year.len() == 4 => format!("{year}-{:0>2}", month(first)?),
        _ => return None,
    };
    Date::parse(&turned).is_ok().then_some(turned)
}

impl Field for Day {
    fn shape() -> Shape {
        Shape::Day
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        decode(node, decoder, &Self::shape()).map(|date| Self(date.first()))
    }

    fn data(&self) -> Json {
        self.0.to_string().into()
    }

    fn view(&self, _: &dyn Names) -> Json {
        view((*self).into())
    }
}

impl Field for Date {
    fn shape() -> Shape {
        Shape::Date
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        decode(node, decoder, &Self::shape())
    }

    fn data(&self) -> Json {
        self.to_string().into()
    }

    fn view(&self, _: &dyn Names) -> Json {
        view(*self)
    }
}

/// A date as templates receive it.
#[must_use]
pub fn view(date: Date) -> Json {
    json!({"iso": date.to_string(), "text": in_words(date), "year": date.year})
}

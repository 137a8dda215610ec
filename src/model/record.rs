//! The macro that declares a record once: its fields' names, types, bounds and documentation
//! become a Rust struct, its draft with every field optional, the registry's entry and the
//! decoder.

/// Declares records. A field is `required`, `optional`, or `list(min..)` or `list(min..=max)`:
///
/// ```
/// use casebook::model::practice::Topic;
/// use casebook::model::values::{Amount, Ref};
///
/// casebook::record! {
///     /// What it is.
///     pub struct Figure, draft FigureDraft {
///         /// What to write in it.
///         required value: Amount;
///         /// The topics that it is about.
///         list(1..=4) topics: Ref<Topic>, facet = "topic", example = "[county-lines]";
///     }
/// }
///
/// let [value, topics] = Figure::SPEC.fields else { panic!("a field for each line") };
/// assert!(value.required && topics.required);
/// assert_eq!((value.name, topics.facet), ("value", Some("topic")));
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! record {
    ($($(#[doc = $doc:literal])+ pub struct $name:ident, draft $draft:ident {
        $($(#[doc = $fdoc:literal])+ $how:ident $(($($bounds:tt)+))? $field:ident : $ty:ty
            $(, facet = $facet:literal)? $(, example = $example:literal)?;)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub struct $name { $($(#[doc = $fdoc])+ pub $field: $crate::record!(@type $how $ty),)+ }

        #[doc = concat!("A [`", stringify!($name), "`] that may lack fields.")]
        #[derive(Debug, Clone, Default)]
        pub struct $draft { $($(#[doc = $fdoc])+ pub $field: Option<$crate::record!(@inner $how $ty)>,)+ }

        impl $name {
            /// The registry's entry.
            pub const SPEC: &'static $crate::model::shape::RecordSpec = &$crate::model::shape::RecordSpec {
                name: stringify!($name),
                doc: concat!($($doc, "\n"),+),
                fields: &[$($crate::model::shape::FieldSpec {
                    name: stringify!($field),
                    doc: concat!($($fdoc, "\n"),+),
                    required: $crate::record!(@required $how $($($bounds)+)?),
                    shape: || $crate::record!(@shape $how [$($($bounds)+)?] $ty),
                    facet: $crate::record!(@option $($facet)?),
                    example: $crate::record!(@option $($example)?),
                },)+],
            };

            /// As open data.
            #[must_use]
            pub fn fields_data(&self) -> serde_json::Map<String, serde_json::Value> {
                let mut map = serde_json::Map::new();
                $(map.insert(stringify!($field).to_owned(), $crate::record!(@data $how self.$field));)+
                map
            }

            /// As templates receive it.
            #[must_use]
            pub fn fields_view(&self, names: &dyn $crate::model::Names) -> serde_json::Map<String, serde_json::Value> {
                let mut map = serde_json::Map::new();
                $(map.insert(stringify!($field).to_owned(), $crate::record!(@view $how self.$field, names));)+
                map
            }
        }

        impl $draft {
            /// Decodes the fields of `node`, without a word about fields that are not among them.
            pub fn decode_fields(
                node: &$crate::parse::node::Node,
                decoder: &mut $crate::model::Decoder<'_>,
            ) -> Self {
                let mut fields = $name::SPEC.fields.iter();
                $(let $field = fields.next().and_then(|spec| {
                    $crate::record!(@decode $how [$($($bounds)+)?] $ty, node, spec, decoder)
                });)+
                Self { $($field,)+ }
            }

            /// The record, where nothing that must be there is missing.
            #[must_use]
            pub fn complete(self) -> Option<$name> {
                Some($name { $($field: $crate::record!(@complete $how self.$field),)+ })
            }
        }

        impl $crate::model::Field for $name {
            fn shape() -> $crate::model::shape::Shape { $crate::model::shape::Shape::Record(Self::SPEC) }

            fn decode(
                node: &$crate::parse::node::Node,
                decoder: &mut $crate::model::Decoder<'_>,
            ) -> Option<Self> {
                decoder.mapping(node, &Self::shape())?;
                decoder.unknown_fields(node, &[Self::SPEC], &[]);
                $draft::decode_fields(node, decoder).complete()
            }

            fn data(&self) -> serde_json::Value { serde_json::Value::Object(self.fields_data()) }

            fn view(&self, names: &dyn $crate::model::Names) -> serde_json::Value {
                serde_json::Value::Object(self.fields_view(names))
            }
        }
    )+};

    (@option) => { None };
    (@option $value:literal) => { Some($value) };

    (@type required $ty:ty) => { $ty };
    (@type optional $ty:ty) => { Option<$ty> };
    (@type list $ty:ty) => { Vec<$ty> };
    (@inner required $ty:ty) => { $ty };
    (@inner optional $ty:ty) => { $ty };
    (@inner list $ty:ty) => { Vec<$ty> };

    (@required required) => { true };
    (@required optional) => { false };
    (@required list $min:literal $($rest:tt)+) => { $min > 0 };

    (@shape list [$min:literal ..] $ty:ty) => {
        $crate::model::shape::Shape::List {
            of: Box::new(<$ty as $crate::model::Field>::shape()), min: $min, max: None,
        }
    };
    (@shape list [$min:literal ..= $max:literal] $ty:ty) => {
        $crate::model::shape::Shape::List {
            of: Box::new(<$ty as $crate::model::Field>::shape()), min: $min, max: Some($max),
        }
    };
    (@shape $how:ident [] $ty:ty) => { <$ty as $crate::model::Field>::shape() };

    (@decode required [] $ty:ty, $node:ident, $spec:ident, $decoder:ident) => { $decoder.required::<$ty>($node, $spec) };
    (@decode optional [] $ty:ty, $node:ident, $spec:ident, $decoder:ident) => { $decoder.optional::<$ty>($node, $spec) };
    (@decode list [$min:literal ..] $ty:ty, $node:ident, $spec:ident, $decoder:ident) => {
        $decoder.list::<$ty>($node, $spec, $min, None)
    };
    (@decode list [$min:literal ..= $max:literal] $ty:ty, $node:ident, $spec:ident, $decoder:ident) => {
        $decoder.list::<$ty>($node, $spec, $min, Some($max))
    };

    (@complete required $value:expr) => { $value? };
    (@complete optional $value:expr) => { $value };
    (@complete list $value:expr) => { $value? };

    (@data required $value:expr) => { $crate::model::Field::data(&$value) };
    (@data optional $value:expr) => {
        $value.as_ref().map_or(serde_json::Value::Null, $crate::model::Field::data)
    };
    (@data list $value:expr) => { $value.iter().map($crate::model::Field::data).collect::<serde_json::Value>() };

    (@view required $value:expr, $names:ident) => { $crate::model::Field::view(&$value, $names) };
    (@view optional $value:expr, $names:ident) => {
        $value.as_ref().map_or(serde_json::Value::Null, |value| $crate::model::Field::view(value, $names))
    };
    (@view list $value:expr, $names:ident) => {
        $value.iter().map(|value| $crate::model::Field::view(value, $names)).collect::<serde_json::Value>()
    };
}

/// Declares a type with values that are fixed in casebook.
#[macro_export]
#[doc(hidden)]
macro_rules! choice {
    ($($(#[doc = $doc:literal])+ pub enum $name:ident {
        $($(#[doc = $vdoc:literal])+ $variant:ident = $value:literal, $label:literal;)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $vdoc])+ $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const CHOICES: &'static [$crate::model::shape::Choice] = &[$($crate::model::shape::Choice {
                value: $value, label: $label, description: concat!($($vdoc, "\n"),+),
            },)+];

            /// As written in front matter.
            #[must_use]
            pub fn value(self) -> &'static str { match self { $(Self::$variant => $value,)+ } }

            fn parse(text: &str) -> Option<Self> {
                match text { $($value => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::model::Field for $name {
            fn shape() -> $crate::model::shape::Shape { $crate::model::shape::Shape::Choice(Self::CHOICES) }

            fn decode(
                node: &$crate::parse::node::Node,
                decoder: &mut $crate::model::Decoder<'_>,
            ) -> Option<Self> {
                let text = $crate::model::values::text(node, decoder, &Self::shape())?;
                Self::parse(text).or_else(|| {
                    $crate::model::values::not_a_choice(node.span, text, Self::CHOICES, decoder);
                    None
                })
            }

            fn data(&self) -> serde_json::Value { self.value().into() }

            fn view(&self, _: &dyn $crate::model::Names) -> serde_json::Value {
                $crate::model::values::choice_view(self.value(), Self::CHOICES)
            }
        }
    )+};
}

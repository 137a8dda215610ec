//! The register of UK councils: the codes that exist, and what is known of each.
//!
//! `councils.csv` holds the current authorities: names, codes, kinds, nations, regions and positions
//! from mySociety's *UK local authority names and codes* (CC BY 4.0), hexes from Open Innovations'
//! *hexmaps* (MIT).

use std::sync::LazyLock;

use serde::Deserialize;

/// A council in the register.
#[derive(Debug, Clone, Deserialize)]
pub struct Authority {
    /// Its code in the Government Statistical Service's register.
    pub gss: String,
    /// The name by which people know it: `Islington`.
    pub name: String,
    /// The name it has in law.
    pub official_name: String,
    /// A value of the vocabulary `council-kind`.
    pub kind: String,
    /// A value of the vocabulary `nation`.
    pub nation: String,
    /// A value of the vocabulary `region`.
    pub region: String,
    /// Codes it had before, with spaces between.
    pub former_gss: String,
    /// Its column on the hex map, odd rows set in by half a hex; counties and combined authorities have none.
    pub hex_q: Option<i32>,
    /// Its row on the hex map, from the south.
    pub hex_r: Option<i32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

static AUTHORITIES: LazyLock<Vec<Authority>> = LazyLock::new(|| {
    csv::Reader::from_reader(include_bytes!("councils.csv").as_slice())
        .deserialize()
        .filter_map(Result::ok)
        .collect()
});

/// Every current council, by code.
#[must_use]
pub fn all() -> &'static [Authority] {
    &AUTHORITIES
}

/// The council with the code `gss`, or that had it before.
#[must_use]
pub fn find(gss: &str) -> Option<&'static Authority> {
    all()
        .iter()
        .find(|a| a.gss == gss)
        .or_else(|| all().iter().find(|a| a.former_gss.split(' ').any(|former| former == gss)))
}

/// The councils whose name is most like `name`.
#[must_use]
pub fn named(name: &str) -> Option<&'static Authority> {
    let near = crate::diagnostics::nearest(name, all().iter().map(|a| a.name.as_str()))?;
    all().iter().find(|a| a.name == near)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_of_the_register_is_read() {
        assert_eq!(super::all().len(), include_str!("councils.csv").lines().count() - 1);
        assert_eq!(super::find("E09000019").map(|a| a.name.as_str()), Some("Islington"));
    }
}

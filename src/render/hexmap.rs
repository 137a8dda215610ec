//! Councils as hexagons: the outline of the country that chips are drawn on, and maps by state.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::view::{MapLayer, MapView, State, Tile};
use crate::model::register::{self, Authority};

/// From the middle of a hexagon to that of the next in its row.
const STEP: f64 = 10.0;
/// From one row to the next.
const ROW: f64 = 8.66;
/// One hexagon from its top corner, a little smaller than its place.
const HEXAGON: &str = "l4.7 2.7v5.4l-4.7 2.7-4.7-2.7v-5.4z";
/// From the middle of a hexagon to its top corner.
const TOP: f64 = 5.4;

/// Least and most of columns and rows.
struct Bounds {
    q: (i32, i32),
    r: (i32, i32),
}

static BOUNDS: LazyLock<Bounds> = LazyLock::new(|| {
    let places = || register::all().iter().filter_map(|a| Some((a.hex_q?, a.hex_r?)));
    let (q, r) = (|| places().map(|(q, _)| q), || places().map(|(_, r)| r));
    Bounds {
        q: (q().min().unwrap_or(0), q().max().unwrap_or(0)),
        r: (r().min().unwrap_or(0), r().max().unwrap_or(0)),
    }
});

/// The outline's address and bytes. Chips refer to its shape, `#uk`.
static OUTLINE: LazyLock<(String, String)> = LazyLock::new(|| {
    let path =
        register::all().iter().filter_map(tile).fold(String::new(), |path, tile| path + &hexagon(&tile));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{}\"><path id=\"uk\" d=\"{path}\"/></svg>\n",
        view_box()
    );
    let hash = blake3::hash(svg.as_bytes()).to_hex();
    (format!("/assets/uk.{}.svg", hash.get(..10).unwrap_or_default()), svg)
});

/// The outline's address on the site, and what it holds.
pub fn outline() -> (String, String) {
    OUTLINE.clone()
}

/// The viewBox of the outline and of maps.
#[must_use]
pub fn view_box() -> String {
    let Bounds { q, r } = &*BOUNDS;
    let width = f64::from(q.1 - q.0 + 1) * STEP + STEP / 2.0;
    let height = f64::from(r.1 - r.0) * ROW + 2.0 * TOP;
    format!("0 0 {} {}", round(width), round(height))
}

/// The middle of a council's hexagon. Counties and combined authorities have none.
#[must_use]
pub fn tile(authority: &Authority) -> Option<Tile> {
    let Bounds { q, r } = &*BOUNDS;
    let (column, row) = (authority.hex_q?, authority.hex_r?);
    // Odd rows are set in by half a hexagon.
    let inset = if row.rem_euclid(2) == 1 { STEP / 2.0 } else { 0.0 };
    Some(Tile {
        x: round(f64::from(column - q.0) * STEP + STEP / 2.0 + inset),
        y: round(f64::from(r.1 - row) * ROW + TOP),
    })
}

/// The map of every council in the register, by what `state` says of it; layers come in the order
/// of `states`.
#[must_use]
pub fn map(states: &[State], state: impl Fn(&Authority) -> String) -> MapView {
    let mut layers: Vec<MapLayer> =
        states.iter().map(|state| MapLayer { state: state.clone(), count: 0, path: String::new() }).collect();
    for authority in register::all() {
        let value = state(authority);
        let Some(tile) = tile(authority) else { continue };
        if let Some(layer) = layers.iter_mut().find(|layer| layer.state.value == value) {
            layer.count += 1;
            layer.path.push_str(&hexagon(&tile));
        }
    }
    MapView { layers }
}

fn hexagon(tile: &Tile) -> String {
    let mut path = String::new();
    let _ = write!(path, "M{} {}{HEXAGON}", tile.x, round(tile.y - TOP));
    path
}

fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

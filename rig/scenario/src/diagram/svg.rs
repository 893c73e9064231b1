//! The scenario drawn: layers from left to right, so that a message's way is read like a line.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write},
};

use rust_sugiyama::{configure::Config, from_vertices_and_edges};

use super::{ports, subtitle};
use crate::{Gear, Lane, Scenario};

const WIDTH: f64 = 196.0;
const HEIGHT: f64 = 60.0;
/// Between layers, where labels of wires stand, and between boxes of a layer.
const GAP: f64 = 112.0;
const BETWEEN: f64 = 36.0;
const MARGIN: f64 = 32.0;
const TITLE: f64 = 56.0;
/// Between wires that go back, below everything.
const LANE: f64 = 22.0;
/// How far outside a box a wire turns, and how round.
const TURN: f64 = 18.0;
const ROUND: f64 = 8.0;
/// Letters that fit into a box.
const FITS: usize = 24;

const STYLE: &str = "
svg{--paper:#fff;--box:#f6f7fb;--edge:#c9cddb;--ink:#1c2030;--soft:#5d6478;--wire:#7f879d;--io:#2f6fde;--codec:#8a4fd8;\
--logic:#b8610b;--watch:#2b8a5c;font-family:Inter,system-ui,sans-serif}
@media(prefers-color-scheme:dark){svg{--paper:#14161d;--box:#1e212b;--edge:#3a3f4f;--ink:#eef0f6;--soft:#a2a9bb;\
--wire:#7b8398;--io:#6ea2ff;--codec:#bd8cff;--logic:#f0a350;--watch:#63c695}}
.paper{fill:var(--paper)}.box{fill:var(--box);stroke:var(--edge)}.peer{fill:none;stroke:var(--edge);stroke-dasharray:3 3}
.title{fill:var(--ink);font-size:18px;font-weight:600}.name{fill:var(--ink);font-size:14px;font-weight:600}
.type,.version{fill:var(--soft);font-size:12px}.wire{fill:none;stroke:var(--wire);stroke-width:1.5}
.stored{stroke-dasharray:6 4}.label{fill:var(--soft);font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:4px;\
stroke-linejoin:round}.tip{fill:var(--wire)}
.io{fill:var(--io)}.codec{fill:var(--codec)}.logic{fill:var(--logic)}.watch{fill:var(--watch)}
";

/// A picture of its own: no scripts, no fonts from elsewhere, light and dark.
pub fn svg(scenario: &Scenario) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = draw(scenario, &mut text);
    text
}

/// From which box to which, what stands at the wire, and how it carries.
type Edge = (u32, u32, String, Lane);

/// A box: a gear, or who is behind one.
enum Node<'a> {
    Gear(&'a Gear),
    Peer(&'a str),
}

fn draw(scenario: &Scenario, out: &mut String) -> fmt::Result {
    let mut nodes: Vec<_> = scenario.gears.iter().map(Node::Gear).collect();
    let index: BTreeMap<_, _> =
        scenario.gears.iter().zip(0_u32..).map(|(gear, at)| (&*gear.name, at)).collect();
    let mut edges = Vec::new();
    for wire in &scenario.wires {
        if let (Some(&from), Some(&to)) = (index.get(&*wire.from.gear), index.get(&*wire.to.gear)) {
            edges.push((from, to, ports(wire), wire.lane));
        }
    }
    for gear in &scenario.gears {
        let (Some(peer), Some(&at)) = (gear.labels.get("peer"), index.get(&*gear.name)) else { continue };
        let number = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
        // Who asks stands on the left, who is asked on the right.
        let asks = gear.config.get("mode").and_then(|mode| mode.as_str()) == Some("server");
        let (from, to) = if asks { (number, at) } else { (at, number) };
        edges.push((from, to, String::new(), Lane::Hot));
        nodes.push(Node::Peer(peer));
    }
    let (places, width, height) = layout(nodes.len(), &edges);
    // What goes back to the left does so below the boxes, the shortest way first.
    let mut back: Vec<_> = (0..edges.len()).filter(|&edge| goes_back(&places, &edges[edge])).collect();
    let length = |edge: usize| places[edges[edge].0 as usize].0 - places[edges[edge].1 as usize].0;
    back.sort_by(|&a, &b| length(a).total_cmp(&length(b)));
    let bottom = height + MARGIN + TITLE;
    let lanes: f64 = back.iter().map(|_| LANE).sum();
    let (width, height) = (width + 2.0 * MARGIN, bottom + MARGIN + lanes);
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" aria-label="{0}"><title>{0}</title><style>{STYLE}</style><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs><rect class="paper" width="100%" height="100%"/><text class="title" x="{MARGIN}" y="42">{0}<tspan class="version" dx="10">{1}</tspan></text>"#,
        escaped(&scenario.name),
        escaped(&scenario.version)
    )?;
    for (number, edge) in edges.iter().enumerate() {
        let lane = back.iter().position(|&other| other == number);
        wire(out, &places, edge, lane, bottom)?;
    }
    for (node, (x, y)) in nodes.iter().zip(&places) {
        write!(out, r#"<g transform="translate({x:.1} {y:.1})">"#)?;
        match node {
            Node::Gear(gear) => {
                let class = class(&gear.gear_type);
                write!(
                    out,
                    r#"<title>{0}</title><rect class="box" width="{WIDTH}" height="{HEIGHT}" rx="10"/><rect class="{class}" y="12" width="4" height="{1}" rx="2"/><text class="name" x="18" y="26">{2}</text><text class="type" x="18" y="45">{3}</text>"#,
                    escaped(gear.doc.as_deref().unwrap_or(&gear.name)),
                    HEIGHT - 24.0,
                    escaped(&cut(&gear.name)),
                    escaped(&cut(&subtitle(scenario, gear)))
                )?;
            }
            Node::Peer(peer) => write!(
                out,
                r#"<rect class="peer" width="{WIDTH}" height="{HEIGHT}" rx="30"/><text class="type" x="{0}" y="{1}" text-anchor="middle">{2}</text>"#,
                WIDTH / 2.0,
                HEIGHT / 2.0 + 4.0,
                escaped(&cut(peer))
            )?,
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>\n");
    Ok(())
}

/// Where the upper left corner of each box is, and how large the whole is.
fn layout(nodes: usize, edges: &[Edge]) -> (Vec<(f64, f64)>, f64, f64) {
    // The library goes from above to below; here that is from left to right.
    let count = u32::try_from(nodes).unwrap_or(u32::MAX);
    let vertices: Vec<_> = (0..count).map(|node| (node, (HEIGHT, WIDTH + GAP - BETWEEN))).collect();
    let unique: BTreeSet<_> =
        edges.iter().filter(|edge| edge.0 != edge.1).map(|edge| (edge.0, edge.1)).collect();
    let unique: Vec<_> = unique.into_iter().collect();
    let config = Config { vertex_spacing: BETWEEN, ..Config::default() };
    let mut places = vec![(0.0, 0.0); nodes];
    let (mut top, mut right) = (0.0_f64, 0.0_f64);
    for (part, ..) in from_vertices_and_edges(&vertices, &unique, &config) {
        let low = |get: fn(&(f64, f64)) -> f64| {
            part.iter().map(|(_, place)| get(place)).fold(f64::INFINITY, f64::min)
        };
        let (left, upper) = (low(|place| place.1.abs()), low(|place| place.0));
        let mut below = top;
        for (node, (across, along)) in &part {
            let (x, y) = (along.abs() - left, across - upper + top);
            places[*node] = (x + MARGIN, y + MARGIN + TITLE);
            right = right.max(x + WIDTH);
            below = below.max(y + HEIGHT);
        }
        top = below + BETWEEN;
    }
    (places, right, (top - BETWEEN).max(0.0))
}

fn goes_back(places: &[(f64, f64)], edge: &Edge) -> bool {
    places[edge.1 as usize].0 <= places[edge.0 as usize].0
}

fn wire(
    out: &mut String,
    places: &[(f64, f64)],
    edge: &Edge,
    back: Option<usize>,
    bottom: f64,
) -> fmt::Result {
    let ((from_x, from_y), (to_x, to_y)) = (places[edge.0 as usize], places[edge.1 as usize]);
    let (x1, y1, x2, y2) = (from_x + WIDTH, from_y + HEIGHT / 2.0, to_x - 2.0, to_y + HEIGHT / 2.0);
    let class = if edge.3 == Lane::Guaranteed { "wire stored" } else { "wire" };
    let (path, (x, y)) = match back {
        None => {
            let bend = ((x2 - x1) / 2.0).max(30.0);
            let path =
                format!("M{x1:.1} {y1:.1}C{:.1} {y1:.1} {:.1} {y2:.1} {x2:.1} {y2:.1}", x1 + bend, x2 - bend);
            (path, (f64::midpoint(x1, x2), f64::midpoint(y1, y2) - 6.0))
        }
        // Between the layers down, below everything to the left, and up again: no box is crossed.
        Some(number) => {
            let step: f64 = (0..number).map(|_| 1.0).sum();
            let low = bottom + LANE * (step + 0.5);
            let (right, left) = (x1 + TURN + 5.0 * step, x2 - TURN - 5.0 * step);
            let path = format!(
                "M{x1:.1} {y1:.1}H{:.1}Q{right:.1} {y1:.1} {right:.1} {:.1}V{:.1}Q{right:.1} {low:.1} {:.1} {low:.1}H{:.1}Q{left:.1} {low:.1} {left:.1} {:.1}V{:.1}Q{left:.1} {y2:.1} {:.1} {y2:.1}H{x2:.1}",
                right - ROUND,
                y1 + ROUND,
                low - ROUND,
                right - ROUND,
                left + ROUND,
                low - ROUND,
                y2 + ROUND,
                left + ROUND
            );
            (path, (f64::midpoint(left, right), low - 4.0))
        }
    };
    write!(out, r#"<path class="{class}" d="{path}" marker-end="url(#tip)"/>"#)?;
    if !edge.2.is_empty() {
        write!(
            out,
            r#"<text class="label" x="{x:.1}" y="{y:.1}" text-anchor="middle">{}</text>"#,
            escaped(&edge.2)
        )?;
    }
    Ok(())
}

fn class(gear_type: &str) -> &'static str {
    match gear_type {
        "http" | "file" => "io",
        _ if gear_type.starts_with("io_") => "io",
        _ if gear_type.starts_with("codec") => "codec",
        "log" => "watch",
        _ => "logic",
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= FITS {
        return text.to_owned();
    }
    text.chars().take(FITS - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '&' => "&amp;".to_owned(),
            '"' => "&quot;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

//! A scenario whose parts fit together, and the checks in their order; the first that fails counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use serde_saphyr::{Location, Spanned};
use sha2::{Digest, Sha256};

use crate::{
    document::{self, Document, GearEntry, RackEntry, WireEntry},
    manifest::{Manifest, PortDirection, Ports},
    names::{Endpoint, is_name},
    problem::{Problem, closest, listed},
};

/// How a wire carries messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Through memory: at most once, in order.
    Hot,
    /// Through a stored stream: at least once.
    Guaranteed,
}

/// A rack by its name, or all racks with some labels.
#[derive(Clone, Debug, PartialEq)]
pub struct RackTarget {
    /// Of the rack or the group; none for an entry that only holds defaults.
    pub name: Option<String>,
    pub is_group: bool,
    /// What a member of the group has.
    pub matched: BTreeMap<String, String>,
    pub labels: BTreeMap<String, String>,
    pub defaults: Map<String, Value>,
    pub config: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Gear {
    pub name: String,
    pub gear_type: String,
    /// A rack or a group; none: every rack that has the scenario.
    pub deploy: Option<String>,
    /// As written: references to the environment and to secrets stand.
    pub config: Map<String, Value>,
    /// What the scenario declares, if it does; otherwise the type's own.
    pub ports: Option<Ports>,
    pub labels: BTreeMap<String, String>,
    pub doc: Option<String>,
    pub(crate) place: Location,
}

impl Gear {
    /// Something that is wrong with the gear, at its place.
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::at(self.place, message)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    pub from: Endpoint,
    pub to: Endpoint,
    pub lane: Lane,
    pub(crate) place: Location,
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub name: String,
    /// Without a leading `v`.
    pub version: String,
    pub description: Option<String>,
    pub racks: Vec<RackTarget>,
    pub gears: Vec<Gear>,
    pub wires: Vec<Wire>,
    /// SHA-256 of the document, in lower-case hex.
    pub hash: String,
}

impl Wire {
    /// Something that is wrong with the wire, at its place.
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::at(self.place, message)
    }
}

impl Scenario {
    /// Reads a document and checks everything that needs no knowledge of gear types.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let document = document::read(text)?;
        let (name, version, description) = meta(&document)?;
        let racks = racks(&document.racks)?;
        let gears = gears(&document.gears, &racks)?;
        let wires = wires(&document.wires, &gears, &racks)?;
        let hash = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { name, version, description, racks, gears, wires, hash })
    }

    /// Whether the ports of wires are there, as far as the gear's type is known.
    pub fn check_ports(&self, known: &[Manifest]) -> Result<(), Problem> {
        for wire in &self.wires {
            for (end, direction) in [(&wire.from, PortDirection::Output), (&wire.to, PortDirection::Input)] {
                let Some(gear) = self.gear(&end.gear) else { continue };
                let Some(manifest) = known.iter().find(|manifest| manifest.gear_type == gear.gear_type)
                else {
                    continue;
                };
                if gear.ports.is_none() && !manifest.ports.has(direction, &end.port) {
                    let of = format!("a gear of type {}", gear.gear_type);
                    return Err(no_port(wire.place, end, &of, direction, &manifest.ports));
                }
            }
        }
        Ok(())
    }

    pub fn gear(&self, name: &str) -> Option<&Gear> {
        self.gears.iter().find(|gear| gear.name == name)
    }
    /// The rack an end is on: the one it names, or its gear's. None: on every rack.
    pub fn rack_of<'a>(&'a self, end: &'a Endpoint) -> Option<&'a str> {
        rack_of(end, &self.gears)
    }
}

fn rack_of<'a>(end: &'a Endpoint, gears: &'a [Gear]) -> Option<&'a str> {
    end.rack.as_deref().or_else(|| gears.iter().find(|gear| gear.name == end.gear)?.deploy.as_deref())
}

/// The place of the words themselves.
fn place<T>(of: &Spanned<T>) -> Location {
    of.referenced
}

fn meta(document: &Document) -> Result<(String, String, Option<String>), Problem> {
    let Some(meta) = &document.meta else {
        return Err(Problem::anywhere("`meta:` with `name:` and `version:` is missing"));
    };
    let missing = |what| Problem::at(place(meta), format!("`meta.{what}` is missing"));
    let version = meta.value.version.as_ref().ok_or_else(|| missing("version"))?;
    let plain = version.value.trim().trim_start_matches('v');
    if semver::Version::parse(plain).is_err() {
        let text = format!("`{}` is no version: write three numbers, for example 1.0.0", version.value);
        return Err(Problem::at(place(version), text));
    }
    let name = meta.value.name.as_ref().ok_or_else(|| missing("name"))?;
    if name.value.trim().is_empty() {
        return Err(Problem::at(place(name), "`meta.name` is empty"));
    }
    Ok((name.value.trim().to_owned(), plain.to_owned(), meta.value.description.clone()))
}

fn checked_name(kind: &str, name: &Spanned<String>, taken: &mut BTreeSet<String>) -> Result<String, Problem> {
    if !is_name(&name.value) {
        let text =
            format!("`{}` cannot name a {kind}: lower-case letters, digits, `-` and `_` can", name.value);
        let suggestion = Some(crate::slug(&name.value)).filter(|slug| is_name(slug));
        return Err(Problem::at(place(name), text).suggest(suggestion));
    }
    if !taken.insert(name.value.clone()) {
        return Err(Problem::at(place(name), format!("there are two {kind}s called `{}`", name.value)));
    }
    Ok(name.value.clone())
}

fn racks(entries: &[Spanned<RackEntry>]) -> Result<Vec<RackTarget>, Problem> {
    let (mut names, mut groups) = (BTreeSet::new(), BTreeSet::new());
    let mut racks = Vec::with_capacity(entries.len());
    for entry in entries {
        let RackEntry { name, group, matched, defaults, labels, config } = &entry.value;
        let (name, is_group) = match (name, group) {
            (Some(name), Some(_)) => {
                return Err(Problem::at(place(name), "a rack entry has a `name` or a `group`, not both"));
            }
            (Some(name), None) => (Some(checked_name("rack", name, &mut names)?), false),
            (None, Some(group)) => {
                let name = checked_name("group", group, &mut groups)?;
                if matched.as_ref().is_none_or(|matched| matched.labels.is_empty()) {
                    let text = format!(
                        "the group `{name}` names no labels: `match: {{ labels: {{ … }} }}` is missing"
                    );
                    return Err(Problem::at(place(group), text));
                }
                (Some(name), true)
            }
            (None, None) if defaults.is_some() => (None, false),
            (None, None) => {
                return Err(Problem::at(
                    place(entry),
                    "a rack entry needs a `name`, a `group` or `defaults`",
                ));
            }
        };
        if let Some(name) = &name
            && names.contains(name)
            && groups.contains(name)
        {
            return Err(Problem::at(place(entry), format!("`{name}` is both a rack and a group")));
        }
        racks.push(RackTarget {
            name,
            is_group,
            matched: matched.as_ref().map(|matched| matched.labels.clone()).unwrap_or_default(),
            labels: labels.clone(),
            defaults: defaults.clone().unwrap_or_default(),
            config: config.clone(),
        });
    }
    Ok(racks)
}

fn named(racks: &[RackTarget]) -> impl Iterator<Item = &str> {
    racks.iter().filter_map(|rack| rack.name.as_deref())
}

fn gears(entries: &[Spanned<GearEntry>], racks: &[RackTarget]) -> Result<Vec<Gear>, Problem> {
    if entries.is_empty() {
        return Err(Problem::anywhere("there are no `gears`: a scenario without any does nothing"));
    }
    let mut names = BTreeSet::new();
    let mut gears = Vec::with_capacity(entries.len());
    for entry in entries {
        let gear = &entry.value;
        let name = gear.name.as_ref().ok_or_else(|| Problem::at(place(entry), "a gear has no `name`"))?;
        let name = checked_name("gear", name, &mut names)?;
        let gear_type = gear
            .gear_type
            .as_ref()
            .filter(|gear_type| !gear_type.value.is_empty())
            .ok_or_else(|| Problem::at(place(entry), format!("the gear `{name}` has no `type`")))?;
        if let Some(deploy) = &gear.deploy
            && racks.iter().any(|rack| rack.name.is_some())
            && !named(racks).any(|rack| rack == deploy.value.name())
        {
            let deploy_name = deploy.value.name();
            let known = listed(named(racks));
            let text = format!(
                "the gear `{name}` goes to `{deploy_name}`, which `racks` does not name; it names {known}"
            );
            return Err(Problem::at(place(deploy), text).suggest(closest(deploy_name, named(racks))));
        }
        gears.push(Gear {
            ports: declared_ports(gear, &name, place(entry))?,
            name,
            gear_type: gear_type.value.clone(),
            deploy: gear.deploy.as_ref().map(|deploy| deploy.value.name().to_owned()),
            config: gear.config.clone(),
            labels: gear.labels.clone(),
            doc: gear.doc.clone(),
            place: place(entry),
        });
    }
    Ok(gears)
}

/// `config.ports` where it has the form, the gear's own `ports` otherwise.
fn declared_ports(gear: &GearEntry, name: &str, place: Location) -> Result<Option<Ports>, Problem> {
    let inner = gear
        .config
        .get("ports")
        .map(|ports| serde_json::from_value::<document::PortsEntry>(ports.clone()))
        .transpose()
        .map_err(|error| Problem::at(place, format!("`config.ports` of the gear `{name}`: {error}")))?;
    let Some(ports) = inner.or_else(|| gear.ports.clone()) else { return Ok(None) };
    if let Some(bad) = ports.inputs.iter().chain(&ports.outputs).find(|port| !is_name(port)) {
        return Err(Problem::at(place, format!("`{bad}` cannot name a port of the gear `{name}`")));
    }
    Ok(Some(Ports { inputs: ports.inputs, outputs: ports.outputs }))
}

fn wires(entries: &[Spanned<WireEntry>], gears: &[Gear], racks: &[RackTarget]) -> Result<Vec<Wire>, Problem> {
    entries.iter().map(|entry| wire(entry, gears, racks)).collect()
}

fn wire(entry: &Spanned<WireEntry>, gears: &[Gear], racks: &[RackTarget]) -> Result<Wire, Problem> {
    let end = |text: &Option<Spanned<String>>, which| {
        let text =
            text.as_ref().ok_or_else(|| Problem::at(place(entry), format!("a wire has no `{which}`")))?;
        let end = Endpoint::parse(&text.value).ok_or_else(|| {
            let message = format!("`{}` is no end of a wire: write gear.port or rack.gear.port", text.value);
            Problem::at(place(text), message)
        })?;
        Ok((end, place(text)))
    };
    let (from, from_place) = end(&entry.value.from, "from")?;
    let (to, to_place) = end(&entry.value.to, "to")?;
    let lane = match &entry.value.lane {
        None => None,
        Some(lane) => match &*lane.value {
            "" => None,
            "hot" => Some(Lane::Hot),
            "guaranteed" => Some(Lane::Guaranteed),
            other => {
                let text = format!("there is no lane `{other}`; there are hot and guaranteed");
                return Err(Problem::at(place(lane), text).suggest(closest(other, ["hot", "guaranteed"])));
            }
        },
    };
    let apart = matches!((rack_of(&from, gears), rack_of(&to, gears)), (Some(a), Some(b)) if a != b);
    if apart && lane == Some(Lane::Hot) {
        let text = format!("the wire {from} → {to} goes from one rack to another: such a wire cannot be hot");
        return Err(Problem::at(place(entry), text));
    }
    for (end, place, direction) in
        [(&from, from_place, PortDirection::Output), (&to, to_place, PortDirection::Input)]
    {
        if let Some(rack) = &end.rack
            && !named(racks).any(|name| name == rack)
        {
            let text = format!("the wire end {end} names the rack `{rack}`, which `racks` does not");
            return Err(Problem::at(place, text).suggest(closest(rack, named(racks))));
        }
        let names = || gears.iter().map(|gear| &*gear.name);
        let Some(gear) = gears.iter().find(|gear| gear.name == end.gear) else {
            let text = format!("the wire end {end} names the gear `{}`, which is not there", end.gear);
            let suggestion = closest(&end.gear, names()).map(|gear| format!("{gear}.{}", end.port));
            return Err(Problem::at(place, text).suggest(suggestion));
        };
        if let Some(ports) = &gear.ports
            && !ports.has(direction, &end.port)
        {
            return Err(no_port(place, end, &format!("the gear {}", gear.name), direction, ports));
        }
    }
    let lane = lane.unwrap_or(if apart { Lane::Guaranteed } else { Lane::Hot });
    Ok(Wire { from, to, lane, place: place(entry) })
}

fn no_port(place: Location, end: &Endpoint, of: &str, direction: PortDirection, ports: &Ports) -> Problem {
    let what = match direction {
        PortDirection::Input => "input",
        PortDirection::Output => "output",
    };
    let text = format!("{end}: {of} has no {what} `{}`; it has {}", end.port, ports.listed(direction));
    let known = ports.of(direction).iter().map(String::as_str);
    let suggestion = closest(&end.port, known).map(|port| format!("{}.{port}", end.gear));
    Problem::at(place, text).suggest(suggestion)
}

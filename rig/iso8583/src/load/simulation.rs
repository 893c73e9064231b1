//! `x-fluxrig-simulation`: what can be drawn, checked against the catalog, the value sets and the
//! wire layer.

use std::{collections::BTreeMap, time::Duration};

use super::{condition, resolved};
use crate::{
    node::Node,
    path::Path,
    problem::Problems,
    semantics::ValueSet,
    simulation::{Delay, Responder, ResponderRule, Simulation, Source},
    spec::Spec,
};

type Enums = BTreeMap<String, ValueSet>;

pub fn read(node: &Node, enums: &Enums, spec: &mut Spec, problems: &mut Problems) {
    let Some(block) = node.get("x-fluxrig-simulation") else { return };
    let reader = Reader { enums, spec: &*spec };
    let mut simulation = Simulation::default();
    for (key, value) in block.entries() {
        match key.as_str() {
            "mix" => {
                for entry in value.items() {
                    let mti = entry.text_of("use").unwrap_or_default().to_owned();
                    if !spec.knows(&mti) {
                        let what = format!("simulation mix: `{}` is not in the catalog", mti.escape_debug());
                        problems.add(entry.line, what);
                    }
                    let weight = weight(entry.get("weight"), "simulation mix", problems);
                    simulation.mix.push((mti, weight));
                }
            }
            "defaults" => simulation.defaults = reader.values(value, "simulation defaults", problems),
            "templates" => {
                for (mti, template) in value.entries() {
                    reader.template(mti, template, &mut simulation, problems);
                }
            }
            "responder" => simulation.responder = Some(reader.responder(value, problems)),
            mti if mti.len() == 4 && mti.bytes().all(|byte| byte.is_ascii_digit()) => {
                reader.template(mti, value, &mut simulation, problems);
            }
            "seed" | "note" | "description" => {}
            key if key.starts_with("x-") => {}
            _ => problems.add(value.line, format!("simulation: `{}` is not a key here", key.escape_debug())),
        }
    }
    spec.simulation = Some(simulation);
}

fn weight(node: Option<&Node>, place: &str, problems: &mut Problems) -> u64 {
    let Some(node) = node else { return 1 };
    let weight = node.text().and_then(|text| text.parse::<u32>().ok());
    if weight.is_none() {
        problems.add(node.line, format!("{place}: a weight is a whole number, 0 or more"));
    }
    weight.unwrap_or(1).into()
}

struct Reader<'a> {
    enums: &'a Enums,
    spec: &'a Spec,
}

impl Reader<'_> {
    fn template(&self, mti: &str, node: &Node, simulation: &mut Simulation, problems: &mut Problems) {
        if !self.spec.knows(mti) {
            let what = format!("simulation: the template `{}` is not in the catalog", mti.escape_debug());
            problems.add(node.line, what);
        }
        let values = node.get("fields").unwrap_or(node);
        let values = self.values(values, &format!("simulation {}", mti.escape_debug()), problems);
        simulation.templates.insert(mti.to_owned(), values);
    }

    /// An element, a part, or an alias of either.
    fn place(&self, text: &str) -> Option<Path> {
        let aliased = self.spec.aliases().find(|alias| alias.0 == text).map(|alias| alias.1);
        let path = aliased.or_else(|| Path::parse(text).map(|path| resolved(&self.spec.wire, path)))?;
        (self.spec.wire.at(path).is_some() && !(path.is_element() && matches!(path.element, 0 | 1 | 65)))
            .then_some(path)
    }

    fn values(&self, node: &Node, place: &str, problems: &mut Problems) -> BTreeMap<Path, Source> {
        let mut values = BTreeMap::new();
        for (key, value) in node.entries() {
            let here = format!("{place}, {}", key.escape_debug());
            match self.place(key) {
                None => problems.add(value.line, format!("{here}: the wire layer does not have it")),
                Some(path) => {
                    if let Some(source) = self.source(value, path, &here, problems) {
                        values.insert(path, source);
                    }
                }
            }
        }
        values
    }

    fn source(&self, node: &Node, path: Path, place: &str, problems: &mut Problems) -> Option<Source> {
        let made = match (node.text(), node.get("choose")) {
            (Some(text), _) => match text.strip_prefix('$') {
                None => Ok(Source::Literal(text.to_owned())),
                Some(escaped) if escaped.starts_with('$') => Ok(Source::Literal(escaped.to_owned())),
                Some(call) => self.call(call, path),
            },
            (None, Some(choose)) => return self.choose(choose, path, place, problems),
            (None, None) => Err("a value is a text, a macro or `choose`".to_owned()),
        };
        match made {
            Ok(source) => Some(source),
            Err(why) => {
                problems.add(node.line, format!("{place}: {why}"));
                None
            }
        }
    }

    fn choose(&self, node: &Node, path: Path, place: &str, problems: &mut Problems) -> Option<Source> {
        let mut choices = Vec::new();
        if let Some(name) = node.text_of("from") {
            let Some(set) = self.enums.get(name) else {
                problems.add(node.line, format!("{place}: there is no value set `{}`", name.escape_debug()));
                return None;
            };
            let weights = node.get("weights");
            for (code, given) in weights.map(Node::entries).unwrap_or_default() {
                if !set.values.contains_key(code) {
                    let what = format!("{place}: `{name}` does not list `{}`", code.escape_debug());
                    problems.add(given.line, what);
                }
                choices.push((Source::Literal(code.clone()), weight(Some(given), place, problems)));
            }
            if weights.is_none() {
                choices.extend(set.values.keys().map(|code| (Source::Literal(code.clone()), 1)));
            }
        } else {
            for item in node.items() {
                let value = item.get("value").unwrap_or(item);
                let weight = weight(item.get("weight"), place, problems);
                choices.extend(self.source(value, path, place, problems).map(|source| (source, weight)));
            }
        }
        if choices.iter().all(|choice| choice.1 == 0) {
            problems.add(node.line, format!("{place}: there is nothing to choose from"));
            return None;
        }
        Some(Source::Choose(choices))
    }

    /// `PAN(411111,16)`, `NOW`.
    fn call(&self, text: &str, path: Path) -> Result<Source, String> {
        let (name, arguments) = match text.split_once('(') {
            None => (text, Vec::new()),
            Some((name, rest)) => {
                let inside = rest.strip_suffix(')').ok_or("the macro has no `)`")?;
                let given = inside.split(',').map(str::trim).filter(|text| !text.is_empty());
                (name, given.collect::<Vec<_>>())
            }
        };
        let number = |index: usize| {
            let given = arguments.get(index).and_then(|text| text.parse::<u64>().ok());
            given.ok_or_else(|| format!("${name}: argument {} is a number", index + 1))
        };
        let codes = || {
            let set = self.spec.values_of(path).filter(|set| !set.values.is_empty());
            let codes = set.map(|set| set.values.keys().cloned().collect::<Vec<_>>());
            codes.ok_or_else(|| format!("${name}: the place has no value set"))
        };
        let takes = |count: usize| match arguments.len() == count {
            true => Ok(()),
            false => Err(format!("${name} takes {count} arguments, not {}", arguments.len())),
        };
        match name {
            "PAN" => {
                takes(2)?;
                let (prefix, length) = (arguments[0], number(1)? as usize);
                let digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
                if !digits || !(8..=19).contains(&length) || prefix.len() > length {
                    return Err("$PAN takes the digits it begins with and a length of 8 to 19".into());
                }
                Ok(Source::Pan { prefix: prefix.to_owned(), length })
            }
            "STAN" => takes(0).map(|()| Source::Stan),
            "RRN" => takes(0).map(|()| Source::Rrn),
            "AUTH" => takes(0).map(|()| Source::Auth),
            "UUID" => takes(0).map(|()| Source::Uuid),
            "SEQ" => takes(1).and_then(|()| Ok(Source::Seq(number(0)?))),
            "RAND" => {
                takes(2)?;
                let (least, most) = (number(0)?, number(1)?);
                if least > most {
                    return Err("$RAND takes the smaller number first".into());
                }
                Ok(Source::Rand(least, most))
            }
            "NOW" => {
                takes(0)?;
                let layout = self.spec.meaning(path.element).map(|meaning| &*meaning.layout);
                let layout = layout.filter(|layout| !layout.is_empty() && path.is_element());
                layout
                    .map(|layout| Source::Now(layout.to_owned()))
                    .ok_or("$NOW: no layout is declared".into())
            }
            "ENUM" => takes(0).and_then(|()| Ok(Source::Codes(codes()?))),
            "INVALID" => {
                takes(0)?;
                let length = self.spec.wire.at(path).map_or(0, |element| element.length);
                let codes = codes()?;
                let longest = codes.iter().map(String::len).max().unwrap_or(1);
                Ok(Source::Invalid(codes, longest.min(length).max(1)))
            }
            "ECHO" => {
                takes(1)?;
                let from = self.place(arguments[0]);
                from.map(Source::Echo).ok_or_else(|| "$ECHO: the wire layer does not have it".into())
            }
            _ => Err(format!("there is no macro ${}", name.escape_debug())),
        }
    }

    fn responder(&self, node: &Node, problems: &mut Problems) -> Responder {
        let place = "simulation responder";
        let mut responder = Responder::default();
        for (key, value) in node.entries() {
            match key.as_str() {
                "echo" => {
                    for item in value.items() {
                        match item.text().and_then(|text| self.place(text)) {
                            Some(path) => responder.echo.push(path),
                            None => problems.add(item.line, format!("{place}: echo of what is not declared")),
                        }
                    }
                }
                "delay" => responder.delay = delay(value, place, problems).unwrap_or_default(),
                "default" => responder.default = self.values(value, place, problems),
                "rules" => {
                    for rule in value.items() {
                        responder.rules.push(self.rule(rule, problems));
                    }
                }
                key if key.starts_with("x-") || key == "note" => {}
                _ => problems.add(value.line, format!("{place}: `{}` is not a key here", key.escape_debug())),
            }
        }
        responder
    }

    fn rule(&self, node: &Node, problems: &mut Problems) -> ResponderRule {
        let name = node.text_of("name").unwrap_or_default().to_owned();
        let place = format!("simulation rule `{}`", name.escape_debug());
        if name.is_empty() {
            problems.add(node.line, "simulation rule: `name` is missing");
        }
        let when = node.get("when").and_then(|when| {
            condition(when.text().unwrap_or_default(), when.line, &place, &self.spec.wire, problems)
        });
        let set = node.get("set").map(|set| self.values(set, &place, problems)).unwrap_or_default();
        let delay = node.get("delay").and_then(|value| delay(value, &place, problems));
        ResponderRule { name, when, set, delay }
    }
}

/// `50ms`, or `20ms..80ms`.
fn delay(node: &Node, place: &str, problems: &mut Problems) -> Option<Delay> {
    let one = |text: &str| {
        let digits = text.trim_end_matches(|unit: char| unit.is_ascii_lowercase());
        let unit = match &text[digits.len()..] {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => return None,
        };
        Some(Duration::from_millis(digits.parse::<u32>().ok()? as u64 * unit))
    };
    let text = node.text().unwrap_or_default();
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let delay = one(least.trim()).zip(one(most.trim())).filter(|(least, most)| least <= most);
    if delay.is_none() {
        problems.add(node.line, format!("{place}: a delay is like 50ms or 20ms..80ms"));
    }
    delay.map(|(least, most)| Delay { least, most })
}

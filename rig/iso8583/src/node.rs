//! YAML as it is written: scalars keep their text (`00` and `0100` are codes, not numbers), and
//! everything knows its line. Size and depth are bounded, aliases count what they stand for.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::problem::Problems;

const MAX_NODES: usize = 200_000;
const MAX_DEPTH: usize = 64;

#[derive(Clone, Debug)]
pub enum Content {
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

#[derive(Clone, Debug)]
pub struct Node {
    pub content: Content,
    pub line: usize,
    size: usize,
}

impl Node {
    /// Reads one document.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        match read(text) {
            Ok(node) => Ok(node),
            Err((line, message)) => {
                problems.add(line, message);
                Err(problems)
            }
        }
    }
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.0 == key).map(|entry| &entry.1)
    }
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
    /// The entries of a map, none of anything else.
    pub fn entries(&self) -> &[(String, Self)] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }
    /// The items of a list; anything but nothing is a list of one.
    pub fn items(&self) -> &[Self] {
        match &self.content {
            Content::List(items) => items,
            Content::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }
    pub const fn is_map(&self) -> bool {
        matches!(self.content, Content::Map(_))
    }
    /// Lays `over` above `self`: maps are merged key by key, everything else is replaced.
    pub fn merged(mut self, over: &Self) -> Self {
        let (Content::Map(entries), Content::Map(above)) = (&mut self.content, &over.content) else {
            return over.clone();
        };
        for (key, value) in above {
            match entries.iter_mut().find(|entry| entry.0 == *key) {
                Some((_, old)) => *old = old.clone().merged(value),
                None => entries.push((key.clone(), value.clone())),
            }
        }
        self
    }
}

enum Open {
    List(Vec<Node>),
    Map(Vec<(String, Node)>, Option<String>),
}

fn read(text: &str) -> Result<Node, (usize, String)> {
    let mut stack: Vec<(Open, usize, usize)> = Vec::new();
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut total = 0usize;
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| (error.marker().line(), error.to_string()))?;
        let line = span.start.line();
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let null =
                    style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let content = if null { Content::Null } else { Content::Text(text.into_owned()) };
                (Node { content, line, size: 1 }, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                stack.push((Open::List(Vec::new()), anchor, line));
                if stack.len() > MAX_DEPTH {
                    return Err((line, "nested too deeply".into()));
                }
                continue;
            }
            Event::MappingStart(_, anchor, _) => {
                stack.push((Open::Map(Vec::new(), None), anchor, line));
                if stack.len() > MAX_DEPTH {
                    return Err((line, "nested too deeply".into()));
                }
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((open, anchor, line)) = stack.pop() else { continue };
                let content = match open {
                    Open::List(items) => Content::List(items),
                    Open::Map(entries, _) => Content::Map(entries),
                };
                let size = 1 + match &content {
                    Content::List(items) => items.iter().map(|node| node.size).sum(),
                    Content::Map(entries) => entries.iter().map(|entry| entry.1.size).sum(),
                    _ => 0usize,
                };
                (Node { content, line, size }, anchor)
            }
            Event::Alias(anchor) => {
                let node =
                    anchors.get(&anchor).ok_or((line, "an alias of something not yet there".to_owned()))?;
                total += node.size;
                (node.clone(), 0)
            }
            Event::DocumentStart(..) if root.is_some() => {
                return Err((line, "a second document; there is one in a file".into()));
            }
            _ => continue,
        };
        total += 1;
        if total > MAX_NODES {
            return Err((line, "the document is too large".into()));
        }
        if anchor > 0 {
            anchors.insert(anchor, node.clone());
        }
        match stack.last_mut() {
            None => root = Some(node),
            Some((Open::List(items), ..)) => items.push(node),
            Some((Open::Map(entries, key), ..)) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let name = match node.content {
                        Content::Text(text) => text,
                        Content::Null => "null".into(),
                        _ => return Err((line, "a key is text".into())),
                    };
                    if entries.iter().any(|entry| entry.0 == name) {
                        return Err((line, format!("the key `{}` is there twice", name.escape_debug())));
                    }
                    *key = Some(name);
                }
            },
        }
    }
    root.ok_or((0, "the document is empty".into()))
}

//! Setting a letter: as HTML by one layout, and as plain text with the same content.

use std::sync::LazyLock;

use minijinja::{Environment, Value, context, value::Serde};

use super::{sheet::Sheet, words::Words};
use crate::{Error, Result};

const LAYOUT: &str = "mail.html";

static PRESS: LazyLock<Environment<'static>> = LazyLock::new(|| {
    // The name's ending switches escaping on.
    let mut press = Environment::new();
    press
        .add_template(LAYOUT, include_str!("layout.html"))
        .expect("the layout is a template: a test sets it");
    press
});

/// The letter for programs that show HTML.
pub fn html(sheet: &Sheet, words: &Words, instance: &str, app: &str) -> Result<String> {
    let direction = if words.is_right_to_left() { "rtl" } else { "ltr" };
    let layout = PRESS.get_template(LAYOUT).map_err(Error::internal)?;
    layout
        .render(
            context! { sheet => Value::from(Serde(sheet)), instance, app, language => words.tag, direction },
        )
        .map_err(Error::internal)
}

/// The letter for everybody else.
pub fn text(sheet: &Sheet, instance: &str, app: &str) -> String {
    let mut parts = vec![sheet.greeting.clone(), sheet.text.clone()];
    if let Some(code) = &sheet.code {
        parts.push(format!("{}: {code}", sheet.code_label));
    }
    if let Some(button) = &sheet.button {
        parts.push(format!("{}:\n{}", button.label, button.url));
    }
    let lines = |lines: Vec<String>| (!lines.is_empty()).then(|| lines.join("\n"));
    parts.extend(lines(sheet.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect()));
    parts.extend(sheet.notes.iter().cloned());
    parts.extend(lines(sheet.links.iter().map(|link| format!("{}: {}", link.label, link.url)).collect()));
    parts.push(format!("-- \n{}\n{instance}: {app}", sheet.footer));
    parts.join("\n\n") + "\n"
}

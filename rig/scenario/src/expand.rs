//! `${env:NAME:default}` and `${secret:NAME}` in the values of a gear's configuration.
//!
//! Done on the rack when a gear is made, so that neither a stored scenario nor its hash holds a
//! secret. `$${` stands for `${`. Anything else with `${` (another engine's interpolation) is
//! left as it is.

use serde_json::Value;

/// Where values come from.
pub trait Source {
    fn env(&self, name: &str) -> Option<String>;
    fn secret(&self, name: &str) -> Option<String>;
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpandError {
    #[error("the environment has no {0}, and `${{env:{0}}}` names no default (`${{env:{0}:value}}`)")]
    NoVariable(String),
    #[error("there is no secret called {0}")]
    NoSecret(String),
    #[error("`{0}` is not closed: a `}}` is missing")]
    NotClosed(String),
}

/// The value with every reference in its texts replaced. Keys are left alone.
pub fn expand(value: &Value, source: &dyn Source) -> Result<Value, ExpandError> {
    Ok(match value {
        Value::String(text) => Value::String(expand_text(text, source)?),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| expand(item, source)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, field)| Ok((key.clone(), expand(field, source)?)))
                .collect::<Result<_, ExpandError>>()?,
        ),
        other => other.clone(),
    })
}

fn expand_text(text: &str, source: &dyn Source) -> Result<String, ExpandError> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find("${") {
        if rest[..start].ends_with('$') {
            out.push_str(&rest[..start]);
            out.push('{');
            rest = &rest[start + 2..];
            continue;
        }
        out.push_str(&rest[..start]);
        let reference = &rest[start + 2..];
        let (env, secret) = (reference.strip_prefix("env:"), reference.strip_prefix("secret:"));
        let Some(inner) = env.or(secret) else {
            out.push_str("${");
            rest = reference;
            continue;
        };
        let end = inner.find('}').ok_or_else(|| ExpandError::NotClosed(rest[start..].to_owned()))?;
        if env.is_some() {
            let (name, default) = match inner[..end].split_once(':') {
                Some((name, default)) => (name, Some(default)),
                None => (&inner[..end], None),
            };
            let value = source.env(name).or_else(|| default.map(str::to_owned));
            out.push_str(&value.ok_or_else(|| ExpandError::NoVariable(name.to_owned()))?);
        } else {
            let name = &inner[..end];
            out.push_str(&source.secret(name).ok_or_else(|| ExpandError::NoSecret(name.to_owned()))?);
        }
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Known;
    impl Source for Known {
        fn env(&self, name: &str) -> Option<String> {
            (name == "PORT").then(|| "8583".to_owned())
        }
        fn secret(&self, name: &str) -> Option<String> {
            (name == "pin").then(|| "s3cret".to_owned())
        }
    }

    #[test]
    fn references_are_replaced() {
        let given = json!({"bind": ":${env:PORT}", "n": 3, "list": ["${secret:pin}!", "${env:NONE:d:e}"], "${env:PORT}": ""});
        let wanted = json!({"bind": ":8583", "n": 3, "list": ["s3cret!", "d:e"], "${env:PORT}": ""});
        assert_eq!(expand(&given, &Known), Ok(wanted));
    }

    #[test]
    fn others_are_left() {
        for text in ["${! json() }", "$", "${", "a ${HOME}", "$5"] {
            assert_eq!(expand(&json!(text), &Known), Ok(json!(text)), "{text}");
        }
        assert_eq!(expand(&json!("$${env:PORT}"), &Known), Ok(json!("${env:PORT}")));
    }

    #[test]
    fn what_is_not_there_is_told() {
        assert_eq!(expand(&json!("${env:NONE}"), &Known), Err(ExpandError::NoVariable("NONE".into())));
        assert_eq!(expand(&json!(["${secret:none}"]), &Known), Err(ExpandError::NoSecret("none".into())));
        assert_eq!(expand(&json!("${env:PORT"), &Known), Err(ExpandError::NotClosed("${env:PORT".into())));
    }
}

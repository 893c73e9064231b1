//! SVG: told by its root element, measured by its attributes, never drawn. Drawing one means
//! running a document with references, styles and endless recursion; browsers do it on the
//! reader's side, in an image context without scripts.

/// How far into a file the root element may begin.
const REACH: usize = 4096;

/// Does the file begin, after declarations and comments, with an `svg` element?
pub fn is_svg(bytes: &[u8]) -> bool {
    root(bytes).is_some()
}

/// Width and height in pixels: of the attributes, else of the view box. An SVG without either
/// has no size of its own.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let tag = root(bytes)?;
    let own = |name| attribute(tag, name).and_then(|value| pixels(&value));
    if let (Some(width), Some(height)) = (own("width"), own("height")) {
        return Some((width, height));
    }
    let view = attribute(tag, "viewBox")?;
    let mut numbers = view.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()).skip(2);
    let (width, height) = (pixels(numbers.next()?)?, pixels(numbers.next()?)?);
    Some(match (own("width"), own("height")) {
        (Some(w), None) => (w, scaled(height, w, width)),
        (None, Some(h)) => (scaled(width, h, height), h),
        _ => (width, height),
    })
}

fn scaled(other: u32, given: u32, of: u32) -> u32 {
    u32::try_from((u64::from(other) * u64::from(given) / u64::from(of.max(1))).max(1)).unwrap_or(u32::MAX)
}

/// The attributes of the root element, without its name.
fn root(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(REACH)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // a character cut in two at the end of the reach is no reason to refuse
        Err(error) if head.len() - error.valid_up_to() < 4 || bytes.len() > REACH => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>")? + 2,
            _ if rest.starts_with("<!--") => rest.find("-->")? + 3,
            _ if rest.starts_with("<!DOCTYPE svg") => {
                let close = rest.find('>')?;
                match rest[..close].find('[') {
                    // an internal subset ends with `]>`
                    Some(_) => rest.find("]>")? + 2,
                    None => close + 1,
                }
            }
            _ => break,
        };
        rest = rest[end..].trim_start();
    }
    let inside = rest.strip_prefix("<svg").or_else(|| rest.strip_prefix("<svg:svg"))?;
    let first = inside.chars().next()?;
    if !(first.is_whitespace() || first == '>' || first == '/') {
        return None;
    }
    Some(&inside[..inside.find('>').unwrap_or(inside.len())])
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = tag[from..].find(name).map(|at| at + from) {
        let before = tag[..at].chars().next_back();
        let after = tag[at + name.len()..].trim_start();
        if before.is_none_or(char::is_whitespace)
            && let Some(value) = after.strip_prefix('=').map(str::trim_start)
            && let Some(quote @ ('"' | '\'')) = value.chars().next()
        {
            return value[1..].split(quote).next().map(str::to_owned);
        }
        from = at + name.len();
    }
    None
}

/// A length in pixels; percentages have none.
fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let factor = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "em" => 16.0,
        _ => return None,
    };
    let size = (number.parse::<f64>().ok()? * factor).round();
    (size >= 1.0 && size <= f64::from(u32::MAX)).then_some(size as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let size = |text: &str| size(text.as_bytes());
        assert_eq!(size("<svg width='10' height=\"20px\"/>"), Some((10, 20)));
        assert_eq!(
            size("<?xml?><!-- <svg --><!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 30 15'>"),
            Some((30, 15))
        );
        assert_eq!(size("<svg width=\"60\" viewBox=\"0,0,30,15\">"), Some((60, 30)));
        assert_eq!(size("<svg width='100%' height='100%'>"), None);
        assert_eq!(size("<svg stroke-width='3' height='1'>"), None);
        assert_eq!(size("<svgx width='1' height='1'>"), None);
        assert_eq!(size("<html><svg width='1' height='1'>"), None);
        assert_eq!(size("<svg width='é"), None);
    }
}

//! A page as one HTML file: no script, no style or font from elsewhere; light and dark, and fit to
//! be printed.

use super::doc::{Block, Page};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1,h2,h3{line-height:1.2;margin:2em 0 .5em}\
nav{columns:3 14rem;font-size:.9em}nav a{display:block}\
.scroll{overflow-x:auto}\
table{border-collapse:collapse;margin:.75em 0}\
th,td{border:1px solid #8886;padding:.25em .6em;text-align:left;vertical-align:top}\
th{background:#8882}\
code,pre{font:.9em/1.4 ui-monospace,monospace}\
pre{overflow-x:auto;border:1px solid #8886;padding:.75em}\
pre i{font-style:normal;opacity:.55;user-select:none}\
@media print{nav{display:none}body{max-width:none}}";

pub fn write(page: &Page) -> String {
    let title = escaped(&page.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<nav>\n"
    );
    let headings = page.blocks.iter().filter_map(|block| match block {
        Block::Heading(_, text) => Some(text),
        _ => None,
    });
    for (index, text) in headings.enumerate() {
        out.push_str(&format!("<a href=\"#s{index}\">{}</a>\n", inline(text)));
    }
    out.push_str("</nav>\n");
    let mut index = 0;
    for block in &page.blocks {
        match block {
            Block::Heading(level, text) => {
                out.push_str(&format!("<h{level} id=\"s{index}\">{}</h{level}>\n", inline(text)));
                index += 1;
            }
            Block::Text(text) => out.push_str(&format!("<p>{}</p>\n", inline(text))),
            Block::Table(headings, rows) => {
                out.push_str("<div class=\"scroll\"><table>\n");
                if headings.iter().any(|heading| !heading.is_empty()) {
                    out.push_str(&row("th", headings.iter().map(|&heading| heading.to_owned())));
                }
                for cells in rows {
                    out.push_str(&row("td", cells.iter().cloned()));
                }
                out.push_str("</table></div>\n");
            }
            Block::Source(lines) => {
                let width = lines.len().to_string().len();
                out.push_str("<pre>");
                for (index, line) in lines.iter().enumerate() {
                    out.push_str(&format!("<i>{:width$}  </i>{}\n", index + 1, escaped(line)));
                }
                out.push_str("</pre>\n");
            }
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn row(tag: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!("<{tag}>{}</{tag}>", inline(&cell))).collect();
    format!("<tr>{cells}</tr>\n")
}

/// Text with `code` in it.
fn inline(text: &str) -> String {
    let pieces: Vec<_> = text.split('`').map(escaped).collect();
    // An even number of pieces: a backtick has no partner.
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let shown = pieces.iter().enumerate();
    shown
        .map(|(index, piece)| if index % 2 == 0 { piece.clone() } else { format!("<code>{piece}</code>") })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

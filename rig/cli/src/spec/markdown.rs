//! A page as Markdown.

use super::doc::{Block, Page};

pub fn write(page: &Page) -> String {
    let mut out = format!("# {}\n", page.title);
    for block in &page.blocks {
        out.push('\n');
        match block {
            Block::Heading(level, text) => {
                out.push_str(&format!("{} {text}\n", "#".repeat(usize::from(*level))));
            }
            Block::Text(text) => out.push_str(&format!("{text}\n")),
            Block::Table(headings, rows) => {
                out.push_str(&format!("| {} |\n", headings.join(" | ")));
                out.push_str(&format!("|{}\n", "---|".repeat(headings.len())));
                for row in rows {
                    let cells: Vec<_> = row.iter().map(|cell| cell_text(cell)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
            }
            Block::Source(lines) => {
                let width = lines.len().to_string().len();
                out.push_str("```yaml\n");
                for (index, line) in lines.iter().enumerate() {
                    let numbered = format!("{:width$}  {line}", index + 1);
                    out.push_str(numbered.trim_end());
                    out.push('\n');
                }
                out.push_str("```\n");
            }
        }
    }
    out
}

fn cell_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

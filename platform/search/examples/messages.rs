//! The embedded engine on many messages: `bench/search.py` makes them, runs this beside SQLite's
//! FTS5 and compares. Arguments: a folder, a file of messages (`id TAB channel TAB author TAB
//! text` a line) and a file of queries (`kind TAB channel or - TAB words` a line).

#![expect(clippy::print_stdout, reason = "figures on the terminal are its purpose")]

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use platform_kernel::Rng;
use platform_search::{Document, Expr, Field, Index, Order, Query, Search, Sort, Text};

static MESSAGES: Index = Index {
    name: "messages",
    version: 1,
    fields: &[
        Field::text("content"),
        Field::keyword("channelId"),
        Field::keyword("guildId"),
        Field::keyword("authorId"),
        Field::keyword("authorType"),
        Field::number("createdAt"),
        Field::number("sequence"),
        Field::number("editedAt"),
        Field::flag("isPinned"),
        Field::keyword("mentionedUserIds"),
        Field::flag("hasLink"),
    ],
};
/// Documents in one write, as a channel's are put when it is indexed.
const TOGETHER: usize = 500;
const ROUNDS: usize = 20;

fn document(line: &str) -> Option<Document> {
    let mut parts = line.splitn(4, '\t');
    let (id, channel, author, text) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let number: i64 = id.parse().ok()?;
    let ms = number >> 22;
    Some(
        Document::new(format!("{channel}-{id}"))
            .with("content", text)
            .with("channelId", channel)
            .with("guildId", &channel[..channel.len() - 2])
            .with("authorId", author)
            .with("authorType", "user")
            .with("createdAt", ms / 1000)
            .with("sequence", (ms % 1000) << 22 | number & 0x3F_FFFF)
            .with("hasLink", text.contains("http")),
    )
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut all = 0;
    for entry in fs::read_dir(folder)? {
        all += entry?.metadata()?.len();
    }
    Ok(all)
}

fn percentile(sorted: &[f64], part: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, messages, queries] = &arguments[..] else {
        return Err("usage: messages FOLDER MESSAGES QUERIES".into());
    };
    let search = Search::embedded(Path::new(folder), Rng::system());
    let begun = Instant::now();
    let (mut count, mut some) = (0_usize, Vec::with_capacity(TOGETHER));
    for line in BufReader::new(fs::File::open(messages)?).lines() {
        some.extend(document(&line?));
        if some.len() == TOGETHER {
            count += some.len();
            search.put(&MESSAGES, std::mem::take(&mut some)).await?;
        }
    }
    count += some.len();
    search.put(&MESSAGES, some).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let at = Path::new(folder).join(MESSAGES.name);
    let bytes = size(&at)? as f64 / count as f64;
    println!("indexed {count} {:.0} {bytes:.1}", count as f64 / seconds);
    let begun = Instant::now();
    search.put(&MESSAGES, vec![Document::new("1-1").with("content", "one more")]).await?;
    println!("one {:.2}", begun.elapsed().as_secs_f64() * 1e3);

    let mut times: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let queries = fs::read_to_string(queries)?;
    for _ in 0..ROUNDS {
        for line in queries.lines() {
            let mut parts = line.splitn(3, '\t');
            let (Some(kind), Some(channel), Some(words)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let mut text = Text { words: words.to_owned(), ..Text::default() };
            match kind {
                "prefix" => text.prefix = true,
                "phrase" => text = Text { phrases: vec![words.to_owned()], ..Text::default() },
                _ => {}
            }
            let filter = if channel == "-" { Expr::Everything } else { Expr::is("channelId", channel) };
            let sort = ["createdAt", "sequence"].map(|field| Sort { field, order: Order::Descending });
            let query = Query { texts: vec![text], filter, sort: sort.into(), offset: 0, limit: 25 };
            let begun = Instant::now();
            search.search(&MESSAGES, query).await?;
            times.entry(kind.to_owned()).or_default().push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    for (kind, mut times) in times {
        times.sort_by(f64::total_cmp);
        println!("query {kind} {:.3} {:.3}", percentile(&times, 0.5), percentile(&times, 0.99));
    }
    Ok(())
}

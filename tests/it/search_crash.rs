//! SIGKILL while messages are written and the index is told of them: after the restart it finds what
//! the store holds, each once, as it is now. Needs a binary to start (see `tests::server`).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tests::server::Server;
use tests::{Account, Client, Guild, Value, json, s};
use tokio::time::Instant;

const ROUNDS: usize = 20;
const WRITERS: usize = 3;
const PROMPT: Duration = Duration::from_secs(60);

/// A word that is neither the beginning of another round's nor nearly it.
fn word(what: &str, round: usize) -> String {
    format!("{what}{round}x{round}x{round}x")
}

/// Writes until the server is gone; keeps what was acknowledged to be there.
async fn write(
    client: Client,
    channel: String,
    round: usize,
    kept: Arc<Mutex<Vec<String>>>,
    count: Arc<AtomicUsize>,
) {
    for n in 0.. {
        let post = client.post(
            format!("/channels/{channel}/messages"),
            json!({"content": format!("{} {n}", word("made", round))}),
        );
        let Some(answer) = post.try_send().await.filter(|answer| answer.status == 200) else { return };
        let id = s(&answer.body, "id");
        let path = format!("/channels/{channel}/messages/{id}");
        if n % 3 == 0 {
            let edit = client.patch(&path, json!({"content": format!("{} {n}", word("changed", round))}));
            let Some(_) = edit.try_send().await.filter(|answer| answer.status == 200) else { return };
        }
        if n % 4 == 1 {
            let Some(_) = client.delete(&path).try_send().await.filter(|answer| answer.status == 204) else {
                return;
            };
        } else {
            kept.lock().unwrap().push(id);
        }
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// What the store holds: ids and texts.
async fn stored(client: &Client, channel: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut before = String::new();
    loop {
        let page = client.get(format!("/channels/{channel}/messages?limit=100{before}")).await.ok();
        let page = page.as_array().expect("a page").clone();
        let Some(last) = page.last() else { return all };
        before = format!("&before={}", s(last, "id"));
        all.extend(page.iter().map(|message| (s(message, "id"), s(message, "content"))));
    }
}

/// What a search for the word finds, page by page; `None` while the index is not there yet or the
/// total is of more than is found.
async fn found(client: &Client, channel: &str, word: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for page in 1.. {
        let body = json!({"context_channel_id": channel, "content": word, "sort_order": "asc", "page": page});
        let answer = client.post("/search/messages", body).await.ok();
        let hits: Vec<String> =
            answer["messages"].as_array()?.iter().map(|hit: &Value| s(hit, "id")).collect();
        all.extend(hits.iter().cloned());
        if hits.is_empty() {
            return (answer["total"] == all.len()).then_some(all);
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_follows_the_store() {
    if tests::server::binary().is_none() {
        return; // a server at a given URL is not ours to kill
    }
    let mut server = Server::start();
    let owner = Account::on(&server.base).await;
    let guild = Guild::new(&owner).await;
    let channel = guild.text().await;
    let until = async |word: &str, expected: &[&String]| {
        let begun = Instant::now();
        loop {
            let hits = found(&owner, &channel, word).await;
            if hits.as_ref().is_some_and(|hits| hits.iter().eq(expected.iter().copied())) {
                return;
            }
            assert!(begun.elapsed() < PROMPT, "{word}: {hits:?} is found, {expected:?} is there");
        }
    };
    until("nothing", &[]).await;
    let kept = Arc::new(Mutex::new(Vec::new()));
    for round in 0..ROUNDS {
        let count = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                tokio::spawn(write(owner.client.clone(), channel.clone(), round, kept.clone(), count.clone()))
            })
            .collect();
        // another moment each time: before, during and after the first tellings
        let goal = 2 + (round * 13) % 37;
        let begun = Instant::now();
        while count.load(Ordering::Relaxed) < goal {
            assert!(begun.elapsed() < PROMPT, "the writers make no progress");
            tokio::task::yield_now().await;
        }
        server.signal("KILL");
        for writer in writers {
            writer.await.expect("a writer");
        }
        server = tokio::task::spawn_blocking(move || server.restart()).await.expect("a restart");
        let there = stored(&owner, &channel).await;
        for id in kept.lock().unwrap().iter() {
            assert!(there.contains_key(id), "{id} was acknowledged");
        }
        for word in [word("made", round), word("changed", round)] {
            let expected: Vec<&String> = there
                .iter()
                .filter(|(_, text)| text.starts_with(&format!("{word} ")))
                .map(|(id, _)| id)
                .collect();
            until(&word, &expected).await;
        }
    }
}

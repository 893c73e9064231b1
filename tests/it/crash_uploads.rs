//! SIGKILL at random moments of uploads: a message that was acknowledged has its file, whole, and
//! no message anybody can read lacks one. Needs a binary to start (see `tests::server`).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tests::form::Form;
use tests::server::Server;
use tests::{Account, Client, Guild, Value, s};

const ROUNDS: usize = 20;
const WRITERS: usize = 3;

/// What was acknowledged: by message, the bytes of its file.
type Ledger = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

fn random() -> u64 {
    tests::unique::number().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 8
}

/// Uploads until the server is gone; every third message gets its file by an edit.
async fn write(client: Client, channel: String, ledger: Ledger, stop: Arc<AtomicBool>) {
    let path = format!("/channels/{channel}/messages");
    while !stop.load(Ordering::Relaxed) {
        let seed = random();
        let content: Vec<u8> = (0..seed % 300_000 + 1).map(|n| (n ^ seed) as u8).collect();
        let form = Form::naming("file", &["data.bin"]).file(0, &content);
        let call = if seed.is_multiple_of(3) {
            let plain = client.post(&path, tests::json!({"content": "no file yet"}));
            let Some(answer) = plain.try_send().await.filter(|answer| answer.status == 200) else { return };
            form.send(&client, "PATCH", format!("{path}/{}", s(&answer.body, "id")))
        } else {
            form.post(&client, &channel)
        };
        let Some(answer) = call.try_send().await.filter(|answer| answer.status == 200) else { return };
        ledger.lock().unwrap().insert(s(&answer.body, "id"), content);
    }
}

async fn progress(ledger: &Ledger, goal: usize) {
    let begun = ledger.lock().unwrap().len();
    let deadline = tokio::time::Instant::now() + tests::http::DEADLINE;
    while ledger.lock().unwrap().len() < begun + goal {
        assert!(tokio::time::Instant::now() < deadline, "the writers make no progress");
        tokio::task::yield_now().await;
    }
}

async fn fetch(client: &Client, attachment: &Value) -> (u16, Vec<u8>) {
    let origin = client.base.trim_end_matches("/api").to_owned();
    let path = s(attachment, "url").strip_prefix(&origin).expect("served here").to_owned();
    let answer = Client { base: origin, auth: None, ..client.clone() }.get(path).await;
    (answer.status, answer.bytes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_file_is_lost() {
    if tests::server::binary().is_none() {
        return; // a server at a given URL is not ours to kill
    }
    let mut server = Server::start();
    let owner = Account::on(&server.base).await;
    let guild = Guild::new(&owner).await;
    let mut checked = 0;
    for round in 0..ROUNDS {
        let channel = guild.text().await;
        let ledger = Ledger::default();
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| tokio::spawn(write(owner.client.clone(), channel.clone(), ledger.clone(), stop.clone())))
            .collect();
        progress(&ledger, random() as usize % 12 + 1).await;
        server.signal("KILL");
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.expect("a writer");
        }
        server = tokio::task::spawn_blocking(move || server.restart()).await.expect("a restart");
        let page = owner.get(format!("/channels/{channel}/messages?limit=100")).await.ok();
        let page: BTreeMap<String, Value> = page
            .as_array()
            .expect("a page")
            .iter()
            .map(|message| (s(message, "id"), message.clone()))
            .collect();
        let ledger = ledger.lock().unwrap().clone();
        for (id, content) in &ledger {
            let file =
                &page.get(id).unwrap_or_else(|| panic!("round {round}: {id} is lost"))["attachments"][0];
            let (status, bytes) = fetch(&owner, file).await;
            assert_eq!(status, 200, "round {round}: the file of {id} is lost: {file}");
            assert!(bytes == *content, "round {round}: the file of {id} is damaged");
            checked += 1;
        }
        // Those that nobody was told of are whole as well, or are not there.
        for file in page.values().filter_map(|message| message["attachments"].get(0)) {
            let (status, bytes) = fetch(&owner, file).await;
            assert_eq!(
                (status, bytes.len() as u64),
                (200, file["size"].as_u64().unwrap()),
                "round {round}: {file}"
            );
        }
        // Nothing is left of the uploads that were cut off.
        let spool = server.data().join("data/spool");
        let left = std::fs::read_dir(&spool).map(|entries| entries.count()).unwrap_or_default();
        assert_eq!(left, 0, "round {round}: files lie in {}", spool.display());
    }
    assert!(checked >= ROUNDS, "only {checked} files were checked");
}

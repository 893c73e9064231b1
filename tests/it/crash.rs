//! SIGKILL at random moments: whatever was acknowledged is there after the restart, no id is issued
//! twice, and the gateway's clients find their way back. Needs a binary to start (see `tests::server`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tests::server::Server;
use tests::{Account, Client, Guild, Value, ids, json, s};

const ROUNDS: usize = 20;
const WRITERS: usize = 4;

/// What the server said it had done.
#[derive(Default)]
struct Ledger {
    messages: BTreeMap<String, String>,
    edited: BTreeMap<String, String>,
    reacted: BTreeSet<String>,
    deleted: BTreeSet<String>,
    /// the last acknowledged state of the role, with what was asked for after it and not answered
    role_held: Option<bool>,
    role_unsure: bool,
    issued: Vec<String>,
}

/// Writes until the server is gone; notes only what was answered with success.
async fn write(client: Client, channel: String, ledger: Arc<Mutex<Ledger>>, stop: Arc<AtomicBool>) {
    let mut n = 0_u32;
    while !stop.load(Ordering::Relaxed) {
        n += 1;
        let text = format!("{} {n}", tests::unique::word());
        let post = client.post(format!("/channels/{channel}/messages"), json!({"content": text}));
        let Some(answer) = post.try_send().await.filter(|a| a.status == 200) else { break };
        let id = s(&answer.body, "id");
        {
            let mut ledger = ledger.lock().expect("the ledger");
            ledger.issued.push(id.clone());
            ledger.messages.insert(id.clone(), text.clone());
        }
        let path = format!("/channels/{channel}/messages/{id}");
        match n % 4 {
            0 => {
                let edit = client.patch(&path, json!({"content": format!("{text} edited")}));
                // an edit whose answer is lost may or may not have happened
                ledger.lock().expect("the ledger").messages.remove(&id);
                let Some(_) = edit.try_send().await.filter(|a| a.status == 200) else { break };
                ledger.lock().expect("the ledger").edited.insert(id, format!("{text} edited"));
            }
            1 => {
                let react = client.put(format!("{path}/reactions/%F0%9F%A6%8A/@me"), json!({}));
                let Some(_) = react.try_send().await.filter(|a| a.status == 204) else { break };
                ledger.lock().expect("the ledger").reacted.insert(id);
            }
            2 => {
                ledger.lock().expect("the ledger").messages.remove(&id);
                let Some(_) = client.delete(&path).try_send().await.filter(|a| a.status == 204) else {
                    break;
                };
                ledger.lock().expect("the ledger").deleted.insert(id);
            }
            _ => {}
        }
    }
}

/// Gives and takes a role until the server is gone.
async fn toggle(guild: Guild, user: String, role: String, ledger: Arc<Mutex<Ledger>>, stop: Arc<AtomicBool>) {
    let path = guild.path(&format!("/members/{user}/roles/{role}"));
    let mut held = ledger.lock().expect("the ledger").role_held.unwrap_or(false);
    while !stop.load(Ordering::Relaxed) {
        let call = if held { guild.owner.delete(&path) } else { guild.owner.put(&path, json!({})) };
        ledger.lock().expect("the ledger").role_unsure = true;
        let Some(_) = call.try_send().await.filter(|a| a.status == 204) else { return };
        held = !held;
        let mut ledger = ledger.lock().expect("the ledger");
        ledger.role_held = Some(held);
        ledger.role_unsure = false;
    }
}

/// The whole channel, page by page.
async fn everything(client: &Client, channel: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let mut before = String::new();
    loop {
        let page = client.get(format!("/channels/{channel}/messages?limit=100{before}")).await.ok();
        let page = page.as_array().expect("a page").clone();
        let Some(last) = page.last() else { return all };
        before = format!("&before={}", s(last, "id"));
        for message in page {
            assert!(all.insert(s(&message, "id"), message).is_none(), "an id twice in one channel");
        }
    }
}

/// Lets the writers get between one and a few hundred answers, a different number every round.
async fn some_answers(ledger: &Mutex<Ledger>, goal: usize) {
    let begun = ledger.lock().expect("the ledger").issued.len();
    let deadline = tokio::time::Instant::now() + tests::http::DEADLINE;
    while ledger.lock().expect("the ledger").issued.len() < begun + goal {
        assert!(tokio::time::Instant::now() < deadline, "the writers make no progress");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost() {
    if tests::server::binary().is_none() {
        return; // a server at a given URL is not ours to kill
    }
    let mut server = Server::start();
    let owner = Account::on(&server.base).await;
    let guild = Guild::new(&owner).await;
    let member = Account::on(&server.base).await;
    guild.join(&member).await;
    let role = guild.role(0).await;
    let channel = guild.text().await;
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    for round in 0..ROUNDS {
        let mut gateway = member.online().await;
        let stop = Arc::new(AtomicBool::new(false));
        let mut tasks = Vec::new();
        for _ in 0..WRITERS {
            tasks.push(tokio::spawn(write(
                owner.client.clone(),
                channel.clone(),
                ledger.clone(),
                stop.clone(),
            )));
        }
        tasks.push(tokio::spawn(toggle(
            guild.clone(),
            member.id.clone(),
            role.clone(),
            ledger.clone(),
            stop.clone(),
        )));
        let goal = 1
            + (tests::unique::number().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize * (round % 3 + 1);
        some_answers(&ledger, goal).await;
        server.signal("KILL");
        stop.store(true, Ordering::Relaxed);
        for task in tasks {
            task.await.expect("a writer");
        }
        server = tokio::task::spawn_blocking(move || server.restart()).await.expect("a restart");

        // the session is gone, cleanly; the token is good
        gateway.resume_from(gateway.seq).await;
        assert_eq!(gateway.expect_op(9).await, json!(false));
        gateway.seq = 0;
        gateway.identify_with(&member.token, json!({})).await;
        assert_eq!(ids(&gateway.ready["guilds"]), [guild.id.clone()]);

        let held = everything(&owner, &channel).await;
        let roles = owner.get(guild.path(&format!("/members/{}", member.id))).await.ok()["roles"].clone();
        let mut ledger = ledger.lock().expect("the ledger");
        ledger.verify(round, &held);
        let has = roles.as_array().is_some_and(|all| all.contains(&json!(role)));
        if !ledger.role_unsure {
            assert_eq!(Some(has), ledger.role_held.or(Some(false)), "round {round}: a role change is lost");
        }
        ledger.role_held = Some(has);
        ledger.role_unsure = false;
    }
}

impl Ledger {
    fn verify(&self, round: usize, held: &BTreeMap<String, Value>) {
        let find =
            |id: &String| held.get(id).unwrap_or_else(|| panic!("round {round}: message {id} is lost"));
        for (id, text) in self.messages.iter().chain(&self.edited) {
            assert_eq!(find(id)["content"], json!(text), "round {round}: {id}");
        }
        for id in &self.reacted {
            assert_eq!(find(id)["reactions"][0]["count"], 1, "round {round}: the reaction to {id} is lost");
        }
        for id in &self.deleted {
            assert!(!held.contains_key(id), "round {round}: {id} came back");
        }
        let unique: BTreeSet<&String> = self.issued.iter().collect();
        assert_eq!(unique.len(), self.issued.len(), "round {round}: an id was issued twice");
    }
}

/// The graceful end, for contrast: sessions are told to reconnect, and everything is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_polite_end_tells_sessions_to_reconnect() {
    if tests::server::binary().is_none() {
        return;
    }
    let server = Server::start();
    let account = Account::on(&server.base).await;
    let guild = Guild::new(&account).await;
    let mut gateway = account.online().await;
    let message = s(&tests::guild::send(&account, &guild.general, "last words").await, "id");
    server.signal("TERM");
    gateway.expect_op(7).await;
    let server = tokio::task::spawn_blocking(move || server.restart()).await.expect("a restart");
    let read = account.get(format!("/channels/{}/messages/{message}", guild.general)).await.ok();
    assert_eq!(read["content"], "last words");
    gateway.resume_from(gateway.seq).await;
    gateway.expect_op(9).await;
    // nothing personal or secret in the log
    let log = server.log();
    for word in [&account.token, &account.password, &account.email, "last words"] {
        assert!(!log.contains(word), "{word} is in the log");
    }
}

//! SIGKILL in the middle of a bulk deletion: after the restart it is finished without being asked,
//! nothing else is gone, and the index holds what is left. Needs a binary to start.

use tests::server::Server;
use tests::{Account, Guild, Value, ids, json, s};
use tokio::time::{Duration, Instant};

const ROUNDS: usize = 3;
/// So many that they are not deleted at one go.
const DOOMED: usize = 4000;
const OTHERS: usize = 120;
const PATIENCE: Duration = Duration::from_secs(120);

/// Writes messages straight into the store, each a millisecond younger than the one before.
struct Seeder(u64);

impl Seeder {
    async fn seed(&mut self, author: &Account, channel: &str, count: usize, text: &str) -> Vec<String> {
        let mut made = Vec::new();
        while made.len() < count {
            let mut entries = Vec::new();
            for _ in 0..(count - made.len()).min(500) {
                self.0 += 1 << 22;
                made.push(self.0.to_string());
                entries.push(json!({"message_id": self.0.to_string(), "content": text}));
            }
            let body = json!({"channel_id": channel, "author_id": author.id, "messages": entries});
            author.post("/test/messages/seed", body).await.ok();
        }
        made
    }
}

async fn written(by: &Account) -> u64 {
    let answer = by.get(format!("/test/users/{}/messages/count", by.id)).await.ok();
    answer["count"].as_u64().expect("a count")
}

/// Waits until a search finds so many: the index catches up by itself.
async fn found(client: &Account, channel: &str, word: &str, expected: usize) {
    let body = json!({"context_channel_id": channel, "content": word});
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = client.post("/search/messages", body.clone()).await.ok();
        if answer["total"] == json!(expected) {
            return;
        }
        assert!(Instant::now() < deadline, "{word} is found {} times, not {expected}", answer["total"]);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Every message of the channel, newest first.
async fn everything(client: &Account, channel: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    loop {
        let before = all.last().map(|id| format!("&before={id}")).unwrap_or_default();
        let page = client.get(format!("/channels/{channel}/messages?limit=100{before}")).await.ok();
        if page.as_array().unwrap().is_empty() {
            return all;
        }
        all.extend(ids(&page));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bulk_deletion_is_finished_after_a_crash() {
    if tests::server::binary().is_none() {
        return; // a server at a given URL is not ours to kill
    }
    let mut server = Server::start();
    let owner = Account::on(&server.base).await;
    let guild = Guild::new(&owner).await;
    let mut caught = 0;
    for round in 0..ROUNDS {
        let channel = guild.text().await;
        let newest = s(&tests::guild::send(&owner, &channel, "a beginning").await, "id");
        let mut seeder = Seeder(newest.parse().expect("a snowflake"));
        let mut kept = vec![newest];
        let member = Account::on(&server.base).await;
        guild.join(&member).await;
        let mut doomed = seeder.seed(&member, &channel, DOOMED / 2, "doomed").await;
        kept.extend(seeder.seed(&owner, &channel, OTHERS, "stays").await);
        doomed.extend(seeder.seed(&member, &channel, DOOMED / 2, "doomed").await);
        let before = written(&member).await;
        found(&owner, &channel, "doomed", DOOMED).await;
        let mut gateway = owner.online().await;
        let ban = json!({"delete_message_days": 1});
        owner.put(guild.path(&format!("/bans/{}", member.id)), ban).await.no_content();
        gateway.expect("MESSAGE_DELETE_BULK", |event| event["channel_id"] == json!(channel)).await;
        server.signal("KILL");
        server = tokio::task::spawn_blocking(move || server.restart()).await.expect("a restart");
        let left = written(&member).await;
        assert!(left < before, "round {round}: what was told of is not gone");
        caught += usize::from(left > 0);

        let mut gateway_after = owner.online().await;
        let deadline = Instant::now() + PATIENCE;
        while written(&member).await > 0 {
            assert!(Instant::now() < deadline, "round {round}: the deletion was not taken up again");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        found(&owner, &channel, "doomed", 0).await;
        found(&owner, &channel, "stays", OTHERS).await;
        let left: Vec<String> = everything(&owner, &channel).await;
        assert!(!left.iter().any(|id| doomed.contains(id)), "round {round}: some are left");
        let lost = kept.iter().find(|id| !left.contains(id));
        assert_eq!(lost, None, "round {round}: one is gone that nobody deleted");
        guild.fence(&mut [&mut gateway_after]).await;
        let wrong = |event: &Value| {
            event["ids"].as_array().is_some_and(|ids| ids.iter().any(|id| left.iter().any(|l| id == l)))
        };
        gateway.absent("MESSAGE_DELETE_BULK", wrong);
        gateway_after.absent("MESSAGE_DELETE_BULK", wrong);
    }
    println!("{caught} of {ROUNDS} deletions were caught in the middle");
}

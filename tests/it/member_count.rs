//! However members come and go, side by side and by every way there is, the count is how many
//! there are.

use std::collections::BTreeSet;

use tests::{Account, Client, Guild, ids, json};

const PEOPLE: usize = 7;
const ROUNDS: usize = 25;
/// At the same time.
const STEPS: u64 = 4;

/// A little generator of its own: the number a failure names repeats the run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Join,
    Leave,
    Kick,
    Ban,
    Pardon,
    DeleteAccount,
}

async fn take(step: Step, guild: Guild, person: Account, invite: String) {
    let member = guild.path(&format!("/members/{}", person.id));
    let ban = guild.path(&format!("/bans/{}", person.id));
    let answer = match step {
        Step::Join => person.post(format!("/invites/{invite}"), json!({})).await,
        Step::Leave => person.delete(format!("/users/@me/guilds/{}", guild.id)).await,
        Step::Kick => guild.owner.delete(member).await,
        Step::Ban => guild.owner.put(ban, json!({})).await,
        Step::Pardon => guild.owner.delete(ban).await,
        Step::DeleteAccount => {
            let harness = Client { auth: None, ..person.client.clone() };
            let marked = harness.post(format!("/test/users/{}/set-pending-deletion", person.id), json!({}));
            marked.await.ok();
            harness.post(format!("/test/worker/process-pending-deletion/{}", person.id), json!({})).await
        }
    };
    // Steps cross each other: many are refused, none may fail.
    assert!(answer.status < 500 && answer.status != 405, "{step:?}: {}", answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_count_is_how_many_there_are() {
    let seed = tests::unique::number();
    let mut dice = Dice(seed);
    let (guild, []) = Guild::with_members::<0>().await;
    let invite = guild.invite().await;
    let mut people = Vec::new();
    for _ in 0..PEOPLE {
        people.push(Account::new().await);
    }
    for round in 0..ROUNDS {
        let mut steps = Vec::new();
        for _ in 0..STEPS {
            let at = dice.below(PEOPLE as u64) as usize;
            let step = match dice.below(20) {
                0..=8 => Step::Join,
                9..=11 => Step::Leave,
                12..=14 => Step::Kick,
                15 | 16 => Step::Ban,
                17 | 18 => Step::Pardon,
                _ => Step::DeleteAccount,
            };
            steps.push((step, at));
        }
        let running: Vec<_> = steps
            .iter()
            .map(|(step, at)| tokio::spawn(take(*step, guild.clone(), people[*at].clone(), invite.clone())))
            .collect();
        for step in running {
            step.await.unwrap_or_else(|error| panic!("seed {seed}, round {round}: {error}"));
        }
        for (step, at) in &steps {
            if matches!(step, Step::DeleteAccount) {
                people[*at] = Account::new().await;
            }
        }
        let members = guild.owner.get(guild.path("/members?limit=1000")).await.ok();
        let listed = members.as_array().expect("members");
        let unique: BTreeSet<String> = listed.iter().map(|m| tests::s(&m["user"], "id")).collect();
        let shown = guild.owner.get(format!("/invites/{invite}?with_counts=true")).await.ok();
        let place = format!("seed {seed}, round {round}, {steps:?}: {shown}");
        assert_eq!(unique.len(), listed.len(), "{place}");
        assert_eq!(shown["member_count"], json!(listed.len()), "{place}");
        let guilds = guild.owner.get("/users/@me/guilds?with_counts=true").await.ok();
        assert_eq!(ids(&guilds), [guild.id.clone()], "{place}");
        assert_eq!(guilds[0]["approximate_member_count"], json!(listed.len()), "{place}");
    }
}

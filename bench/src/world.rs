//! What a run needs before it can measure: people, a guild, channels, sessions. Made through the API and the
//! routes of test mode, as fast as the server allows, and not part of any figure.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    time::Instant,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};

use crate::{
    http::Client,
    process::Running,
    session::{Session, Sink},
};

/// Connections that set up at the same time.
const PARALLEL: usize = 16;

/// An account with a session token.
#[derive(Clone, Debug)]
pub struct Person {
    pub number: u32,
    pub id: String,
    pub token: String,
}

/// A guild and its people; the first of them owns it.
pub struct World {
    pub people: Vec<Person>,
    pub guild: String,
    pub channels: Vec<String>,
}

fn text(value: &Value, key: &str) -> Result<String> {
    Ok(value[key].as_str().with_context(|| format!("no {key} in {value}"))?.to_owned())
}

/// Numbers no other person of this process has.
static NEXT: AtomicU32 = AtomicU32::new(1);

async fn register(client: &mut Client) -> Result<Person> {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    client.speak_as(number, None);
    let name = format!("bench{number}");
    let body = json!({
        "username": name, "email": format!("{name}@example.com"), "password": format!("pw-{name}-9Zq"),
        "date_of_birth": "1990-01-01", "consent": true,
    });
    let answer = client.json("POST", "/auth/register", &body).await?;
    let person = Person { number, id: text(&answer, "user_id")?, token: text(&answer, "token")? };
    client.speak_as(number, Some(&person.token));
    // Sending needs an account that has started a session before.
    let flags = json!({"set_flags": ["HAS_SESSION_STARTED"]});
    client.json("POST", &format!("/test/users/{}/security-flags", person.id), &flags).await?;
    Ok(person)
}

/// Registers `count` people who are in no guild, or, with an invite, in that one.
pub async fn people(server: &Running, count: usize, invite: Option<&str>) -> Result<Vec<Person>> {
    let left = Arc::new(AtomicUsize::new(count));
    let mut workers = JoinSet::new();
    for _ in 0..PARALLEL.min(count) {
        let left = left.clone();
        let invite = invite.map(str::to_owned);
        let (address, limited) = (server.address, server.limited);
        workers.spawn(async move {
            let mut client = Client::connect(address, limited).await?;
            let mut made = Vec::new();
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
            {
                made.push(register(&mut client).await?);
                if let Some(code) = &invite {
                    client.json("POST", &format!("/invites/{code}"), &json!({})).await?;
                }
            }
            anyhow::Ok(made)
        });
    }
    let mut all = Vec::with_capacity(count);
    while let Some(made) = workers.join_next().await {
        all.extend(made??);
    }
    Ok(all)
}

/// A guild of `members` (its owner among them) with `channels` text channels.
pub async fn guild(server: &Running, members: usize, channels: usize) -> Result<World> {
    let begun = Instant::now();
    let mut client = Client::connect(server.address, server.limited).await?;
    let owner = register(&mut client).await?;
    let guild = text(&client.json("POST", "/guilds", &json!({"name": "Bench"})).await?, "id")?;
    let mut made = Vec::new();
    for number in 0..channels {
        let body = json!({"name": format!("bench-{number}"), "type": 0});
        made.push(text(&client.json("POST", &format!("/guilds/{guild}/channels"), &body).await?, "id")?);
    }
    let invite = client.json("POST", &format!("/channels/{}/invites", made[0]), &json!({})).await?;
    let mut everybody = vec![owner];
    everybody.extend(people(server, members - 1, Some(&text(&invite, "code")?)).await?);
    println!(
        "(a guild of {members} with {channels} channels, made in {:.1} s)",
        begun.elapsed().as_secs_f64()
    );
    Ok(World { people: everybody, guild, channels: made })
}

/// Puts `count` messages into a channel through the seed route of test mode; their ids, oldest first.
pub async fn seed(client: &mut Client, channel: &str, author: &Person, count: usize) -> Result<Vec<String>> {
    // One a second, up to yesterday, so that none lies in the future.
    let step: u64 = 1000;
    let end = HISTORY_END;
    let mut ids = Vec::with_capacity(count);
    for batch in (0..count).collect::<Vec<_>>().chunks(2000) {
        let messages: Vec<_> = batch
            .iter()
            .map(|number| {
                let id = (end - (count - number) as u64 * step) << 22;
                ids.push(id.to_string());
                json!({"message_id": id.to_string(), "content": format!("Message {number}, neither long nor short.")})
            })
            .collect();
        let body = json!({"channel_id": channel, "author_id": author.id, "messages": messages});
        client.json("POST", "/test/messages/seed", &body).await?;
    }
    Ok(ids)
}

/// A moment in the past (January 2026) in milliseconds of the snowflakes' epoch; seeded history ends there.
const HISTORY_END: u64 = 347_155_200_000;

/// Sessions that run in the background until they are stopped.
pub struct Sessions {
    stop: watch::Sender<bool>,
    running: JoinSet<Result<()>>,
}

impl Sessions {
    /// Starts a session for each of `people`; all are READY when this returns. Dispatches go to `sink`.
    pub async fn start(
        server: SocketAddr,
        people: &[Person],
        guild: Option<&str>,
        sink: Arc<dyn Sink>,
    ) -> Result<Self> {
        let begun = Instant::now();
        let (stop, _) = watch::channel(false);
        let mut running = JoinSet::new();
        // So many start at the same time: the accept queue is finite.
        let starting = Arc::new(Semaphore::new(64));
        for (number, person) in people.iter().enumerate() {
            let permit = starting.clone().acquire_owned().await?;
            let (sink, stopped) = (sink.clone(), stop.subscribe());
            let (token, guild) = (person.token.clone(), guild.map(str::to_owned));
            running.spawn(async move {
                let session = Session::start(server, number, &token, guild.as_deref()).await?;
                drop(permit);
                session.run(sink, stopped).await
            });
            if let Some(ended) = running.try_join_next() {
                ended??;
            }
        }
        let _all = starting.acquire_many(64).await?;
        if let Some(ended) = running.try_join_next() {
            ended??;
        }
        println!("({} sessions READY in {:.1} s)", people.len(), begun.elapsed().as_secs_f64());
        Ok(Self { stop, running })
    }

    /// Ends them; fails if one had ended by itself.
    pub async fn stop(mut self) -> Result<()> {
        self.stop.send_replace(true);
        while let Some(ended) = self.running.join_next().await {
            ended??;
        }
        Ok(())
    }
}

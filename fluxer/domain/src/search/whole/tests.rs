//! The indexes of everything against a real store and the embedded engine: what is filled, what
//! is noted afterwards, and the directory of guilds on top of it.

use std::path::PathBuf;

use fluxer_wire::{GuildId, UserId, discovery::DiscoverySearchQuery, parse};
use platform_kernel::{Clock, Generator, Rng, Timestamp};
use platform_store::Batch;
use serde_json::json;

use super::*;
use crate::{
    Actor, Parts, Settings,
    audit::{Action, Entry},
    guilds::{
        self,
        rows::{DiscoveryListedRow, DiscoveryRow},
    },
    reports::rows::ReportRow,
    rows::{GuildRow, UserRow},
    search::changes,
};

struct World {
    app: Arc<App>,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    fn new() -> Self {
        let (clock, rng) = (Clock::system(), Rng::system());
        let folder = std::env::temp_dir().join(format!("fluxer-whole-{}", rng.alphanumeric(12)));
        let store = platform_store::sqlite::scratch(&crate::tables(), clock.clone()).unwrap();
        let app = App::new(Parts {
            settings: Settings { test_mode: true, discovery_enabled: true, ..Settings::default() },
            bus: platform_bus::Bus::local(),
            cache: platform_cache::Cache::local(clock.clone(), rng.clone()),
            queue: platform_queue::Queue::embedded(store.clone(), clock.clone(), rng.clone()),
            blobs: platform_blobs::Blobs::filesystem(&folder.join("blobs"), clock.clone()).unwrap(),
            mailer: platform_mail::Mailer::disabled(),
            outbound: platform_outbound::Outbound::offline(),
            spool: crate::attachments::Spool::open(&folder.join("spool")).unwrap(),
            imaging: platform_imaging::Imaging::new(Default::default()).unwrap(),
            scanner: None,
            safety: None,
            fetcher: platform_outbound::Fetcher::new(Default::default()).unwrap(),
            search: platform_search::Search::embedded(&folder.join("search"), rng.clone()),
            ids: Generator::new(1, clock.clone(), Timestamp::from_millis(0)),
            store,
            clock,
            rng,
        });
        Self { app, folder }
    }

    async fn user(&self, name: &str) -> UserId {
        let user_id = self.app.next_id();
        let email = Some(format!("{name}@mail.example"));
        let row = UserRow { user_id, username: name.into(), email, ..UserRow::default() };
        self.app.store.put(&row).await.unwrap();
        self.app.touch_indexed(&USERS, user_id).await.unwrap();
        user_id
    }

    async fn guild(&self, name: &str, members: i64) -> GuildId {
        let guild_id = self.app.next_id();
        let row = GuildRow { guild_id, name: name.into(), member_count: members, ..GuildRow::default() };
        self.app.store.put(&row).await.unwrap();
        self.app.touch_indexed(&GUILDS, guild_id).await.unwrap();
        guild_id
    }

    /// Lists the guild, as a moderator's approval leaves it.
    async fn apply(&self, guild_id: GuildId, description: &str, category_type: i32) {
        let row = DiscoveryRow {
            guild_id,
            status: "pending".into(),
            description: description.into(),
            category_type,
            applied_at: self.app.clock.now(),
            reviewed_at: None,
            review_reason: None,
            removed_at: None,
            removal_reason: None,
            version: 0,
        };
        self.app.store.put(&row).await.unwrap();
        guilds::discovery::approve(&self.app, guild_id, None).await.unwrap();
    }

    async fn told(&self) {
        changes::tell(&self.app).await.unwrap();
    }

    /// What is found, after everything noted was told.
    async fn find(&self, index: &'static Index, words: &str) -> Vec<String> {
        self.told().await;
        match find(&self.app, index, words, 0, 25).await.unwrap() {
            Found::Hits { hits, total } => {
                assert_eq!(hits.len() as u64, total);
                hits.into_iter().map(|hit| hit.id).collect()
            }
            Found::Indexing => panic!("{} is not indexed", index.name),
        }
    }

    async fn directory(&self, query: serde_json::Value) -> (Vec<GuildId>, i64) {
        let query: DiscoverySearchQuery = parse(query).unwrap();
        let list = guilds::discovery::search(&self.app, query).await.unwrap();
        (list.guilds.iter().map(|guild| guild.id).collect(), list.total)
    }
}

fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn accounts_are_found_as_they_are_now() {
    let world = World::new();
    let app = &world.app;
    let (ada, bob) = (world.user("ada").await, world.user("bob").await);
    assert_eq!(find(app, &USERS, "ada", 0, 25).await.unwrap(), Found::Indexing);
    assert_eq!(state(app, &USERS).await.unwrap(), None);
    fill(app, &USERS).await.unwrap();
    assert_eq!(state(app, &USERS).await.unwrap(), Some(true));
    assert_eq!(world.find(&USERS, "ada").await, texts(&[ada]));
    assert_eq!(world.find(&USERS, "mail example").await.len(), 2);
    assert_eq!(world.find(&USERS, &bob.to_string()).await, texts(&[bob]));
    // from now on it is told of what changes
    let eve = world.user("eve").await;
    app.update_user(ada, |user| user.username = "countess".into()).await.unwrap();
    assert_eq!(world.find(&USERS, "count").await, texts(&[ada]));
    assert_eq!(world.find(&USERS, "eve@mail.example").await, texts(&[eve]));
    app.update_user(ada, |user| user.email = None).await.unwrap();
    assert!(world.find(&USERS, "ada").await.is_empty());
    // and of nothing else
    app.update_user(bob, |user| user.bio = Some("new".into())).await.unwrap();
    let noted = app.store.range::<ChangeRow>((USERS.name.to_owned(),)).all().await.unwrap();
    assert!(noted.is_empty(), "{noted:?}");
    // everything without words
    assert_eq!(world.find(&USERS, "").await.len(), 3);
    app.store.delete::<UserRow>((eve,)).await.unwrap();
    app.touch_indexed(&USERS, eve).await.unwrap();
    assert!(world.find(&USERS, "eve").await.is_empty());
}

#[tokio::test]
async fn an_index_is_made_anew_while_things_change() {
    let world = World::new();
    let app = &world.app;
    for number in 0..1200 {
        world.user(&format!("person{number}")).await;
    }
    fill(app, &USERS).await.unwrap();
    assert_eq!(world.find(&USERS, "person777").await.len(), 1);
    rebuild(app, &USERS).await.unwrap();
    assert_eq!(state(app, &USERS).await.unwrap(), Some(false));
    assert_eq!(find(app, &USERS, "person777", 0, 25).await.unwrap(), Found::Indexing);
    let late = world.user("latecomer").await;
    fill(app, &USERS).await.unwrap();
    assert_eq!(world.find(&USERS, "person777").await.len(), 1);
    assert_eq!(world.find(&USERS, "latecomer").await, texts(&[late]));
}

#[tokio::test]
async fn reports_and_audit_entries() {
    let world = World::new();
    let app = &world.app;
    let (moderator, guild) = (world.user("mod").await, world.guild("place", 1).await);
    let report = ReportRow {
        report_id: app.next_id(),
        category: "spam_account".into(),
        additional_info: Some("sells watches".into()),
        ..ReportRow::default()
    };
    app.store.put(&report).await.unwrap();
    fill(app, &REPORTS).await.unwrap();
    fill(app, &AUDIT_LOGS).await.unwrap();
    assert_eq!(world.find(&REPORTS, "watches spam").await, texts(&[report.report_id]));
    crate::reports::resolve(app, moderator, report.report_id, None, None).await.unwrap();
    world.told().await;
    let resolved = platform_search::Query {
        filter: Expr::And(vec![
            Expr::Between("status", Some(1), Some(1)),
            Expr::is("categoryName", "spam_account"),
            Expr::is("resolvedByAdminId", moderator.to_string()),
        ]),
        limit: 5,
        ..Default::default()
    };
    assert_eq!(app.search.search(&REPORTS, resolved).await.unwrap().total, 1);

    let mut actor = Actor::system(app.user(moderator).await.unwrap());
    actor.audit_reason = Some("too loud".into());
    app.audit(&actor, guild, Entry::new(Action::MemberKick).target(UserId::new(77))).await;
    let found = world.find(&AUDIT_LOGS, "member_kick loud").await;
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with(&format!("{guild}_")), "{found:?}");
    assert_eq!(world.find(&AUDIT_LOGS, "77").await, found);
    guilds::delete(app, &actor, guild).await.unwrap_err();
    app.store.delete_partition::<AuditLogRow>((guild,)).await.unwrap();
    app.touch_guild_erased(guild).await.unwrap();
    assert!(world.find(&AUDIT_LOGS, "").await.is_empty());
}

#[tokio::test]
async fn the_directory_asks_the_index() {
    let world = World::new();
    let app = &world.app;
    let small = world.guild("Café Berlin", 3).await;
    let large = world.guild("Berliner Gespräche", 50).await;
    let other = world.guild("Chess", 9).await;
    let hidden = world.guild("Berlin, secretly", 99).await;
    world.apply(small, "Kaffee und Kuchen", 2).await;
    world.apply(large, "Talking about the town", 0).await;
    world.apply(other, "Games for those in berlin", 0).await;
    let berlin = json!({"query": "berlin"});
    // before the index is made, by what the names contain
    assert_eq!(world.directory(berlin.clone()).await, (vec![large, small, other], 3));
    assert_eq!(world.directory(json!({"query": "cafe"})).await, (vec![], 0));
    fill(app, &GUILDS).await.unwrap();
    assert_eq!(world.directory(berlin.clone()).await, (vec![large, small, other], 3));
    assert_eq!(world.directory(json!({"query": "cafe"})).await, (vec![small], 1));
    assert_eq!(world.directory(json!({"query": "gesprache berliner"})).await, (vec![large], 1));
    assert_eq!(world.directory(json!({"query": "kxchxn"})).await, (vec![], 0));
    assert_eq!(world.directory(json!({"query": "kuchem"})).await, (vec![small], 1));
    assert_eq!(world.directory(json!({"query": "berlin", "category": "0"})).await, (vec![large, other], 2));
    assert_eq!(world.directory(json!({"query": "berlin", "limit": "1", "offset": "1"})).await.0, [small]);
    assert_eq!(world.directory(json!({})).await, (vec![large, other, small], 3));
    // what is listed, renamed or taken off is known a moment later
    world.apply(hidden, "no longer", 1).await;
    guilds::discovery::remove(app, small, None).await.unwrap();
    guilds::change(app, other, |row| row.name = "Berlin Chess".into()).await.unwrap();
    world.told().await;
    assert_eq!(world.directory(berlin).await, (vec![hidden, large, other], 3));
    assert_eq!(world.find(&GUILDS, "chess").await, texts(&[other]));
    let batch = Batch::new()
        .delete::<GuildRow>((other,))
        .delete::<DiscoveryListedRow>((DiscoveryListedRow::SHELF, other));
    app.store.commit(batch).await.unwrap();
    app.touch_guild_erased(other).await.unwrap();
    assert!(world.find(&GUILDS, "chess").await.is_empty());
}

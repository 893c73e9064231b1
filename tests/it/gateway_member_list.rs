//! Member lists: subscriptions and diffs (`gateway.md` §11.1). A client's copy of the list, kept by
//! applying ops in order, must always equal a fresh SYNC.

use tests::{Account, Gateway, Guild, Value, json, near, perms, s};

/// The list as a client keeps it.
#[derive(Default, Debug)]
struct List {
    rows: Vec<Option<Value>>,
    groups: Vec<(String, u64)>,
}

impl List {
    fn apply(&mut self, update: &Value) {
        for op in update["ops"].as_array().expect("ops") {
            let at = |key: &str| op[key].as_u64().unwrap_or_else(|| panic!("{key} in {op}")) as usize;
            match op["op"].as_str() {
                Some("SYNC") => {
                    let start = op["range"][0].as_u64().expect("a start") as usize;
                    let end = op["range"][1].as_u64().expect("an end") as usize;
                    self.grow(end + 1);
                    self.rows[start..=end].fill(None);
                    for (n, item) in op["items"].as_array().expect("items").iter().enumerate() {
                        self.grow(start + n + 1);
                        self.rows[start + n] = Some(item.clone());
                    }
                }
                Some("INSERT") => {
                    self.grow(at("index"));
                    self.rows.insert(at("index"), Some(op["item"].clone()));
                }
                Some("UPDATE") => {
                    self.grow(at("index") + 1);
                    self.rows[at("index")] = Some(op["item"].clone());
                }
                Some("DELETE") => {
                    self.rows.remove(at("index"));
                }
                Some("INVALIDATE") => {}
                _ => panic!("unknown op {op}"),
            }
        }
        self.groups = update["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .map(|g| (s(g, "id"), g["count"].as_u64().expect("a count")))
            .filter(|(_, count)| *count > 0)
            .collect();
        let total: u64 = self.groups.iter().map(|(_, count)| count + 1).sum();
        self.rows.truncate(total as usize);
    }

    fn grow(&mut self, to: usize) {
        if self.rows.len() < to {
            self.rows.resize(to, None);
        }
    }

    /// Headers as `#group`, members as user ids.
    fn shape(&self) -> Vec<String> {
        let name = |row: &Option<Value>| match row {
            Some(item) if item.get("group").is_some() => format!("#{}", s(item, "/group/id")),
            Some(item) => s(item, "/member/user/id"),
            None => "?".into(),
        };
        self.rows.iter().map(name).collect()
    }
}

async fn subscribe(gateway: &mut Gateway, guild: &Guild, channel: &str, ranges: Value) {
    gateway.subscribe(&guild.id, json!({"member_list_channels": {channel: ranges}})).await;
}

/// Reads updates until the list looks as wanted.
async fn settle(gateway: &mut Gateway, list: &mut List, wanted: impl Fn(&List) -> bool) {
    while !wanted(list) {
        let update = gateway.expect("GUILD_MEMBER_LIST_UPDATE", tests::any).await;
        list.apply(&update);
    }
}

/// What a new subscription to the same list is given.
async fn fresh(account: &Account, guild: &Guild, channel: &str) -> Vec<String> {
    let mut gateway = account.online().await;
    gateway.activate(&guild.id).await;
    subscribe(&mut gateway, guild, channel, json!([[0, 99]])).await;
    let mut list = List::default();
    list.apply(&gateway.expect("GUILD_MEMBER_LIST_UPDATE", tests::any).await);
    gateway.close().await;
    list.shape()
}

#[tokio::test]
async fn the_first_answer() {
    let (guild, [online, offline]) = Guild::with_members::<2>().await;
    let mut gateway = online.online().await;
    gateway.activate(&guild.id).await;
    subscribe(&mut gateway, &guild, &guild.general, json!([[0, 99]])).await;
    let update = gateway.expect("GUILD_MEMBER_LIST_UPDATE", tests::any).await;
    assert_eq!((&update["guild_id"], &update["id"]), (&json!(guild.id), &json!(guild.general)));
    assert_eq!((&update["member_count"], &update["online_count"]), (&json!(3), &json!(1)));
    assert_eq!(update["ops"].as_array().unwrap().len(), 1);
    assert_eq!(update["ops"][0]["op"], "SYNC");
    let mut list = List::default();
    list.apply(&update);
    let shape = list.shape();
    assert_eq!(shape[..3], ["#online".to_owned(), online.id.clone(), "#offline".to_owned()]);
    assert!(shape[3..].contains(&offline.id) && shape[3..].contains(&guild.owner.id));
    let member = &list.rows[1].as_ref().unwrap()["member"];
    assert_eq!(
        (&member["presence"]["status"], &member["user"]["username"]),
        (&json!("online"), &json!(online.username))
    );
    // the same ranges again are no question
    subscribe(&mut gateway, &guild, &guild.general, json!([[0, 99]])).await;
    subscribe(&mut gateway, &guild, &guild.general, json!([[50, 99], [0, 49], [3, 1], [0, 200_000]])).await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_MEMBER_LIST_UPDATE", tests::any);
    subscribe(&mut gateway, &guild, &guild.general, json!([[0, 1], [3, 3]])).await;
    let update = gateway.expect("GUILD_MEMBER_LIST_UPDATE", tests::any).await;
    assert_eq!(update["ops"].as_array().unwrap().len(), 2, "a SYNC a range: {update}");
}

#[tokio::test]
async fn a_list_of_offline_people_has_one_header() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let mut gateway = owner.online().await;
    gateway.activate(&guild.id).await;
    gateway.send(json!({"op": 3, "d": {"status": "invisible"}})).await;
    gateway.expect("SESSIONS_REPLACE", tests::any).await;
    subscribe(&mut gateway, &guild, &guild.general, json!([[0, 99]])).await;
    let mut list = List::default();
    settle(&mut gateway, &mut list, |l| l.shape() == ["#offline".to_owned(), owner.id.clone()]).await;
}

#[tokio::test]
async fn ops_keep_the_copy_true() {
    let (guild, [watcher, one, two]) = Guild::with_members::<3>().await;
    for (who, nick) in [(&one, "bbb"), (&two, "aaa"), (&watcher, "ccc")] {
        who.patch(guild.path("/members/@me"), json!({"nick": nick})).await.ok();
    }
    let mut gateway = watcher.online().await;
    gateway.activate(&guild.id).await;
    subscribe(&mut gateway, &guild, &guild.general, json!([[0, 99]])).await;
    let mut list = List::default();
    settle(&mut gateway, &mut list, |l| l.rows.len() == 6).await;
    let online = |ids: &[&str]| {
        let mut rows = vec!["#online".to_owned()];
        rows.extend(ids.iter().map(|i| (*i).to_owned()));
        rows
    };
    // they come: sorted by the name shown
    let mut first = one.online().await;
    settle(&mut gateway, &mut list, |l| l.shape().starts_with(&online(&[&one.id, &watcher.id, "#offline"])))
        .await;
    let _second = two.online().await;
    settle(&mut gateway, &mut list, |l| {
        l.shape().starts_with(&online(&[&two.id, &one.id, &watcher.id, "#offline"]))
    })
    .await;
    // a nick moves a row, a status only changes it
    one.patch(guild.path("/members/@me"), json!({"nick": "zzz"})).await.ok();
    settle(&mut gateway, &mut list, |l| l.shape().starts_with(&online(&[&two.id, &watcher.id, &one.id])))
        .await;
    first.send(json!({"op": 3, "d": {"status": "dnd"}})).await;
    settle(&mut gateway, &mut list, |l| {
        l.rows[3].as_ref().is_some_and(|r| r["member"]["presence"]["status"] == "dnd")
    })
    .await;
    // a hoisted role gets a group of its own, on top
    let role = guild.role(0).await;
    guild.owner.patch(guild.path(&format!("/roles/{role}")), json!({"hoist": true})).await.ok();
    guild.give(&one.id, &role).await;
    settle(&mut gateway, &mut list, |l| {
        l.shape().starts_with(&[format!("#{role}"), one.id.clone(), "#online".into()])
    })
    .await;
    guild.take(&one.id, &role).await;
    settle(&mut gateway, &mut list, |l| l.shape()[0] == "#online").await;
    // somebody leaves, somebody joins
    two.delete(format!("/users/@me/guilds/{}", guild.id)).await.no_content();
    settle(&mut gateway, &mut list, |l| !l.shape().contains(&two.id)).await;
    let late = Account::new().await;
    guild.join(&late).await;
    settle(&mut gateway, &mut list, |l| l.shape().contains(&late.id)).await;
    assert_eq!(list.shape(), fresh(&watcher, &guild, &guild.general).await);
}

#[tokio::test]
async fn only_those_who_see_the_channel_are_on_its_list() {
    let (guild, [insider, outsider]) = Guild::with_members::<2>().await;
    let role = guild.role(0).await;
    let hidden = guild.hidden_text(Some(&role)).await;
    guild.give(&insider.id, &role).await;
    let mut gateway = insider.online().await;
    gateway.activate(&guild.id).await;
    subscribe(&mut gateway, &guild, &hidden, json!([[0, 99]])).await;
    let update = gateway.expect("GUILD_MEMBER_LIST_UPDATE", near("id", hidden.clone())).await;
    assert_eq!(update["member_count"], 2);
    let mut list = List::default();
    list.apply(&update);
    assert!(!list.shape().contains(&outsider.id));
    // and nobody else may ask
    let mut other = outsider.online().await;
    other.activate(&guild.id).await;
    subscribe(&mut other, &guild, &hidden, json!([[0, 99]])).await;
    guild.fence(&mut [&mut other]).await;
    other.absent("GUILD_MEMBER_LIST_UPDATE", tests::any);
    // a role brings somebody onto it
    guild.overwrite(&hidden, &outsider.id, 1, perms::VIEW_CHANNEL, 0).await;
    settle(&mut gateway, &mut list, |l| l.shape().contains(&outsider.id)).await;
    // unsubscribed: silence
    subscribe(&mut gateway, &guild, &hidden, json!([])).await;
    gateway.heartbeat(json!(null)).await;
    gateway.events.clear();
    outsider.patch(guild.path("/members/@me"), json!({"nick": "new"})).await.ok();
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_MEMBER_LIST_UPDATE", tests::any);
}

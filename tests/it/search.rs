//! Searching messages and members (`search-and-moderation.md` §1, §2).

use std::time::Duration;

use tests::form::Form;
use tests::guild::send;
use tests::server::Server;
use tests::unique::word;
use tests::{Account, Client, Guild, UNKNOWN, Value, befriend, dm, ids, json, perms, s};
use tokio::time::Instant;

/// What is written is found within this time. The specification's second, and room for a
/// machine that does other things too.
const PROMPT: Duration = Duration::from_secs(20);

/// The answer once everything asked for is indexed.
async fn search(client: &Client, body: Value) -> Value {
    let begun = Instant::now();
    loop {
        let answer = client.post("/search/messages", body.clone()).await.ok();
        if answer != json!({"indexing": true}) {
            return answer;
        }
        assert!(begun.elapsed() < PROMPT, "still indexing");
    }
}

fn found(answer: &Value) -> Vec<String> {
    ids(&answer["messages"])
}

/// Searches until exactly these are found, in this order.
async fn expect(client: &Client, body: Value, expected: &[&String]) -> Value {
    let begun = Instant::now();
    loop {
        let answer = search(client, body.clone()).await;
        let same = found(&answer).iter().eq(expected.iter().copied());
        if same && answer["total"] == expected.len() {
            return answer;
        }
        assert!(begun.elapsed() < PROMPT, "{body} finds {answer}, not {expected:?}");
    }
}

fn of(guild: &Guild, more: Value) -> Value {
    let mut body = json!({"context_guild_id": guild.id});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn say(from: &Client, channel: &str, text: &str) -> String {
    s(&send(from, channel, text).await, "id")
}

#[tokio::test]
async fn what_is_said_is_found() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let (one, two) = (word(), word());
    let first = say(&owner, &guild.general, &format!("Grüße from the Café {one}")).await;
    let second = say(&owner, &guild.general, &format!("nothing but {one} {two}")).await;
    // the first search of a channel has it indexed
    let begun = owner.post("/search/messages", of(&guild, json!({"content": one}))).await.ok();
    assert_eq!(begun, json!({"indexing": true}));
    let answer = expect(&owner, of(&guild, json!({"content": one})), &[&second, &first]).await;
    assert_eq!((&answer["hits_per_page"], &answer["page"]), (&json!(25), &json!(1)));
    let message = owner.get(format!("/channels/{}/messages/{first}", guild.general)).await.ok();
    assert_eq!(answer["messages"][1], message, "a hit is the message as it is read");
    expect(&owner, of(&guild, json!({"content": format!("cafe {one}")})), &[&first]).await;
    expect(&owner, of(&guild, json!({"content": format!("{one} GRUSSE")})), &[&first]).await;
    expect(&owner, of(&guild, json!({"content": format!("{one} grüße")})), &[&first]).await;
    // its beginning is enough of the last word
    expect(&owner, of(&guild, json!({"content": format!("{two} noth")})), &[&second]).await;
    // and a letter may be wrong where nothing else is found
    expect(&owner, of(&guild, json!({"content": format!("{two} nothimg")})), &[&second]).await;

    // from now on everything is found as it comes, changes and goes
    let third = say(&owner, &guild.general, &format!("late {one}")).await;
    expect(&owner, of(&guild, json!({"content": one})), &[&third, &second, &first]).await;
    let path = format!("/channels/{}/messages/{third}", guild.general);
    owner.patch(&path, json!({"content": "something else"})).await.ok();
    expect(&owner, of(&guild, json!({"content": one})), &[&second, &first]).await;
    expect(&owner, of(&guild, json!({"content": "something else"})), &[&third]).await;
    owner.delete(&path).await.no_content();
    expect(&owner, of(&guild, json!({"content": "something else"})), &[]).await;
    let both = json!({"message_ids": [first, second]});
    owner.post(format!("/channels/{}/messages/bulk-delete", guild.general), both).await.no_content();
    expect(&owner, of(&guild, json!({"content": one})), &[]).await;
    expect(&owner, of(&guild, json!({})), &[]).await;
}

#[tokio::test]
async fn scripts_of_the_world() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let texts = [
        ("我喜欢学习中文和历史", "中文"),
        ("今日は日本語を勉強します", "日本語"),
        ("한국어를 공부합니다", "한국어"),
        ("Сегодня хорошая погода", "ПОГОДА"),
        ("ภาษาไทยง่ายมาก", "ภาษาไทย"),
        ("An der Straße", "strasse"),
        ("gefeiert 🎉🎉", "🎉"),
        ("cafe\u{301} au lait", "CAFÉ"),
    ];
    let mut said = Vec::new();
    for (text, _) in texts {
        said.push(say(&owner, &guild.general, text).await);
    }
    for ((_, words), id) in texts.iter().zip(&said) {
        expect(&owner, of(&guild, json!({"content": words})), &[id]).await;
    }
}

#[tokio::test]
async fn filters() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    // in #general stand the notices of who has come
    let channel = &guild.text().await;
    let bot = guild.bot(perms::DEFAULT).await;
    let plain = say(owner, channel, "plain words").await;
    let link = say(&member, channel, "look at https://Sub.Example.org/page here").await;
    let naming = say(owner, channel, &format!("hey <@{}> and <@{}>", member.id, owner.id)).await;
    let everybody = say(owner, channel, "@everyone attention").await;
    let by_bot = say(&bot, channel, "beep plain").await;
    let embed =
        json!({"content": "with embed", "embeds": [{"title": "t", "url": "https://embedded.example/x"}]});
    let embed = s(&owner.post(format!("/channels/{channel}/messages"), embed).await.ok(), "id");
    owner.put(format!("/channels/{channel}/pins/{plain}"), json!({})).await.no_content();
    // pinning says so, in a message of its own
    let notice = s(&owner.get(format!("/channels/{channel}/messages?limit=1")).await.ok()[0], "id");
    let forward = json!({"message_reference": {"message_id": link, "channel_id": channel, "type": 1,
        "guild_id": guild.id}});
    let forward = s(&owner.post(format!("/channels/{channel}/messages"), forward).await.ok(), "id");
    let everything = [&forward, &notice, &embed, &by_bot, &everybody, &naming, &link, &plain];
    expect(owner, of(&guild, json!({"channel_ids": [channel]})), &everything).await;
    let without = |gone: &[&String]| -> Vec<&String> {
        everything.iter().copied().filter(|id| !gone.contains(id)).collect()
    };
    let cases: Vec<(Value, Vec<&String>)> = vec![
        (json!({"content": "plain"}), vec![&by_bot, &plain]),
        (json!({"contents": ["attention", "beep"], "content": "never"}), vec![&by_bot, &everybody]),
        (json!({"author_id": [member.id]}), vec![&link]),
        (json!({"exclude_author_id": [owner.id, bot.id]}), vec![&link]),
        (json!({"author_type": ["bot"]}), vec![&by_bot]),
        (json!({"author_type": ["bot", "user"]}), everything.to_vec()),
        (json!({"author_type": ["webhook"]}), vec![]),
        (json!({"exclude_author_type": ["user"]}), vec![&by_bot]),
        (json!({"mentions": [member.id]}), vec![&naming]),
        (json!({"mentions": [member.id, owner.id]}), vec![&naming]),
        (json!({"mentions": [member.id, bot.id]}), vec![]),
        (json!({"exclude_mentions": [member.id]}), without(&[&naming])),
        (json!({"mention_everyone": true}), vec![&everybody]),
        (json!({"mention_everyone": false}), without(&[&everybody])),
        (json!({"pinned": true}), vec![&plain]),
        (json!({"pinned": false}), without(&[&plain])),
        (json!({"has": ["link"]}), vec![&link]),
        (json!({"has": ["embed"]}), vec![&embed]),
        (json!({"has": ["link", "embed"]}), vec![]),
        (json!({"has": ["snapshot"]}), vec![&forward]),
        (json!({"has": ["poll"]}), vec![]),
        (json!({"has": ["file"]}), vec![]),
        (json!({"exclude_has": ["link", "embed"]}), without(&[&link, &embed])),
        (json!({"exclude_has": ["poll", "sticker", "image", "video", "sound"]}), everything.to_vec()),
        (json!({"link_hostname": ["sub.example.org"]}), vec![&link]),
        (json!({"link_hostname": ["SUB.example.org", "embedded.example"]}), vec![]),
        (
            json!({"exclude_link_hostname": ["sub.example.org", "embedded.example"]}),
            without(&[&link, &embed]),
        ),
        (json!({"embed_type": ["article"]}), vec![]),
        (json!({"attachment_extension": ["png"]}), vec![]),
        (json!({"exclude_attachment_filename": ["x.png"]}), everything.to_vec()),
        (json!({"max_id": everybody}), vec![&naming, &link, &plain]),
        (json!({"min_id": embed}), vec![&forward, &notice]),
        (json!({"min_id": plain, "max_id": everybody}), vec![&naming, &link]),
        (json!({"exclude_channel_id": [channel]}), vec![]),
        (json!({"channel_id": [UNKNOWN], "content": "beep"}), vec![&by_bot]),
    ];
    for (case, expected) in cases {
        let mut body = of(&guild, case);
        body["channel_ids"] = json!([channel]);
        expect(owner, body, &expected).await;
    }
    owner.delete(format!("/channels/{channel}/pins/{plain}")).await.no_content();
    expect(owner, of(&guild, json!({"pinned": true, "channel_ids": [channel]})), &[]).await;
}

#[tokio::test]
async fn files_are_found_by_what_they_are() {
    let owner = &Account::new().await;
    let guild = Guild::new(owner).await;
    let channel = &guild.text().await;
    let with = async |names: &[&str]| {
        let form = (0..names.len()).fold(Form::naming("a", names), |form, at| form.file(at, b"not much"));
        s(&form.post(owner, channel).await.ok(), "id")
    };
    let picture = with(&["Holiday Photo.PNG"]).await;
    let sound = with(&["song.mp3", "cover.png"]).await;
    let film = with(&["clip.mp4"]).await;
    let paper = with(&["report.tar.gz"]).await;
    let none = say(owner, channel, "no file").await;
    let cases: Vec<(Value, Vec<&String>)> = vec![
        (json!({"has": ["file"]}), vec![&paper, &film, &sound, &picture]),
        (json!({"exclude_has": ["file"]}), vec![&none]),
        (json!({"has": ["image"]}), vec![&sound, &picture]),
        (json!({"has": ["image", "sound"]}), vec![&sound]),
        (json!({"has": ["sound"]}), vec![&sound]),
        (json!({"has": ["video"]}), vec![&film]),
        (json!({"has": ["file"], "exclude_has": ["image", "video"]}), vec![&paper]),
        (json!({"attachment_extension": ["png"]}), vec![&sound, &picture]),
        (json!({"attachment_extension": [".PNG"]}), vec![&sound, &picture]),
        (json!({"attachment_extension": ["png", "mp3"]}), vec![&sound]),
        (json!({"attachment_extension": ["gz"]}), vec![&paper]),
        (json!({"attachment_extension": ["tar"]}), vec![]),
        (json!({"exclude_attachment_extension": ["png", "mp4"]}), vec![&none, &paper]),
        (json!({"attachment_filename": ["holiday_photo.png"]}), vec![&picture]),
        (json!({"attachment_filename": ["SONG.mp3", "cover.png"]}), vec![&sound]),
        (json!({"attachment_filename": ["song.mp3", "clip.mp4"]}), vec![]),
        (json!({"exclude_attachment_filename": ["clip.mp4", "cover.png"]}), vec![&none, &paper, &picture]),
    ];
    for (case, expected) in cases {
        let mut body = of(&guild, case);
        body["channel_ids"] = json!([channel]);
        expect(owner, body, &expected).await;
    }
    // a file that is taken away is no longer found
    let path = format!("/channels/{channel}/messages/{sound}");
    let message = owner.get(&path).await.ok();
    let kept = json!({"attachments": [{"id": message["attachments"][0]["id"]}]});
    owner.patch(&path, kept).await.ok();
    let pictures = json!({"attachment_extension": ["png"], "channel_ids": [channel]});
    expect(owner, of(&guild, pictures), &[&picture]).await;
}

/// What the command prints, once the server has indexed what is asked for.
fn command(server: &Server, arguments: &[&str], done: impl Fn(&str) -> bool) -> String {
    let begun = Instant::now();
    loop {
        let output = server.command(arguments);
        if done(&output) {
            return output;
        }
        assert!(begun.elapsed() < PROMPT, "fluxer {arguments:?} says\n{output}");
        std::thread::sleep(Duration::from_millis(100)); // bounded polling of another process
    }
}

#[tokio::test]
async fn an_operator_finds_accounts_guilds_reports_and_audit_entries() {
    let server = Server::start();
    let owner = Account::on(&server.base).await;
    let guild = Guild::new(&owner).await;
    let ask = |arguments: &[&str], wanted: &str| {
        let all = [&["search"], arguments].concat();
        command(&server, &all, |output| output.contains(wanted))
    };
    assert!(server.command(&["search", "status"]).contains("users: not asked for yet"));
    assert!(server.command(&["search", "find", "users", &owner.username]).contains("ask again"));
    let line = format!("{}  {}#", owner.id, owner.username);
    ask(&["find", "users", &owner.username], &line);
    assert!(server.command(&["search", "status"]).contains("users: indexed"));
    ask(&["find", "users", "nobody-is-called-so"], "0 of 0");
    // it follows what happens
    let late = Account::on(&server.base).await;
    ask(&["find", "users", &late.email], &late.id);
    ask(&["find", "guilds", "zebra"], "0 of 0");
    owner.patch(guild.path(""), json!({"name": "Zebra Crossing"})).await.ok();
    ask(&["find", "guilds", "zebra"], &guild.id);
    ask(&["find", "audit_logs", "guild_update"], &format!("{}_", guild.id));
    ask(&["find", "reports"], "0 of 0");
    let body = json!({"user_id": owner.id, "category": "spam_account", "additional_info": "watches"});
    late.post("/reports/user", body).await.ok();
    ask(&["find", "reports", "watches"], &format!("pending, spam_account of account {}", owner.id));
    // made anew while the server runs, and found without it
    server.command(&["search", "rebuild", "--index", "users"]);
    ask(&["find", "users", &owner.username], &line);
    server.signal("KILL");
    ask(&["find", "guilds", "crossing"], &guild.id);
    ask(&["find", "users", &late.username], &late.id);
}

#[tokio::test]
async fn phrases_are_taken_letter_by_letter() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let upper = say(&owner, &guild.general, "the Quick Brown fox").await;
    let lower = say(&owner, &guild.general, "the quick brown fox jumps").await;
    let phrase = |phrases: Value| of(&guild, json!({"exact_phrases": phrases}));
    expect(&owner, phrase(json!(["Quick Brown"])), &[&upper]).await;
    expect(&owner, phrase(json!(["quick brown"])), &[&lower]).await;
    expect(&owner, phrase(json!(["uick", "fox"])), &[&lower, &upper]).await;
    expect(&owner, phrase(json!(["brown quick"])), &[]).await;
    expect(&owner, phrase(json!(["Quick", "quick"])), &[]).await;
    let both = of(&guild, json!({"exact_phrases": ["the"], "content": "jumps"}));
    expect(&owner, both, &[&lower]).await;
    let second = of(&guild, json!({"exact_phrases": ["the"], "hits_per_page": 1, "page": 2}));
    let answer = search(&owner, second).await;
    assert_eq!((found(&answer), &answer["total"]), (vec![upper], &json!(2)));
}

#[tokio::test]
async fn order_and_pages() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let channels = [guild.general.clone(), guild.text().await];
    let mut said = Vec::new();
    for n in 0..7 {
        said.push(say(&owner, &channels[n % 2], &format!("page {}", "turn ".repeat(n + 1))).await);
    }
    let newest: Vec<&String> = said.iter().rev().collect();
    let oldest: Vec<&String> = said.iter().collect();
    expect(&owner, of(&guild, json!({"content": "page"})), &newest).await;
    expect(&owner, of(&guild, json!({"sort_by": "timestamp", "sort_order": "asc"})), &oldest).await;
    for (page, expected) in [(1, &newest[..3]), (2, &newest[3..6]), (3, &newest[6..]), (4, &[])] {
        let answer = search(&owner, of(&guild, json!({"hits_per_page": 3, "page": page}))).await;
        assert!(found(&answer).iter().eq(expected.iter().copied()), "page {page}");
        assert_eq!((&answer["total"], &answer["page"]), (&json!(7), &json!(page)));
    }
    let far = search(&owner, of(&guild, json!({"page": 9_007_199_254_740_991_u64}))).await;
    assert_eq!((found(&far).len(), &far["total"]), (0, &json!(7)));
    let best = search(&owner, of(&guild, json!({"content": "turn", "sort_by": "relevance"}))).await;
    assert_eq!(found(&best).len(), 7);
    for bad in [json!({"hits_per_page": 26}), json!({"page": 0}), json!({"has": ["x"]})] {
        owner.post("/search/messages", of(&guild, bad)).await.refused(400);
    }
    owner.post("/search/messages", json!({})).await.field("context", "CONTEXT_CHANNEL_OR_GUILD_ID_REQUIRED");
}

#[tokio::test]
async fn only_what_may_be_read() {
    let (guild, [member, stranger]) = Guild::with_members::<2>().await;
    let owner = &guild.owner;
    let rank = guild.role(0).await;
    guild.give(&member.id, &rank).await;
    let hidden = guild.hidden_text(Some(&rank)).await;
    let text = word();
    let open = say(owner, &guild.general, &text).await;
    let secret = say(owner, &hidden, &text).await;
    let ask = || of(&guild, json!({"content": text}));
    expect(&member, ask(), &[&secret, &open]).await;
    expect(&stranger, ask(), &[&open]).await;
    let only = of(&guild, json!({"content": text, "channel_ids": [hidden]}));
    expect(&member, only.clone(), &[&secret]).await;
    stranger.post("/search/messages", only).await.err(403, "MISSING_PERMISSIONS");
    let elsewhere = of(&guild, json!({"channel_ids": [UNKNOWN]}));
    member
        .post("/search/messages", elsewhere)
        .await
        .field("channel_ids", "ALL_CHANNELS_MUST_BELONG_TO_GUILD");
    // revoked: at once, whatever the index says
    guild.take(&member.id, &rank).await;
    assert_eq!(found(&search(&member, ask()).await), [open.clone()]);
    let of_channel = json!({"context_channel_id": hidden, "content": text});
    member.post("/search/messages", of_channel).await.err(403, "MISSING_PERMISSIONS");
    let outsider = Account::new().await;
    outsider.post("/search/messages", ask()).await.err(404, "UNKNOWN_GUILD");
    outsider
        .post("/search/messages", json!({"context_channel_id": guild.general}))
        .await
        .err(403, "ACCESS_DENIED");
    let bot = guild.bot(perms::DEFAULT).await;
    bot.post("/search/messages", ask()).await.refused(403);
    // with VIEW_CHANNEL alone, a guild's search passes the channel over and the channel's own finds
    // what is newer than the cutoff
    guild.overwrite(&guild.general, &guild.id, 0, 0, perms::READ_MESSAGE_HISTORY).await;
    assert_eq!(found(&search(&stranger, ask()).await), [""; 0]);
    let here = json!({"context_channel_id": guild.general, "content": text});
    expect(&stranger, here.clone(), &[]).await;
    let later = send(owner, &guild.general, &text).await;
    let cutoff = json!({"message_history_cutoff": later["timestamp"]});
    owner.patch(guild.path(""), cutoff).await.ok();
    expect(&stranger, here.clone(), &[&s(&later, "id")]).await;
    expect(owner, here, &[&s(&later, "id"), &open]).await;
    // a channel that is gone is gone from the index
    owner.delete(format!("/channels/{hidden}")).await;
    expect(owner, ask(), &[&s(&later, "id"), &open]).await;
}

#[tokio::test]
async fn scopes() {
    let [me, friend, other] = Account::several::<3>().await;
    befriend(&me, &friend).await;
    befriend(&me, &other).await;
    befriend(&friend, &other).await;
    let (one, two) = (Guild::new(&me).await, Guild::new(&friend).await);
    two.join(&me).await;
    let elsewhere = Guild::new(&other).await;
    let text = word();
    let in_one = say(&me, &one.general, &text).await;
    let in_two = say(&friend, &two.general, &text).await;
    say(&other, &elsewhere.general, &text).await;
    let with_friend = dm(&me, &friend.id).await;
    let in_open = say(&friend, &with_friend, &text).await;
    let with_other = dm(&me, &other.id).await;
    let in_closed = say(&other, &with_other, &text).await;
    me.delete(format!("/channels/{with_other}")).await;
    let theirs = dm(&friend, &other.id).await;
    say(&friend, &theirs, &text).await;
    let notes = say(&me, &me.id, &text).await;
    let ask = |scope: &str| json!({"scope": scope, "content": text});
    expect(&me, ask("all_guilds"), &[&in_two, &in_one]).await;
    expect(&me, ask("open_dms"), &[&in_open]).await;
    expect(&me, ask("all_dms"), &[&in_closed, &in_open]).await;
    expect(&me, ask("all"), &[&in_closed, &in_open, &in_two, &in_one]).await;
    expect(&me, ask("open_dms_and_all_guilds"), &[&in_open, &in_two, &in_one]).await;
    let with_context =
        |scope: &str, channel: &str| json!({"scope": scope, "content": text, "context_channel_id": channel});
    // the current DM is always there, somebody else's never
    expect(&me, with_context("open_dms", &with_other), &[&in_closed, &in_open]).await;
    expect(&me, with_context("open_dms", &theirs), &[&in_open]).await;
    expect(&me, with_context("all_dms", &me.id), &[&notes, &in_closed, &in_open]).await;
    expect(&me, with_context("current", &with_friend), &[&in_open]).await;
    expect(&me, with_context("current", &me.id), &[&notes]).await;
    me.post("/search/messages", with_context("current", &theirs)).await.err(404, "UNKNOWN_CHANNEL");
    let narrowed = json!({"scope": "all", "content": text, "channel_ids": [one.general, with_friend]});
    expect(&me, narrowed, &[&in_open, &in_one]).await;
    let foreign = json!({"scope": "all", "content": text, "channel_ids": [theirs]});
    me.post("/search/messages", foreign).await.err(403, "MISSING_PERMISSIONS");
}

#[tokio::test]
async fn channels_for_adults() {
    let (guild, [adult]) = Guild::with_members::<1>().await;
    let owner = &guild.owner;
    let text = word();
    let tame = say(owner, &guild.general, &text).await;
    let channel = guild.text().await;
    owner.patch(format!("/channels/{channel}"), json!({"nsfw": true})).await.ok();
    let wild = say(owner, &channel, &text).await;
    let mut body = tests::account::registration();
    body["date_of_birth"] = json!("2011-01-01");
    let minor = Account::register(body).await;
    minor.set_flags(&["HAS_SESSION_STARTED"]).await;
    guild.join(&minor).await;
    let ask = |nsfw: bool| of(&guild, json!({"content": text, "include_nsfw": nsfw}));
    expect(&adult, ask(true), &[&wild, &tame]).await;
    expect(&adult, ask(false), &[&tame]).await;
    expect(&minor, ask(true), &[&tame]).await;
    let listed = of(&guild, json!({"content": text, "channel_ids": [channel]}));
    expect(&minor, listed, &[]).await;
    let here = json!({"context_channel_id": channel, "content": text});
    minor.post("/search/messages", here).await.err(403, "NSFW_CONTENT_AGE_RESTRICTED");
    owner.patch(guild.path(""), json!({"nsfw_level": 3})).await.ok();
    minor.post("/search/messages", ask(true)).await.err(403, "NSFW_CONTENT_AGE_RESTRICTED");
    expect(&adult, ask(false), &[]).await;
    expect(&adult, ask(true), &[&wild, &tame]).await;
    let everywhere = |nsfw: bool| json!({"scope": "all_guilds", "content": text, "include_nsfw": nsfw});
    expect(&adult, everywhere(false), &[]).await;
    expect(&adult, everywhere(true), &[&wild, &tame]).await;
    expect(&minor, everywhere(true), &[]).await;
}

/// Members once they are indexed and the answer is as expected.
async fn members(client: &Client, guild: &Guild, body: Value, expected: &[&str]) -> Value {
    let begun = Instant::now();
    loop {
        let answer = client.post(guild.path("/members-search"), body.clone()).await.ok();
        let found: Vec<String> =
            answer["members"].as_array().unwrap().iter().map(|member| s(member, "user_id")).collect();
        if answer["indexing"] == false && found == expected && answer["total_result_count"] == found.len() {
            return answer;
        }
        assert!(begun.elapsed() < PROMPT, "{body} finds {answer}, not {expected:?}");
    }
}

#[tokio::test]
async fn members_are_found() {
    let (guild, [anna, berta, late]) = Guild::with_members::<3>().await;
    let owner = &guild.owner;
    let visitor = Account::new().await;
    guild.join(&visitor).await;
    let name = word();
    owner
        .patch(guild.path(&format!("/members/{}", anna.id)), json!({"nick": format!("Ännchen {name}")}))
        .await
        .ok();
    let first = owner.post(guild.path("/members-search"), json!({"query": name})).await.ok();
    assert_eq!((&first["indexing"], &first["members"]), (&json!(true), &json!([])));
    members(owner, &guild, json!({"query": name}), &[&anna.id]).await;
    members(owner, &guild, json!({"query": format!("annchen {name}")}), &[&anna.id]).await;
    members(owner, &guild, json!({"query": berta.username}), &[&berta.id]).await;
    members(owner, &guild, json!({"query": berta.id}), &[&berta.id]).await;
    let rank = guild.role(0).await;
    let other = guild.role(0).await;
    guild.give(&berta.id, &rank).await;
    let found = members(owner, &guild, json!({"role_ids": [rank]}), &[&berta.id]).await;
    assert_eq!(found["members"][0]["role_ids"], json!([rank]));
    assert_eq!(found["members"][0]["supplemental"]["join_source_type"], 1);
    members(owner, &guild, json!({"role_ids": [rank, other]}), &[]).await;
    guild.take(&berta.id, &rank).await;
    members(owner, &guild, json!({"role_ids": [rank]}), &[]).await;
    members(owner, &guild, json!({"is_bot": true}), &[]).await;
    let bot = guild.bot(0).await;
    members(owner, &guild, json!({"is_bot": true}), &[&bot.id]).await;
    let called = word();
    let path = format!("/oauth2/applications/{}/bot", bot.id);
    owner.patch(path, json!({"username": called})).await.ok();
    members(owner, &guild, json!({"query": called}), &[&bot.id]).await;
    members(owner, &guild, json!({"query": late.username, "join_source_type": [1, 9]}), &[&late.id]).await;
    members(owner, &guild, json!({"query": late.username, "join_source_type": [3]}), &[]).await;
    members(owner, &guild, json!({"query": late.username, "joined_at_gte": 4_000_000_000_u64}), &[]).await;
    members(
        owner,
        &guild,
        json!({"query": late.username, "user_created_at_lte": 4_000_000_000_u64}),
        &[&late.id],
    )
    .await;
    // a new name, a leave
    let renamed = word();
    late.patch("/users/@me", json!({"global_name": renamed})).await.ok();
    members(owner, &guild, json!({"query": renamed}), &[&late.id]).await;
    late.delete(format!("/users/@me/guilds/{}", guild.id)).await.no_content();
    members(owner, &guild, json!({"query": renamed}), &[]).await;
    berta.post(guild.path("/members-search"), json!({})).await.err(403, "MISSING_PERMISSIONS");
    Account::new().await.post(guild.path("/members-search"), json!({})).await.err(404, "UNKNOWN_GUILD");
}

#[tokio::test]
async fn test_mode_indexes_at_once() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let one = word();
    let first = say(&owner, &guild.general, &one).await;
    say(&owner, &guild.general, &word()).await;
    let path = format!("/test/channels/{}/mark-indexed", guild.general);
    let done = owner.post(&path, json!({})).await.ok();
    assert_eq!((&done["channel_id"], &done["messages_indexed"]), (&json!(guild.general), &json!(2)));
    assert!(done["indexed_at"].is_string());
    let answer = owner.post("/search/messages", of(&guild, json!({"content": one}))).await.ok();
    assert_eq!(found(&answer), [first], "{answer}");
    let path = format!("/test/guilds/{}/mark-members-indexed", guild.id);
    let done = owner.post(&path, json!({})).await.ok();
    assert_eq!((&done["guild_id"], &done["members_indexed"]), (&json!(guild.id), &json!(1)));
    for (path, code) in [
        (format!("/test/channels/{UNKNOWN}/mark-indexed"), "UNKNOWN_CHANNEL"),
        (format!("/test/guilds/{UNKNOWN}/mark-members-indexed"), "UNKNOWN_GUILD"),
    ] {
        let refused = owner.post(path, json!({})).await.err(404, code);
        assert!(refused["error"].is_string());
    }
}

use platform_kernel::{Clock, Id, Timestamp};
use platform_store::{Batch, Store, Table, sqlite};

struct GuildTag;
struct UserTag;

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "guild_members")]
struct MemberRow {
    #[partition]
    guild_id: Id<GuildTag>,
    #[cluster]
    user_id: Id<UserTag>,
    nick: Option<String>,
    #[json]
    roles: Vec<u64>,
    #[version]
    version: i32,
}

fn member(guild: u64, user: u64) -> MemberRow {
    MemberRow { guild_id: guild.into(), user_id: user.into(), nick: None, roles: vec![1], version: 0 }
}

#[tokio::test]
async fn works() {
    let clock = Clock::fixed(Timestamp::from_millis(1_000_000));
    let store: Store = sqlite::scratch(&[MemberRow::SCHEMA], clock).unwrap();
    let (guild, user) = (1.into(), 2.into());
    assert!(store.insert_if_absent(&member(1, 2)).await.unwrap());
    assert!(!store.insert_if_absent(&member(1, 2)).await.unwrap());
    let row = store.update::<MemberRow, _>((guild, user), |row| row.nick = Some("x".into())).await.unwrap();
    assert_eq!(row.unwrap().version, 1);
    store.commit(Batch::new().put(&member(1, 3)).delete::<MemberRow>((guild, user))).await.unwrap();
    let rows =
        store.range::<MemberRow>((guild,)).after((user,)).limit(50).descending().fetch().await.unwrap();
    assert_eq!(rows, [member(1, 3)]);
    assert!(store.delete_if_exists::<MemberRow>((guild, 3.into())).await.unwrap());
    assert_eq!(store.scan::<MemberRow>(None, 10).await.unwrap(), []);
    store.close().await.unwrap();
}

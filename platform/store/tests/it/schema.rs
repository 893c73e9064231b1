//! Opening a file again with other tables.

use platform_kernel::Clock;
use platform_store::{Error, Schema, Store, Table, sqlite};

use crate::temp::Folder;

/// Two versions of one table; the second has a column more.
mod first {
    #[derive(platform_store::Table, Clone, Debug, PartialEq)]
    #[table(name = "things")]
    pub struct Thing {
        #[partition]
        pub id: i64,
        #[cluster(desc)]
        pub part: i64,
        pub name: String,
    }
}
mod second {
    #[derive(platform_store::Table, Clone, Debug, PartialEq)]
    #[table(name = "things")]
    pub struct Thing {
        #[partition]
        pub id: i64,
        #[cluster]
        pub part: i64,
        pub name: String,
        pub count: i64,
        pub note: Option<String>,
        #[json]
        pub tags: Vec<String>,
        #[version]
        pub version: i32,
    }
}
mod wrong {
    #[derive(platform_store::Table, Clone, Debug)]
    #[table(name = "things")]
    pub struct OtherKey {
        #[partition]
        pub id: i64,
        #[cluster]
        pub name: String,
        pub part: i64,
    }
    #[derive(platform_store::Table, Clone, Debug)]
    #[table(name = "things")]
    pub struct OtherType {
        #[partition]
        pub id: i64,
        #[cluster]
        pub part: i64,
        pub name: i64,
    }
}

fn open(folder: &Folder, tables: &[&'static Schema]) -> Result<Store, Error> {
    let options = sqlite::Options { path: folder.file("s.db"), tables, ..Default::default() };
    sqlite::open(options, Clock::system())
}

fn refusal(opened: Result<Store, Error>) -> String {
    match opened {
        Err(Error::Schema(reason)) => reason,
        other => panic!("expected a refusal of the schema, got {other:?}"),
    }
}

#[tokio::test]
async fn new_columns_are_added_and_read_as_empty_in_older_rows() {
    let folder = Folder::new();
    let old = open(&folder, &[first::Thing::SCHEMA]).unwrap();
    for part in 0..3 {
        old.put(&first::Thing { id: 1, part, name: "n".into() }).await.unwrap();
    }
    old.close().await.unwrap();
    drop(old);
    for _ in 0..2 {
        let store = open(&folder, &[second::Thing::SCHEMA]).unwrap();
        let expected = second::Thing {
            id: 1,
            part: 1,
            name: "n".into(),
            count: 0,
            note: None,
            tags: vec![],
            version: 0,
        };
        assert_eq!(store.get::<second::Thing>((1, 1)).await.unwrap(), Some(expected));
        let parts = store.range::<second::Thing>((1,)).all().await.unwrap();
        assert!(parts.iter().map(|row| row.part).eq(0..3), "the order is the declared one");
        let rows = store.scan::<second::Thing>(Some((1, 0)), 10).await.unwrap();
        assert_eq!(rows.len(), 2);
        store.close().await.unwrap();
    }
    let store = open(&folder, &[second::Thing::SCHEMA]).unwrap();
    let updated = store.update::<second::Thing, _>((1, 1), |row| row.count = 9).await.unwrap().unwrap();
    assert_eq!((updated.count, updated.version), (9, 1));
    drop(store);
    // a binary from before the change still works on the file
    let store = open(&folder, &[first::Thing::SCHEMA]).unwrap();
    assert!(store.get::<first::Thing>((1, 1)).await.unwrap().is_some());
    store.put(&first::Thing { id: 2, part: 0, name: "m".into() }).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_migrated_is_refused_by_name() {
    let folder = Folder::new();
    drop(open(&folder, &[first::Thing::SCHEMA]).unwrap());
    let reason = refusal(open(&folder, &[wrong::OtherKey::SCHEMA]));
    assert!(
        reason.contains("things") && reason.contains("(id, name)") && reason.contains("(id, part)"),
        "{reason}"
    );
    let reason = refusal(open(&folder, &[wrong::OtherType::SCHEMA]));
    assert!(reason.contains("things") && reason.contains("column name"), "{reason}");
    let reason = refusal(open(&folder, &[first::Thing::SCHEMA, second::Thing::SCHEMA]));
    assert!(reason.contains("declared twice"), "{reason}");
    drop(open(&folder, &[first::Thing::SCHEMA]).unwrap());
}

#[test]
fn opening_where_there_is_nothing_to_open_says_so() {
    let folder = Folder::new();
    let missing = sqlite::Options { path: folder.file("no/such/s.db"), ..Default::default() };
    let error = sqlite::open(missing, Clock::system()).unwrap_err();
    assert!(matches!(&error, Error::Unavailable(reason) if reason.contains("no/such")), "{error}");
    std::fs::write(folder.file("text.db"), "this is no database, but long enough to be mistaken for one")
        .unwrap();
    let text = sqlite::Options { path: folder.file("text.db"), ..Default::default() };
    let error = sqlite::open(text, Clock::system()).unwrap_err();
    assert!(matches!(&error, Error::Corrupt(reason) if reason.contains("text.db")), "{error}");
}

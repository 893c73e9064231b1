use bytes::Bytes;
use platform_blobs::{Error, Page, Query};

use crate::Folder;

fn shown(page: &Page) -> (Vec<&str>, Vec<&str>) {
    (page.objects.iter().map(|entry| &*entry.key).collect(), page.groups.iter().map(String::as_str).collect())
}

#[tokio::test]
async fn groups_count_once_and_pages_go_on_after_them() {
    let folder = Folder::new("groups");
    let blobs = folder.open();
    for key in ["a/", "a/1", "a/2/3", "a//4", "b", "c/1", "c/2", "c-1", "d/x", "/lead"] {
        blobs.put("b", key, Bytes::new(), "").await.unwrap();
    }
    let local = blobs.local().unwrap();
    let query = |prefix: &str, delimiter: &str, after: Option<&str>, limit| Query {
        prefix: prefix.into(),
        delimiter: Some(delimiter.into()),
        after: after.map(str::to_owned),
        limit,
    };
    let page = local.page("b", query("", "/", None, 100)).await.unwrap();
    assert_eq!(shown(&page), (vec!["b", "c-1"], vec!["/", "a/", "c/", "d/"]));
    assert_eq!(page.next, None);
    let page = local.page("b", query("a/", "/", None, 100)).await.unwrap();
    assert_eq!(shown(&page), (vec!["a/", "a/1"], vec!["a//", "a/2/"]));
    let page = local.page("b", query("", "-", None, 100)).await.unwrap();
    assert_eq!(shown(&page).1, ["c-"]);
    assert_eq!(page.objects.len(), 9);
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = local.page("b", query("", "/", after.as_deref(), 1)).await.unwrap();
        all.extend(page.objects.iter().map(|entry| entry.key.clone()).chain(page.groups.clone()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(all, ["/", "a/", "b", "c-1", "c/", "d/"]);
}

#[tokio::test]
async fn buckets_are_made_kept_and_removed_when_empty() {
    let folder = Folder::new("buckets");
    let blobs = folder.open();
    let local = blobs.local().unwrap();
    assert!(local.make_bucket("cdn").await.unwrap());
    assert!(!local.make_bucket("cdn").await.unwrap());
    blobs.put("cdn", "x/y", Bytes::new(), "").await.unwrap();
    assert!(matches!(local.remove_bucket("cdn").await, Err(Error::NotEmpty)));
    blobs.delete("cdn", "x/y").await.unwrap();
    assert!(local.bucket("cdn").await.unwrap().is_some(), "an empty bucket stays");
    blobs.put("other", "x", Bytes::new(), "").await.unwrap();
    let names =
        async || local.buckets().await.unwrap().into_iter().map(|bucket| bucket.name).collect::<Vec<_>>();
    assert_eq!(names().await, ["cdn", "other"]);
    blobs.clear().await.unwrap();
    assert_eq!(names().await, ["cdn", "other"]);
    local.remove_bucket("other").await.unwrap();
    assert!(matches!(local.remove_bucket("other").await, Err(Error::NoSuchBucket)));
    assert!(local.bucket("other").await.unwrap().is_none());
}

use bytes::Bytes;
use platform_blobs::Error;

use crate::Folder;

#[tokio::test]
async fn a_cut_file_is_reported_not_served() {
    let folder = Folder::new("cut");
    let blobs = folder.open();
    blobs.put("b", "k", Bytes::from_static(b"0123456789"), "text/plain").await.unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(folder.0.join("b/k")).unwrap();
    file.set_len(file.metadata().unwrap().len() - 1).unwrap();
    assert!(matches!(blobs.get("b", "k").await, Err(Error::Corrupt(_))));
    assert!(matches!(blobs.read("b", "k", None).await, Err(Error::Corrupt(_))));
}

#[tokio::test]
async fn objects_of_the_first_format_are_readable() {
    let folder = Folder::new("first-format");
    let blobs = folder.open();
    let header = br#"{"size":5,"content_type":"image/png","sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","modified":42}"#;
    let file = [b"fxblob1\n", &(header.len() as u32).to_be_bytes()[..], header, b"hello"].concat();
    std::fs::create_dir_all(folder.0.join("cdn/avatars+/1+")).unwrap();
    std::fs::write(folder.0.join("cdn/avatars+/1+/abc"), file).unwrap();
    let object = blobs.get("cdn", "avatars/1/abc").await.unwrap().unwrap();
    assert_eq!((&object.bytes[..], &*object.meta.content_type), (&b"hello"[..], "image/png"));
    assert_eq!((object.meta.modified.millis(), &*object.meta.etag), (42, "2cf24dba5fb0a30e26e83b2ac5b9e29e"));
}

#[tokio::test]
async fn leftovers_go_at_the_next_start_but_not_those_of_another_process() {
    let folder = Folder::new("leftovers");
    let first = folder.open();
    let leftover = folder.0.join(".tmp/half");
    std::fs::write(&leftover, "half an object").unwrap();
    let second = folder.open();
    assert!(leftover.exists(), "somebody else may be writing it");
    drop((first, second));
    folder.open();
    assert!(!leftover.exists());
}

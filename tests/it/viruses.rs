//! Files with a virus in them, found by a real clamd (`media.md` §11): see `scripts/with-clamd`,
//! without which there is nothing to test.

use tests::form::Form;
use tests::{Account, json};

/// The test file every scanner knows; in two pieces, so that this one is not found.
fn eicar() -> Vec<u8> {
    [&br"X5O!P%@AP[4\PZX54(P^)7CC)7}$"[..], b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

#[tokio::test]
async fn infected_files_do_not_arrive() {
    if !tests::server::scans_viruses() {
        return;
    }
    let account = Account::new().await;
    let clean = Form::naming("clean", &["a.txt"]).file(0, b"harmless");
    let message = clean.post(&account, &account.id).await.ok();
    assert_eq!((&message["content"], &message["attachments"][0]["size"]), (&json!("clean"), &json!(8)));
    // Anywhere in any of the files, and again from memory.
    let inside = [&b"padding "[..], &eicar(), b" and more"].concat();
    for bytes in [eicar(), inside, eicar()] {
        let files = json!([{"id": 0, "filename": "a.txt"}, {"id": 1, "filename": "b.png"}]);
        let embeds = json!([{"title": "t", "image": {"url": "attachment://b.png"}}]);
        let body = json!({"content": "mine", "attachments": files, "embeds": embeds});
        let form = Form::message(&body).file(0, b"harmless").file(1, &bytes);
        let message = form.post(&account, &account.id).await.ok();
        assert_eq!(message["attachments"], json!([]), "{message}");
        assert!(message["content"].as_str().is_some_and(|text| text.contains("recipe")), "{message}");
        assert_eq!(message["embeds"][0].get("image"), None, "{message}");
    }
}

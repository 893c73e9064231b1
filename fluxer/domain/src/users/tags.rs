//! Tags: a name and four digits, unique together. Taking one is a conditional write, so two
//! accounts never share a tag; who loses the race draws again.

use std::collections::BTreeSet;

use fluxer_wire::UserId;

use crate::{
    App, Result,
    rows::{UserByTagRow, UserRow},
};

/// Never drawn on a hosted instance.
const RESERVED: &[i32] = &[
    1, 2, 3, 4, 5, 6, 7, 8, 9, 67, 69, 404, 420, 666, 911, 1000, 1111, 1234, 1337, 2000, 2025, 2026, 2027,
    2222, 2345, 3000, 3333, 3456, 4000, 4321, 4444, 4567, 5000, 5432, 5555, 5678, 6000, 6543, 6666, 6789,
    6969, 7000, 7654, 7777, 7890, 8000, 8008, 8055, 8080, 8765, 8888, 9000, 9001, 9876, 9999,
];
const DRAWS: usize = 10;

/// Takes a free discriminator of `username` for `user`; `None` if all are taken.
pub async fn allocate(app: &App, username: &str, user: UserId) -> Result<Option<i32>> {
    let allowed = |number: i32| app.settings.self_hosted || !RESERVED.contains(&number);
    for _ in 0..DRAWS {
        let number = 1 + app.rng.below(9999) as i32;
        if allowed(number) && take(app, username, number, user).await? {
            return Ok(Some(number));
        }
    }
    let rows = app.store.range::<UserByTagRow>((username.to_lowercase(),)).all().await?;
    let taken: BTreeSet<i32> = rows.into_iter().map(|row| row.discriminator).collect();
    for number in (1..=9999).filter(|number| allowed(*number) && !taken.contains(number)) {
        if take(app, username, number, user).await? {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Takes one particular tag; `false` if somebody has it.
pub async fn take(app: &App, username: &str, discriminator: i32, user: UserId) -> Result<bool> {
    let row = UserByTagRow { username: username.to_lowercase(), discriminator, user_id: user };
    Ok(app.store.insert_if_absent(&row).await?)
}

/// Frees a tag.
pub async fn release(app: &App, username: &str, discriminator: i32) -> Result<()> {
    Ok(app.store.delete::<UserByTagRow>((username.to_lowercase(), discriminator)).await?)
}

/// Whoever has the tag.
pub async fn find(app: &App, username: &str, discriminator: i32) -> Result<Option<UserId>> {
    let row = app.store.get::<UserByTagRow>((username.to_lowercase(), discriminator)).await?;
    Ok(row.map(|row| row.user_id))
}

/// Frees the account's own tag.
pub async fn release_own(app: &App, user: &UserRow) -> Result<()> {
    release(app, &user.username, user.discriminator).await
}

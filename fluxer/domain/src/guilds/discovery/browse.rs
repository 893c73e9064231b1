//! Looking through the directory, and joining from it.

use fluxer_wire::{
    GuildId, code,
    discovery::{
        CATEGORIES, DiscoveryCategory, DiscoveryGuild, DiscoveryGuildList, DiscoverySearchQuery,
        DiscoveryStatus,
    },
};

use super::{is_listed, require_enabled, state};

/// The rank of a guild that answers the words in another form only.
const LEAST: u8 = 3;
use crate::{
    Actor, App, Result,
    events::ask::OnlineCounts,
    fail,
    guilds::{
        JoinSource,
        rows::{DiscoveryListedRow, DiscoveryRow},
    },
    rows::GuildRow,
};

/// `GET /discovery/categories`.
pub fn categories() -> Vec<DiscoveryCategory> {
    let named = (0..).zip(CATEGORIES);
    named.map(|(id, name)| DiscoveryCategory { id, name: name.into() }).collect()
}

/// `GET /discovery/guilds`: best match first, then by size.
pub async fn search(app: &App, query: DiscoverySearchQuery) -> Result<DiscoveryGuildList> {
    require_enabled(app)?;
    let words = query.query.as_deref().unwrap_or_default().to_lowercase();
    let (ids, by_index) = candidates(app, &words, query.category.map(|category| category.0)).await?;
    let keys = ids.into_iter().map(|id| (id,)).collect();
    let mut found = Vec::new();
    for application in app.store.get_many::<DiscoveryRow>(keys).await?.into_iter().flatten() {
        let Some(guild) = app.find_guild(application.guild_id).await? else { continue };
        let wanted = is_listed(&application)
            && query.category.is_none_or(|category| category.0 == i64::from(application.category_type));
        let fits = rank(&words, &guild.row, &application);
        if let (true, Some(rank)) = (wanted, fits.or(by_index.then_some(LEAST))) {
            found.push((rank, guild, application));
        }
    }
    found.sort_by_key(|(rank, guild, _)| (*rank, -guild.row.member_count, guild.id()));
    let total = found.len() as i64;
    let page: Vec<_> = found.into_iter().skip(query.offset.get()).take(query.limit.get()).collect();
    let ids = page.iter().map(|(_, guild, _)| guild.id()).collect();
    let online = app.bus.request(OnlineCounts { guild_ids: ids }).await.unwrap_or_default();
    let guilds = page.iter().map(|(_, guild, application)| {
        view(&guild.row, application, online.get(&guild.id()).copied().unwrap_or(0))
    });
    Ok(DiscoveryGuildList { guilds: guilds.collect(), total })
}

/// Guilds that may fit, and whether the index says that they do: it knows other forms of words.
async fn candidates(app: &App, words: &str, category: Option<i64>) -> Result<(Vec<GuildId>, bool)> {
    if !words.is_empty()
        && let Some(ids) = crate::search::whole::discoverable(app, words, category).await
    {
        return Ok((ids, true));
    }
    let listed = app.store.range::<DiscoveryListedRow>((DiscoveryListedRow::SHELF,)).all().await?;
    Ok((listed.into_iter().map(|row| row.guild_id).collect(), false))
}

/// How well a guild answers the words; `None` for not at all.
fn rank(words: &str, guild: &GuildRow, application: &DiscoveryRow) -> Option<u8> {
    let name = guild.name.to_lowercase();
    if name.starts_with(words) {
        Some(0)
    } else if name.contains(words) {
        Some(1)
    } else {
        application.description.to_lowercase().contains(words).then_some(2)
    }
}

fn view(guild: &GuildRow, application: &DiscoveryRow, online_count: i64) -> DiscoveryGuild {
    DiscoveryGuild {
        id: guild.guild_id,
        name: guild.name.clone(),
        icon: guild.icon_hash.clone(),
        description: Some(application.description.clone()),
        category_type: application.category_type,
        member_count: guild.member_count,
        online_count,
        features: guild.features.iter().cloned().collect(),
        verification_level: guild.verification_level,
    }
}

/// `POST /discovery/guilds/{guild_id}/join`.
pub async fn join(app: &App, actor: &Actor, id: GuildId) -> Result<()> {
    require_enabled(app)?;
    match app.store.get::<DiscoveryRow>((id,)).await? {
        Some(row) if state(&row) == DiscoveryStatus::Approved => {}
        _ => return fail(code::DISCOVERY_NOT_DISCOVERABLE),
    }
    crate::guilds::join(app, &actor.user, id, JoinSource::Discovery).await?;
    Ok(())
}

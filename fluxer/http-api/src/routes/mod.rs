//! The table of contents of the API.

mod account;
mod applications;
mod auth;
mod bans;
mod channels;
mod discovery;
mod favorite_memes;
mod gifs;
mod guilds;
mod harvests;
mod instance;
mod invites;
mod members;
mod messages;
mod oauth2;
mod pins;
mod private_channels;
mod providers;
mod reactions;
mod read_states;
mod relationships;
mod reports;
mod roles;
mod search;
mod streams;
mod test_accounts;
mod test_files;
mod test_messages;
mod test_mode;
mod users;

use fluxer_domain::App;

use crate::api::Api;

pub fn all(api: &mut Api, app: &App) {
    instance::routes(api);
    auth::routes(api);
    account::routes(api);
    users::routes(api);
    harvests::routes(api);
    relationships::routes(api);
    private_channels::routes(api);
    guilds::routes(api);
    roles::routes(api);
    members::routes(api);
    bans::routes(api);
    channels::routes(api);
    invites::routes(api);
    discovery::routes(api);
    messages::routes(api);
    favorite_memes::routes(api);
    gifs::routes(api);
    search::routes(api);
    reactions::routes(api);
    pins::routes(api);
    streams::routes(api);
    read_states::routes(api);
    reports::routes(api);
    providers::routes(api);
    applications::routes(api);
    oauth2::routes(api);
    if app.settings.test_mode || app.settings.development {
        test_mode::routes(api);
        test_accounts::routes(api);
        test_files::routes(api);
        test_messages::routes(api);
        harvests::test_routes(api);
    }
}

//! Looking for GIFs.

use fluxer_domain::gifs::{self, Service};
use fluxer_wire::gif::{GifSearchQuery, GifsQuery, RegisterGifShareRequest};

use crate::{
    answer::{Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits::{self, Limit},
};

/// The operations of one service.
struct Operations {
    service: Service,
    tags: &'static [&'static str],
    /// Path, name and limit of each.
    search: (&'static str, &'static str, Limit),
    suggest: (&'static str, &'static str, Limit),
    trending: (&'static str, &'static str, Limit),
    featured: (&'static str, &'static str, Limit),
    share: (&'static str, &'static str, Limit),
}

const KLIPY: Operations = Operations {
    service: Service::Klipy,
    tags: &["KLIPY"],
    search: ("/klipy/search", "search_klipy_gifs", limits::KLIPY_SEARCH),
    suggest: ("/klipy/suggest", "get_klipy_search_suggestions", limits::KLIPY_SUGGEST),
    trending: ("/klipy/trending-gifs", "get_klipy_trending_gifs", limits::KLIPY_TRENDING),
    featured: ("/klipy/featured", "get_klipy_featured", limits::KLIPY_FEATURED),
    share: ("/klipy/register-share", "register_klipy_gif_share", limits::KLIPY_REGISTER_SHARE),
};
const TENOR: Operations = Operations {
    service: Service::Tenor,
    tags: &["Tenor"],
    search: ("/tenor/search", "search_tenor_gifs", limits::TENOR_SEARCH),
    suggest: ("/tenor/suggest", "get_tenor_search_suggestions", limits::TENOR_SUGGEST),
    trending: ("/tenor/trending-gifs", "get_tenor_trending_gifs", limits::TENOR_TRENDING),
    featured: ("/tenor/featured", "get_tenor_featured", limits::TENOR_FEATURED),
    share: ("/tenor/register-share", "register_tenor_gif_share", limits::TENOR_REGISTER_SHARE),
};

pub fn routes(api: &mut Api) {
    for operations in [KLIPY, TENOR] {
        declare(api, operations);
    }
}

fn declare(api: &mut Api, of: Operations) {
    let Operations { service, tags, search, suggest, trending, featured, share } = of;
    api.get(search.0, search.1).tags(tags).auth(Auth::User).limit(search.2).run(
        move |call: Call<(), GifSearchQuery>| async move {
            Ok(Json(gifs::search(&call.app, service, &call.query).await?))
        },
    );
    api.get(suggest.0, suggest.1).tags(tags).auth(Auth::User).limit(suggest.2).run(
        move |call: Call<(), GifSearchQuery>| async move {
            Ok(Json(gifs::suggest(&call.app, service, &call.query).await?))
        },
    );
    api.get(trending.0, trending.1).tags(tags).auth(Auth::User).limit(trending.2).run(
        move |call: Call<(), GifsQuery>| async move {
            Ok(Json(gifs::trending(&call.app, service, &call.query).await?))
        },
    );
    api.get(featured.0, featured.1).tags(tags).auth(Auth::User).limit(featured.2).run(
        move |call: Call<(), GifsQuery>| async move {
            Ok(Json(gifs::featured(&call.app, service, &call.query).await?))
        },
    );
    api.post(share.0, share.1).tags(tags).auth(Auth::User).limit(share.2).run(
        move |call: Call<(), (), RegisterGifShareRequest>| async move {
            gifs::register_share(&call.app, call.actor()?, service, &call.body).await?;
            Ok(NoContent)
        },
    );
}

import type { Body } from '#/api/types';

export type GuildPatch = NonNullable<Body<'PATCH /guilds/{guild_id}'>>;
export type RolePatch = NonNullable<Body<'PATCH /guilds/{guild_id}/roles/{role_id}'>>;

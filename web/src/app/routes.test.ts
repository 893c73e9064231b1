import { expect, test } from 'vitest';
import { match, route, table } from './routes';

const nothing = async () => ({});
const routes = table(
  [
    '/channels/$guildId',
    '/channels/@me/$channelId/$messageId',
    '/channels/@me',
    '/channels/$guildId/$channelId',
    '/channels/$guildId/$channelId/$messageId',
    '/channels/$guildId/settings/$page',
    '/channels/$guildId/settings',
    '/channels/@me/$channelId',
    '/channels/@me/$channelId/settings',
    '/channels/$guildId/members',
    '/invite/$code',
  ].map((path) => route(path, nothing)),
);
const found = (path: string) => {
  const hit = match(routes, path);
  return hit && [`/${hit.route.parts.join('/')}`, hit.params];
};

test('fixed parts go before any part', () => {
  expect(found('/channels/@me')).toEqual(['/channels/@me', {}]);
  expect(found('/channels/1')).toEqual(['/channels/$guildId', { guildId: '1' }]);
  expect(found('/channels/@me/2')).toEqual(['/channels/@me/$channelId', { channelId: '2' }]);
  expect(found('/channels/@me/2/settings')).toEqual([
    '/channels/@me/$channelId/settings',
    { channelId: '2' },
  ]);
  expect(found('/channels/1/members')).toEqual(['/channels/$guildId/members', { guildId: '1' }]);
  expect(found('/channels/1/settings/roles')?.[0]).toBe('/channels/$guildId/settings/$page');
  expect(found('/channels/1/2/3')).toEqual([
    '/channels/$guildId/$channelId/$messageId',
    { guildId: '1', channelId: '2', messageId: '3' },
  ]);
});

test('parts are decoded, a last slash does not matter, anything else leads nowhere', () => {
  expect(found('/invite/a%20b/')?.[1]).toEqual({ code: 'a b' });
  expect(found('/invite/%E0%A4%A')).toBeUndefined();
  expect(found('/invite')).toBeUndefined();
  expect(found('/')).toBeUndefined();
});

import { expect, test } from 'vitest';
import {
  channelPath,
  channelSettingsPath,
  guildSettingsPath,
  loginPath,
  parseChannelLink,
  safeNext,
} from './links';

test('paths', () => {
  expect(channelPath('1', '2')).toBe('/channels/1/2');
  expect(channelPath(null, '2', '3')).toBe('/channels/@me/2/3');
  expect(guildSettingsPath('1', 'roles')).toBe('/channels/1/settings/roles');
  expect(channelSettingsPath('@me', '2')).toBe('/channels/@me/2/settings');
  expect(loginPath('/channels/@me?x=1')).toBe('/login?next=%2Fchannels%2F%40me%3Fx%3D1');
});

test('only our own paths are gone to after signing in', () => {
  expect(safeNext('/channels/1/2?x#y')).toBe('/channels/1/2?x#y');
  for (const bad of ['https://evil', '//evil', '/\\evil', 'javascript:1', '', null]) {
    expect(safeNext(bad)).toBeUndefined();
  }
});

test('links of this instance', () => {
  const here = 'http://chat.test';
  expect(parseChannelLink('http://chat.test/channels/1/2/3', here)).toEqual({
    guildId: '1',
    channelId: '2',
    messageId: '3',
  });
  expect(parseChannelLink('http://chat.test/channels/@me/2', here)).toEqual({
    guildId: '@me',
    channelId: '2',
  });
  expect(parseChannelLink('http://other.test/channels/1/2', here)).toBeUndefined();
  expect(parseChannelLink('http://chat.test/channels/1/settings', here)).toBeUndefined();
});

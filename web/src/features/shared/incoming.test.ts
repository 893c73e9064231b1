import { expect, test } from 'vitest';
import { incoming, linkPath } from './incoming';

test('links lead only to places of this client', () => {
  expect(linkPath('web+fluxer://invite/abc')).toBe('/invite/abc');
  expect(linkPath('web+fluxer:channels/@me/12')).toBe('/channels/@me/12');
  expect(linkPath('web+fluxer:/channels/1/2/3')).toBe('/channels/1/2/3');
  expect(linkPath('web+fluxer://channels/1/2')).toBe('/channels/1/2');
  for (const link of ['javascript:alert(1)', 'web+fluxer://evil.example', 'web+fluxer:settings/../login', ''])
    expect(linkPath(link)).toBeUndefined();
});

test('what is shared becomes one text, without saying anything twice', () => {
  expect(incoming('?share_title=Look&share_url=https%3A%2F%2Fa.example')).toEqual({
    text: 'Look\nhttps://a.example',
  });
  expect(incoming('?share_text=see%20https%3A%2F%2Fa.example&share_url=https%3A%2F%2Fa.example')).toEqual({
    text: 'see https://a.example',
  });
  expect(incoming('?friends')).toBeUndefined();
  expect(incoming('?link=web%2Bfluxer%3A%2F%2Finvite%2Fabc')).toEqual({ path: '/invite/abc' });
});

test('files of the system wait elsewhere, with or without words', () => {
  expect(incoming('?share_files=2')).toEqual({ text: '', files: true });
  expect(incoming('?share_text=look&share_files=1')).toEqual({ text: 'look', files: true });
});

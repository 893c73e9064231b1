// What stands in angle brackets or between colons: mentions, emoji, times.

import type { Inline, TimeStyle } from './types';

const id = '(\\d{1,20})';
const user = new RegExp(`<@!?${id}>`, 'y');
const role = new RegExp(`<@&${id}>`, 'y');
const channel = new RegExp(`<#${id}>`, 'y');
const custom = new RegExp(`<(a?):([\\w~]{1,64}):${id}>`, 'y');
const command = new RegExp(`</([\\p{L}\\p{N}_ -]{1,100}):${id}>`, 'uy');
const guide = /<id:(browse|guide|customize|linked-roles)>/y;
const time = /<t:(-?\d{1,12})(?::([tTdDfFsSR]))?>/y;
const shortcode = /:([a-z\d_+-]{1,64}):(?::skin-tone-([1-5]):)?/iy;

export interface Token {
  node: Inline;
  length: number;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function angleToken(text: string, at: number, groups: boolean): Token | null {
  let found: RegExpExecArray | null;
  const token = (node: Inline) => ({ node, length: (found as RegExpExecArray)[0].length });
  switch (text.charAt(at + 1)) {
    case '@':
      found = match(user, text, at);
      if (found) return token({ type: 'user', id: found[1] as string });
      found = groups ? match(role, text, at) : null;
      return found && token({ type: 'role', id: found[1] as string });
    case '#':
      found = match(channel, text, at);
      return found && token({ type: 'channel', id: found[1] as string });
    case ':':
    case 'a':
      found = match(custom, text, at);
      if (!found) return null;
      return token({
        type: 'custom-emoji',
        animated: found[1] === 'a',
        name: found[2] as string,
        id: found[3] as string,
      });
    case '/':
      found = match(command, text, at);
      return found && token({ type: 'command', name: found[1] as string, id: found[2] as string });
    case 'i':
      found = match(guide, text, at);
      return found && token({ type: 'guide', page: found[1] as 'browse' });
    case 't': {
      found = match(time, text, at);
      const seconds = Number(found?.[1]);
      // Beyond what a Date can hold it stays text.
      if (!found || Math.abs(seconds) > 8.64e12) return null;
      return token({ type: 'time', seconds, style: (found[2] ?? 'f') as TimeStyle });
    }
    default:
      return null;
  }
}

export function shortcodeAt(text: string, at: number): Token | null {
  const found = match(shortcode, text, at);
  if (!found) return null;
  // `10:30:45` is a time of day.
  if (/^\d+$/.test(found[1] as string) && found[1] !== '100' && found[1] !== '1234') return null;
  const node: Inline = {
    type: 'shortcode',
    name: (found[1] as string).toLowerCase(),
    tone: Number(found[2] ?? 0),
  };
  return { node, length: found[0].length };
}

// Addresses: which text is one, where it ends, and what of it may be followed.

import { MAX_URL } from './limits';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);
const bareStart = /https?:\/\/(?=[^\s])/iy;
const bareBody = /[^\s<>"`\\]{1,2040}/y;
const email = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,62}\.)+[a-z]{2,24}$/i;
const phone = /^\+\d[\d ()./-]{2,30}$/;

/** The address as it may be followed: a safe scheme, without a user's name in it, in its canonical form. */
export function safeUrl(raw: string): string | null {
  if (raw.length > MAX_URL) return null;
  let url: URL;
  try {
    url = new URL(raw);
  } catch {
    return null;
  }
  if (!schemes.has(url.protocol)) return null;
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    if (!url.hostname) return null;
    url.username = '';
    url.password = '';
  }
  return url.href;
}

/**
 * The bare address at `at`, without what belongs to the sentence around it. Marks that are open there (`**`, `||`)
 * end it.
 */
export function bareUrlAt(text: string, at: number, open: (char: string) => boolean): string {
  bareStart.lastIndex = at;
  const start = bareStart.exec(text)?.[0];
  if (!start) return '';
  bareBody.lastIndex = at + start.length;
  let body = bareBody.exec(text)?.[0] ?? '';
  for (const mark of ['||', '**', '~~', '__']) {
    const place = open(mark.charAt(0)) ? body.indexOf(mark) : -1;
    if (place !== -1) body = body.slice(0, place);
  }
  body = balanced(body);
  let last = body.length;
  while (last > 0) {
    const char = body.charAt(last - 1);
    const loose = '.,;:!?\'"»”’]'.includes(char) || ('*_~|'.includes(char) && open(char));
    if (!loose) break;
    last--;
  }
  return last === 0 ? '' : start + body.slice(0, last);
}

/** Up to the first bracket that closes nothing in the address. */
function balanced(body: string): string {
  let round = 0;
  let square = 0;
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    if (char === '(') round++;
    else if (char === '[') square++;
    else if ((char === ')' && --round < 0) || (char === ']' && --square < 0)) return body.slice(0, i);
  }
  return body;
}

/** What stands between angle brackets, as an address: `<https://…>`, `<a@b.c>`, `<+49…>`, `<sms:+…>`. */
export function angleUrl(inner: string): string | null {
  if (inner.length > MAX_URL || /\s/.test(inner.replaceAll(' ', ''))) return null;
  if (/^https?:\/\//i.test(inner)) return inner.includes(' ') ? null : safeUrl(inner);
  if (email.test(inner)) return `mailto:${inner}`;
  if (phone.test(inner)) return `tel:${inner.replace(/[^\d+]/g, '')}`;
  const [scheme, rest] = [
    inner.slice(0, inner.indexOf(':')).toLowerCase(),
    inner.slice(inner.indexOf(':') + 1),
  ];
  if ((scheme === 'sms' || scheme === 'tel') && phone.test(rest))
    return `${scheme}:${rest.replace(/[^\d+]/g, '')}`;
  if (scheme === 'mailto' && email.test(rest)) return `mailto:${rest}`;
  return null;
}

/** A text that itself promises an address may not be the label of another one. */
export function isMisleading(label: string): boolean {
  const text = label.trim();
  return text === '' || email.test(text) || /https?:\/\//i.test(text) || /<[^>]*(?:@|:)[^>]*>/.test(text);
}

/** The target of `[text](target)`, when it may be one. */
export function targetUrl(raw: string): string | null {
  const inner = raw.startsWith('<') && raw.endsWith('>') ? raw.slice(1, -1) : raw;
  if (!/^(?:https?:\/\/|mailto:|tel:|sms:)/i.test(inner) || /["'\s<>]/.test(inner)) return null;
  return safeUrl(inner);
}

import { discovery } from '#/store';

/** The code of an invite, out of what people paste: a link, a link without scheme, the bare code. */
export function inviteCode(text: string): string | null {
  const trimmed = text.trim().replace(/[<>]/g, '');
  const link = /^(?:https?:\/\/)?[^\s/]+\/(?:invite\/)?([A-Za-z0-9-]{2,32})\/?(?:[?#].*)?$/u.exec(trimmed);
  if (link?.[1] && trimmed.includes('/')) return link[1];
  return /^[A-Za-z0-9-]{2,32}$/.test(trimmed) ? trimmed : null;
}

/** The link of an invite as others get it. */
export function inviteLink(code: string): string {
  const base = discovery().endpoints.invite || `${location.origin}/invite`;
  return `${base.replace(/\/+$/, '')}/${encodeURIComponent(code)}`;
}

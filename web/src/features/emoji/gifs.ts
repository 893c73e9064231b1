// Looking for GIFs at the instance's service, through our server.
import { api } from '#/api/client';
import type { Answer } from '#/api/types';
import { locale } from '#/i18n';
import { gifService } from './gifService';

export type Gif = Answer<'GET /klipy/search'>[number];
export type Featured = Answer<'GET /klipy/featured'>;
type Ask = { locale?: 'en-US' };

const known = new Set('ar de fr ja it ko nl pl ru tr uk vi'.split(' '));
function ask(): Ask {
  const [language = ''] = locale().split('-');
  const named = language === 'es' ? 'es-ES' : known.has(language) ? language : 'en-US';
  return { locale: named as 'en-US' };
}

export const featured = (): Promise<Featured> =>
  gifService() === 'tenor'
    ? api('GET /tenor/featured', { query: ask() })
    : api('GET /klipy/featured', { query: ask() });

export function searchGifs(q: string, signal: AbortSignal): Promise<Gif[]> {
  const query = { ...ask(), q };
  return gifService() === 'tenor'
    ? api('GET /tenor/search', { query, signal })
    : api('GET /klipy/search', { query, signal });
}

/** The service likes to know what was chosen; nothing waits for it. */
export function chosen(gif: Gif, q: string): void {
  const body = { ...ask(), id: gif.id, ...(q ? { q } : {}) };
  const told =
    gifService() === 'tenor'
      ? api('POST /tenor/register-share', { body, background: true })
      : api('POST /klipy/register-share', { body, background: true });
  told.catch(() => {});
}

// What the system hands over (the manifest's share target and links of `web+fluxer:`): read out of the address once.
export interface Incoming {
  /** A place of this client to go to. */
  path?: string;
  /** A text to put into a conversation. */
  text?: string;
  /** Files wait in the service worker's cache. */
  files?: boolean;
}

/** Where a `web+fluxer:` link leads: only to what this client has an address for. */
export function linkPath(link: string): string | undefined {
  const match =
    /^web\+fluxer:(?:\/\/)?\/?((?:invite|theme)\/[\w-]{1,64}|channels\/[@\w]+(?:\/\d+){0,2})\/?$/i.exec(
      link.trim(),
    );
  return match ? `/${match[1]}` : undefined;
}

export function incoming(search: string): Incoming | undefined {
  const query = new URLSearchParams(search);
  const link = query.get('link');
  if (link) {
    const path = linkPath(link);
    return path ? { path } : undefined;
  }
  const parts = ['share_title', 'share_text', 'share_url'].flatMap((name) => query.get(name)?.trim() || []);
  // Many share the address within the text too.
  const text = parts.filter(
    (part, at) => !parts.some((other, n) => n !== at && other.includes(part) && other !== part),
  );
  if (!text.length && !query.has('share_files')) return undefined;
  return {
    text: [...new Set(text)].join('\n').slice(0, 4000),
    ...(query.has('share_files') ? { files: true } : {}),
  };
}

/** Takes the files that the service worker put aside; they are there once. */
export async function sharedFiles(): Promise<File[]> {
  const cache = await caches.open('shared');
  const files = await Promise.all(
    (await cache.keys()).map(async ({ url }) => {
      const blob = await (await cache.match(url))?.blob();
      const name = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? 'file');
      return blob && new File([blob], name, { type: blob.type });
    }),
  );
  await caches.delete('shared');
  return files.filter((file) => file !== undefined);
}

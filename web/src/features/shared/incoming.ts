// What the system hands over (the manifest's share target and links of `web+fluxer:`): read out of the address once.
export interface Incoming {
  /** A place of this client to go to. */
  path?: string;
  /** A text to put into a conversation. */
  text?: string;
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
  return text.length ? { text: [...new Set(text)].join('\n').slice(0, 4000) } : undefined;
}

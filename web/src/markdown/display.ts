// How an address is shown, so that it cannot pass for another.

const invisible = /[\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/;
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];
const lookalike = /^[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\d-]+$/u;

/** Whether a host name could be taken for another: scripts mixed in a label, or look-alikes under a Latin ending. */
export function isDeceptive(host: string): boolean {
  const labels = host.split('.');
  const latinEnding = /^[a-z\d-]+$/i.test(labels.at(-1) ?? '');
  return labels.some((label, i) => {
    if (/^[ -~]*$/.test(label)) return false;
    if (scripts.filter((script) => script.test(label)).length > 1) return true;
    return latinEnding && i < labels.length - 1 && lookalike.test(label);
  });
}

/** What is shown of an address: as it was written, unless that deceives; then its plain form. */
export function displayUrl(written: string, url: string): string {
  if (invisible.test(written)) return url;
  const host = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#:]*)/i.exec(written)?.[1] ?? '';
  if (isDeceptive(host)) return url;
  return /^[a-z]+:\/\/[^/?#]*@/i.test(written) ? url : written;
}

/** Whether somebody said never to be asked about this domain (`example.com` covers its subdomains). */
export function isTrusted(url: string, domains: readonly string[] | undefined): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return (domains ?? []).some((domain) => domain === '*' || host === domain || host.endsWith(`.${domain}`));
}

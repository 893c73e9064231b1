// The page runs under Trusted Types: nothing becomes markup or script by being a text. This one policy lets
// through what the client itself needs: workers and scripts of its own origin (and a captcha's, which the
// content security policy names), and style sheets, which are texts without markup.
type Policy = { createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown };

const captcha = /^https:\/\/(?:js\.hcaptcha\.com|challenges\.cloudflare\.com)\//;

const refuse = (what: string): never => {
  throw new TypeError(`refused: ${what}`);
};

const trusted = (globalThis as { trustedTypes?: Policy }).trustedTypes;
try {
  trusted?.createPolicy('default', {
    createHTML: (text) => (text.includes('<') ? refuse('markup from a text') : text),
    createScript: () => refuse('script from a text'),
    createScriptURL: (text) => {
      const url = new URL(text, document.baseURI);
      const own =
        url.origin === location.origin ||
        (url.protocol === 'blob:' && text.startsWith(`blob:${location.origin}/`));
      return own || captcha.test(url.href) ? text : refuse(`a script from ${url.origin}`);
    },
  });
} catch {
  // The policy is there already: the module was loaded twice during development.
}

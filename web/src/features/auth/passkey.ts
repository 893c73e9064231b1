// Passkeys: the library comes when one is asked for.
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { api } from '#/api/client';
import type { Signed } from './flow';

type Options = PublicKeyCredentialRequestOptionsJSON;

export const hasPasskeys = () => typeof PublicKeyCredential !== 'undefined' && isSecureContext;

/** A person who closes the browser's sheet was not refused. */
export const unlessCancelled = (signing: Promise<unknown>) =>
  signing.catch((error: unknown) => {
    if (!(error instanceof Error && /^(NotAllowedError|AbortError)$/.test(error.name))) throw error;
  });

/** Without a name: the browser shows the passkeys it knows. With `autofill` it does so inside the e-mail field. */
export async function signInByPasskey(autofill = false): Promise<Signed> {
  const library = await import('@simplewebauthn/browser');
  if (autofill && !(await library.browserSupportsWebAuthnAutofill()))
    throw new DOMException('', 'AbortError');
  const optionsJSON = (await api('POST /auth/webauthn/authentication-options', {
    anonymous: true,
  })) as Options;
  const response = await library.startAuthentication({ optionsJSON, useBrowserAutofill: autofill });
  return api('POST /auth/webauthn/authenticate', {
    body: { response: response as never, challenge: optionsJSON.challenge },
    anonymous: true,
  });
}

export async function passkeyAsSecondFactor(ticket: string): Promise<Signed> {
  const library = await import('@simplewebauthn/browser');
  const optionsJSON = (await api('POST /auth/login/mfa/webauthn/authentication-options', {
    body: { ticket },
    anonymous: true,
  })) as Options;
  const response = await library.startAuthentication({ optionsJSON });
  return api('POST /auth/login/mfa/webauthn', {
    body: { response: response as never, challenge: optionsJSON.challenge, ticket },
    anonymous: true,
  });
}

export async function stopPasskeys(): Promise<void> {
  const library = await import('@simplewebauthn/browser');
  library.WebAuthnAbortService.cancelCeremony();
}

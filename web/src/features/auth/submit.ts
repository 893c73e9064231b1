// A form's way to the server and back: busy, what was refused and where, waiting out a limit, and the captcha
// that the server asks for only when it wants one.
import { t } from '@lingui/core/macro';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '#/api/error';
import { useAttempt } from '#/features/attempt';
import type { CaptchaAnswer } from './Captcha';

export interface Submit {
  busy: boolean;
  error: unknown;
  /** Seconds until the server listens again. */
  wait: number;
  /** Set while the captcha is to be shown. */
  captcha: ((answer: CaptchaAnswer | null) => void) | null;
  /** What the server says about a field. */
  field: (path: string) => string | undefined;
  /** A refusal that no field shows. */
  rest: (...shown: string[]) => unknown;
  run: () => void;
  clear: () => void;
  form: React.RefObject<HTMLFormElement | null>;
}

export function useCountdown(): [seconds: number, start: (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const timer = setInterval(() => {
      const time = Date.now();
      setNow(time);
      if (time >= until) setUntil(0);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return [
    until === 0 ? 0 : Math.max(0, Math.ceil((until - now) / 1000)),
    (seconds) => {
      setNow(Date.now());
      setUntil(Date.now() + seconds * 1000);
    },
  ];
}

export function useSubmit(action: (headers: Record<string, string>) => Promise<void>): Submit {
  const { busy, refused: error, setRefused, attempt } = useAttempt();
  const [captcha, setCaptcha] = useState<Submit['captcha']>(null);
  const [wait, startWait] = useCountdown();
  const [empty, setEmpty] = useState<string[]>([]);
  const form = useRef<HTMLFormElement>(null);

  // The first field that was refused gets the focus, so that its complaint is read out.
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  const send = async (headers: Record<string, string>): Promise<void> => {
    try {
      await action(headers);
    } catch (refusal) {
      if (refusal instanceof ApiError && /CAPTCHA/.test(refusal.code)) {
        const answer = await new Promise<CaptchaAnswer | null>((resolve) => setCaptcha(() => resolve));
        setCaptcha(null);
        if (!answer) throw refusal;
        return send({ 'X-Captcha-Token': answer.token, 'X-Captcha-Type': answer.type });
      }
      if (refusal instanceof ApiError && refusal.status === 429) startWait(refusal.retryAfter ?? 5);
      throw refusal;
    }
  };

  return {
    busy,
    error,
    wait,
    captcha,
    form,
    clear: () => setRefused(undefined),
    field(path) {
      const told = error instanceof ApiError ? error.field(path)?.message : undefined;
      // The server calls an empty field badly formed.
      return told && empty.includes(path) ? t`Fill this in.` : told;
    },
    rest: (...shown) => {
      const told = error instanceof ApiError && error.errors.some(({ path }) => shown.includes(path));
      return told || (error instanceof ApiError && error.status === 429 && wait > 0) ? null : error;
    },
    run: () => {
      if (busy || wait > 0) return;
      const fields = form.current?.querySelectorAll<HTMLInputElement>('input[name]') ?? [];
      setEmpty([...fields].flatMap(({ name, value }) => (value.trim() ? [] : [name])));
      void attempt(() => send({}));
    },
  };
}

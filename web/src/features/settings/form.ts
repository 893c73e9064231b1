// What the pages share: forms that know what changed, and actions that say when they fail.
import { useEffect, useState } from 'react';
import { ApiError } from '#/api/client';
import type { UserSettingsPatch } from '#/api/types';
import { useAttempt } from '#/features/attempt';
import { updateSettings } from '#/store';
import { type Preferences, setPreferences, toast, useErrorText } from '#/ui';

export type FieldErrors = Record<string, string>;

/** The sentences of a refusal, by field; nested names are joined by dots. */
export function fieldErrors(error: unknown): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.errors.map((one) => [one.path, one.message]));
}

/** What fields need of a form that may have others too. */
export interface FormOf<T> {
  values: T;
  errors: FieldErrors;
  set: (patch: Partial<T>) => void;
}

/** A form's values over what is saved. `changed` holds only what differs. */
export function useForm<T extends object>(saved: T) {
  const { busy, run } = useRun();
  const [changes, setChanges] = useState<Partial<T>>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const changed = Object.fromEntries(
    Object.entries(changes).filter(([key, value]) => value !== saved[key as keyof T]),
  ) as Partial<T>;
  const reset = () => {
    setChanges({});
    setErrors({});
  };
  return {
    values: { ...saved, ...changes },
    changed,
    dirty: Object.keys(changed).length > 0,
    errors,
    set: (patch: Partial<T>) => {
      setChanges((before) => ({ ...before, ...patch }));
      setErrors((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !(key in patch))));
    },
    reset,
    busy,
    run,
    /** Sends what changed, which is then what is saved; what is refused is told at its fields too. */
    save: (send: () => Promise<unknown>, done: string) =>
      run(async () => {
        try {
          await send();
        } catch (error) {
          setErrors(fieldErrors(error));
          throw error;
        }
        reset();
      }, done),
  };
}

/** An attempt whose refusal is told at the fields it is about, and otherwise in one sentence. */
export function useFieldAttempt(ends = false) {
  const text = useErrorText();
  const { refused, ...rest } = useAttempt(ends);
  const errors = fieldErrors(refused);
  const first = (paths: string[]) => paths.map((path) => errors[path]).find(Boolean);
  const all = refused === undefined ? undefined : text(refused);
  return {
    ...rest,
    errors,
    /** The sentence for the only place there is: of the first of these fields, or of the refusal as a whole. */
    only: (...paths: string[]) => first(paths) ?? all,
    /** The sentence beside the fields: of those that are not shown, or of a refusal that is about none. */
    general: (...paths: string[]) => (Object.keys(errors).length ? first(paths) : all),
  };
}

/** Giving up the proof is not a failure to report. */
export const gaveUp = (error: unknown) => error instanceof ApiError && error.code === 'SUDO_MODE_REQUIRED';

/** Runs something that may fail; failures become a toast. True when it worked. */
export function useRun() {
  const text = useErrorText();
  const [busy, setBusy] = useState(false);
  const run = async (action: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true);
    try {
      await action();
      if (done) toast({ kind: 'success', text: done });
      return true;
    } catch (error) {
      if (!gaveUp(error)) {
        toast({ kind: 'error', text: fieldErrors(error)[''] ?? firstField(error) ?? text(error) });
      }
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}

const firstField = (error: unknown) =>
  error instanceof ApiError && error.status === 400 ? error.errors[0]?.message : undefined;

/** Saves account settings at once; the store shows them before the answer and takes them back on refusal. */
export function useSave() {
  const { run } = useRun();
  return (patch: UserSettingsPatch) => void run(() => updateSettings(patch));
}

/** Saves on this device. */
export const keep = (patch: Partial<Preferences>) => setPreferences(patch);

/** Data of one request: loaded at the first showing, renewed by `reload`. */
export function useLoad<T>(load: () => Promise<T>) {
  const [state, setState] = useState<{ data?: T; error?: unknown; serial: number }>({ serial: 0 });
  const serial = state.serial;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only by `reload`
  useEffect(() => {
    let stale = false;
    load().then(
      (data) => !stale && setState((before) => ({ ...before, data, error: undefined })),
      (error: unknown) => !stale && setState((before) => ({ ...before, error })),
    );
    return () => {
      stale = true;
    };
  }, [serial]);
  return {
    ...state,
    loading: state.data === undefined && state.error === undefined,
    reload: () => setState((before) => ({ ...before, serial: before.serial + 1, error: undefined })),
    set: (data: T) => setState((before) => ({ ...before, data })),
  };
}

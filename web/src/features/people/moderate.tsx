import { useAttempt } from '#/features/attempt';
import { toast } from '#/ui';
import { relationshipError } from './errors';

/** The one state of a dialog that does one thing: busy, and the sentence when it failed. */
export function useAction(onDone: () => void) {
  const { busy, refused, attempt } = useAttempt(true);
  const act = (run: () => Promise<unknown>, said?: string) =>
    attempt(async () => {
      await run();
      if (said) toast({ kind: 'success', text: said });
      onDone();
    });
  return { busy, error: refused === undefined ? undefined : relationshipError(refused), act };
}

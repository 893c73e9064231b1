// Whether somebody has just registered here and has not been through the first steps yet.
import { list } from '#/store';

const STORAGE = 'first-steps';

/** Called by the registration: the next view begins with them. */
export function offerFirstSteps(): void {
  try {
    sessionStorage.setItem(STORAGE, 'due');
  } catch {
    // Then they are not offered; nothing depends on them.
  }
}

/** An invite leads into a community at once: nothing more is asked there. */
export function firstStepsDue(): boolean {
  try {
    return sessionStorage.getItem(STORAGE) === 'due' && list('guilds').length === 0;
  } catch {
    return false;
  }
}

export const firstStepsDone = (): void => sessionStorage.removeItem(STORAGE);

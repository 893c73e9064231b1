import { t } from '@lingui/core/macro';
import type { Shown } from '../people/presence';

export const statusNames = (): Record<Shown, string> => ({
  online: t`Online`,
  idle: t`Away`,
  dnd: t`Do not disturb`,
  invisible: t`Invisible`,
  offline: t`Offline`,
});

import { t } from '@lingui/core/macro';
import { settings } from '#/store';
import { type MenuEntry, toast } from '#/ui';

export async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ kind: 'success', text: said });
  } catch {
    toast({ kind: 'error', text: t`The browser did not allow copying.` });
  }
}

/** The last entry of a menu: the id, for those who develop. */
export const copyId = (id: string): MenuEntry | false =>
  settings()?.developer_mode === true && {
    id: 'copy-id',
    label: t`Copy id`,
    onSelect: () => void copy(id, t`Id copied`),
  };

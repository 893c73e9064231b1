import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Banner } from './Banner';
import { Button } from './Button';
import { Dialog, type DialogProps } from './Dialog';

interface FormDialogProps extends Omit<DialogProps, 'open' | 'footer' | 'onSubmit'> {
  /** What the main button does, as a verb: "Save". While there is none, only leaving is offered. */
  action: ReactNode;
  onSubmit: () => unknown;
  busy?: boolean;
  disabled?: boolean;
  danger?: boolean;
  /** Why it failed, said above the fields. */
  error?: string | undefined;
  /** The other button, where it is not "Cancel". */
  cancel?: ReactNode;
  /** The step before or after, instead of leaving. */
  onBack?: () => void;
  /** Before the buttons. */
  aside?: ReactNode;
}

/** A dialog that does one thing with what is filled in, or is left. Without fields its button has the focus. */
export function FormDialog({
  action,
  onSubmit,
  busy = false,
  disabled,
  danger,
  error,
  cancel,
  onBack,
  aside,
  children,
  ...dialog
}: FormDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      {...dialog}
      open
      onSubmit={onSubmit}
      footer={
        <>
          {aside}
          <Button variant="ghost" onClick={onBack ?? dialog.onClose}>
            {cancel ?? t`Cancel`}
          </Button>
          {action && (
            <Button
              type="submit"
              variant={danger ? 'danger' : 'primary'}
              busy={busy}
              disabled={disabled}
              data-autofocus={children === undefined ? '' : undefined}
            >
              {action}
            </Button>
          )}
        </>
      }
    >
      {error && <Banner kind="error">{error}</Banner>}
      {children}
    </Dialog>
  );
}

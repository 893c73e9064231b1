import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';
import styles from './Dialog.module.css';
import { Layer } from './layers/Layer';
import { focusables } from './layers/stack';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, at the end of the line; the main one last. */
  footer?: ReactNode;
  size?: 's' | 'm' | 'l' | 'xl' | 'full';
  /** With it the content is a form: Enter in a field is the main button (of type submit). */
  onSubmit?: () => void;
  /** False keeps it open at a click beside it, as for unsaved work. */
  closeOutside?: boolean;
  /** Announced at once, for questions that need an answer. */
  alert?: boolean;
  /** No padding around the content. */
  bare?: boolean;
}

export function Dialog(props: DialogProps) {
  if (!props.open) return null;
  return (
    <Layer kind="dialog" modal onClose={props.onClose}>
      <Body {...props} />
    </Layer>
  );
}

function Body({
  onClose,
  title,
  description,
  children,
  footer,
  size = 'm',
  onSubmit,
  closeOutside = true,
  alert,
  bare,
}: DialogProps) {
  const { t } = useLingui();
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog || dialog.contains(document.activeElement)) return;
    const wanted =
      dialog.querySelector<HTMLElement>('[autofocus], [data-autofocus]') ??
      (window.matchMedia('(pointer: coarse)').matches
        ? undefined
        : focusables(content.current ?? dialog)[0]) ??
      dialog;
    wanted.focus({ preventScroll: true });
  }, []);
  const inner = (
    <>
      <div className={cx(styles.content, bare && styles.bare)} ref={content}>
        {children}
      </div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc and the button close it too
    <div
      className={styles.scrim}
      onPointerDown={(event) => {
        pressed.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        if (closeOutside && pressed.current && event.target === event.currentTarget) onClose();
      }}
      onKeyDown={() => undefined}
    >
      <dialog
        open
        ref={box}
        tabIndex={-1}
        className={cx(styles.dialog, styles[size])}
        role={alert ? 'alertdialog' : undefined}
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={description ? `${id}-text` : undefined}
      >
        <div className={styles.header}>
          <div className={styles.titles}>
            <h2 id={`${id}-title`} className={styles.title}>
              {title}
            </h2>
            {description && (
              <p id={`${id}-text`} className={styles.description}>
                {description}
              </p>
            )}
          </div>
          <IconButton
            className={styles.close}
            size="s"
            label={t`Close`}
            icon={<X size={18} />}
            onClick={onClose}
          />
        </div>
        {onSubmit ? (
          <form
            className={styles.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              onSubmit();
            }}
          >
            {inner}
          </form>
        ) : (
          inner
        )}
      </dialog>
    </div>
  );
}

/** A panel from the edge: from below on a phone, from the end of the line elsewhere. */
export function Sheet({ open, onClose, title, children, footer }: DialogProps) {
  const { t } = useLingui();
  const id = useId();
  if (!open) return null;
  return (
    <Layer kind="drawer" modal onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc and the button close it too */}
      <div
        className={styles.scrim}
        onClick={(event) => {
          if (event.target === event.currentTarget) onClose();
        }}
        onKeyDown={() => undefined}
      >
        <dialog open className={styles.sheet} aria-modal="true" aria-labelledby={`${id}-title`}>
          <div className={styles.header}>
            <h2 id={`${id}-title`} className={styles.title}>
              {title}
            </h2>
            <IconButton
              className={styles.close}
              size="s"
              label={t`Close`}
              icon={<X size={18} />}
              onClick={onClose}
            />
          </div>
          <div className={styles.content}>{children}</div>
          {footer && <div className={styles.footer}>{footer}</div>}
        </dialog>
      </div>
    </Layer>
  );
}

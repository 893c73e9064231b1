import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { cx } from './cx';
import { Layer } from './layers/Layer';
import { type Align, type Anchor, place, type Side } from './layers/place';
import { focusables } from './layers/stack';
import looks from './looks.module.css';
import styles from './Popover.module.css';

interface PopoverProps {
  open: boolean;
  onClose: () => void;
  /** What it stands beside: an element or a point. */
  anchor: Anchor | null;
  label: string;
  side?: Side;
  align?: Align;
  gap?: number;
  /** Takes focus at opening (default) or leaves it, as suggestions do. */
  focus?: boolean;
  /** Becomes a sheet from below on phones. */
  sheet?: boolean;
  className?: string;
  children: ReactNode;
}

/** A small window beside something; a click elsewhere or Esc closes it. */
export function Popover({ open, anchor, ...rest }: PopoverProps) {
  if (!open || !anchor) return null;
  return (
    <Layer kind="menu" onClose={rest.onClose} opener={anchor instanceof Element ? anchor : null}>
      <Box anchor={anchor} {...rest} />
    </Layer>
  );
}

function Box({
  onClose,
  anchor,
  label,
  side,
  align,
  gap,
  focus = true,
  sheet = true,
  className,
  children,
}: Omit<PopoverProps, 'open' | 'anchor'> & { anchor: Anchor }) {
  const box = useRef<HTMLDivElement>(null);
  const phone = sheet && window.matchMedia('(max-width: 640px)').matches;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const options = { ...(side && { side }), ...(align && { align }), ...(gap !== undefined && { gap }) };
    const put = () => void (phone || place(element, anchor, options));
    put();
    if (focus && !element.contains(document.activeElement)) {
      const wanted =
        element.querySelector<HTMLElement>('[autofocus], [data-autofocus]') ?? focusables(element)[0];
      (wanted ?? element).focus({ preventScroll: true });
    }
    const watch = new ResizeObserver(put);
    watch.observe(element);
    window.addEventListener('resize', put);
    return () => {
      watch.disconnect();
      window.removeEventListener('resize', put);
    };
  }, [anchor, side, align, gap, focus, phone]);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const target = event.target as Element;
      if (box.current?.contains(target)) return;
      // Menus and dialogs opened from here lie in later layers.
      const layer = box.current?.parentElement;
      const other = target.closest('#layers > *');
      if (other && layer && layer.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) return;
      if (anchor instanceof Element && anchor.contains(target)) {
        // The click on the opener would open it again.
        const swallow = (click: Event) => click.stopPropagation();
        document.addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => document.removeEventListener('click', swallow, true), 400);
      }
      onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [anchor, onClose]);
  return (
    <>
      {phone && <div className={looks.scrim} />}
      <div
        ref={box}
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        className={cx(styles.popover, phone && styles.sheet, className)}
      >
        {children}
      </div>
    </>
  );
}

import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './Layer.module.css';
import { focusables, type LayerKind, layersRoot, pushLayer } from './stack';

interface LayerProps {
  kind: LayerKind;
  modal?: boolean;
  onClose?: () => void;
  /** Where focus returns to; what has focus at opening otherwise. */
  opener?: Element | null;
  children: ReactNode;
}

/**
 * Brings the layer into the page. It stands before the layer's content, so that its effect runs first: the content
 * measures itself and takes the focus in effects of its own, which needs it to be in the page.
 */
function Attach({
  host,
  kind,
  modal = false,
  onClose,
  opener,
}: Omit<LayerProps, 'children'> & { host: HTMLElement }) {
  const close = useEffectEvent(() => onClose?.());
  const closable = onClose !== undefined;
  useLayoutEffect(() => {
    layersRoot().append(host);
    const pop = pushLayer({ kind, host, modal, onClose: closable ? () => close() : undefined }, opener);
    return () => {
      pop();
      host.remove();
    };
  }, [host, kind, modal, closable, opener]);
  return null;
}

/** Puts its children over the page, in the stack. Mounted is open. */
export function Layer({ kind, modal = false, onClose, opener, children }: LayerProps) {
  const [host] = useState(() => {
    const element = document.createElement('div');
    element.className = styles[kind === 'toast' || kind === 'strip' ? kind : 'host'] as string;
    return element;
  });
  useEffect(() => {
    if (!modal) return;
    const trap = (event: KeyboardEvent) => {
      if (event.key !== 'Tab' || host.inert) return;
      const list = focusables(host);
      const first = list[0];
      const last = list.at(-1);
      if (!first || !last) return;
      const at = document.activeElement;
      const outside = !host.contains(at);
      if (event.shiftKey ? at === first || outside : at === last || outside) {
        event.preventDefault();
        (event.shiftKey ? last : first).focus();
      }
    };
    document.addEventListener('keydown', trap);
    return () => document.removeEventListener('keydown', trap);
  }, [host, modal]);
  return createPortal(
    <>
      <Attach host={host} kind={kind} modal={modal} onClose={onClose} opener={opener} />
      {children}
    </>,
    host,
  );
}

/** Registers an element that is somewhere in the page (a drawer, a side panel) as a layer while `open`. */
export function useLayer(
  open: boolean,
  { kind, onClose, element }: { kind: LayerKind; onClose: () => void; element: () => HTMLElement | null },
): void {
  const close = useEffectEvent(onClose);
  const find = useEffectEvent(element);
  useLayoutEffect(() => {
    const host = find();
    if (!open || !host) return;
    return pushLayer({ kind, host, modal: false, onClose: () => close() });
  }, [open, kind]);
}

import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { goTo } from './layout';

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: string };

/** A link to a path of this client. A plain click navigates here; anything else is the browser's. */
export function PathLink({ to, onClick, ...rest }: Props) {
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return <a draggable={false} {...rest} href={to} onClick={click} />;
}

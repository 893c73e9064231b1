import { useEffect } from 'react';
import { goTo, openDialog, useLayout } from '#/app/layout';
import { HOME } from '#/app/links';
import { incoming } from './incoming';

/** What was taken in: the shell may draw this view twice on the way to its place. */
let taken = '';

/** What the system shares with the installed client: leads to its place, or asks for a conversation. */
export default function Share() {
  useEffect(() => {
    if (location.search === taken) return;
    taken = location.search;
    const given = incoming(location.search);
    goTo(given?.path ?? (useLayout.getState().lastPlace || HOME), true);
    if (given?.text) openDialog({ kind: 'share', text: given.text });
  }, []);
  return null;
}

import { useEffect } from 'react';
import { goTo, openDialog, useLayout } from '#/app/layout';
import { HOME } from '#/app/links';
import { incoming, sharedFiles } from './incoming';

/** What was taken in: the shell may draw this view twice on the way to its place. */
let taken = '';

/** What the system shares with the installed client: leads to its place, or asks for a conversation. */
export default function Share() {
  useEffect(() => {
    if (location.search === taken) return;
    taken = location.search;
    const given = incoming(location.search);
    goTo(given?.path ?? (useLayout.getState().lastPlace || HOME), true);
    if (!given || given.path) return;
    const { text = '' } = given;
    if (!given.files) openDialog({ kind: 'share', text });
    else
      void sharedFiles()
        .catch(() => [])
        .then((files) => {
          if (text || files.length) openDialog({ kind: 'share', text, files });
        });
  }, []);
  return null;
}

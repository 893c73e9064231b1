import { useLingui } from '@lingui/react/macro';
import { Dialog } from '#/ui';
import { closeOverlay, useChat } from '../state';
import { ForwardDialog } from './ForwardDialog';
import { Lightbox } from './Lightbox';
import { ReactionsDialog } from './ReactionsDialog';

/** What lies over a conversation. */
export default function Overlays() {
  const { t } = useLingui();
  const overlay = useChat((chat) => chat.overlay);
  switch (overlay?.kind) {
    case 'forward':
      return <ForwardDialog message={overlay.message} onClose={closeOverlay} />;
    case 'reactions':
      return (
        <ReactionsDialog messageId={overlay.message.id} message={overlay.message} onClose={closeOverlay} />
      );
    case 'lightbox':
      return <Lightbox items={overlay.items} start={overlay.index} onClose={closeOverlay} />;
    case 'alt':
      return (
        <Dialog open size="s" title={t`Description of the picture`} onClose={closeOverlay}>
          <p dir="auto">{overlay.text}</p>
        </Dialog>
      );
    default:
      return null;
  }
}

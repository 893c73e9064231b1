import { Copy, Pencil, Pin, Reply, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  announce,
  Button,
  Cropper,
  confirm,
  Dialog,
  type MenuEntry,
  openMenu,
  Popover,
  pickFiles,
  Sheet,
  TextField,
  toast,
} from '#/ui';
import styles from './Gallery.module.css';

const none = () => undefined;
const entries: MenuEntry[] = [
  { id: 'reply', label: 'Reply', icon: <Reply />, keys: 'R', onSelect: none },
  { id: 'edit', label: 'Edit', icon: <Pencil />, keys: 'E', onSelect: none },
  { id: 'pin', label: 'Pin', icon: <Pin />, reason: 'You need the right to pin', onSelect: none },
  {
    id: 'mute',
    label: 'Mute',
    submenu: [
      { id: '15', label: 'For 15 minutes', onSelect: none },
      { id: '60', label: 'For an hour', onSelect: none },
      { id: 'ever', label: 'Until I turn it back on', onSelect: none },
    ],
  },
  { id: 'hide', label: 'Hide muted channels', checked: true, onSelect: none },
  'separator',
  { id: 'copy', label: 'Copy link', icon: <Copy />, onSelect: none },
  'separator',
  { id: 'delete', label: 'Delete message', icon: <Trash2 />, danger: true, onSelect: none },
];

export function Overlaid() {
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'inner' | null>(null);
  const [anchor, setAnchor] = useState<Element | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  return (
    <section className={styles.section}>
      <h2>Over the page</h2>
      <div className={styles.row}>
        <Button data-test="menu" onClick={(event) => openMenu(event, entries)}>
          Menu
        </Button>
        <Button onContextMenu={(event) => openMenu(event, entries)}>Right click me</Button>
        <Button data-test="popover" onClick={(event) => setAnchor(anchor ? null : event.currentTarget)}>
          Popover
        </Button>
        <Button data-test="dialog" onClick={() => setOpen('dialog')}>
          Dialog
        </Button>
        <Button data-test="sheet" onClick={() => setOpen('sheet')}>
          Sheet
        </Button>
        <Button
          data-test="confirm"
          onClick={async () => {
            const yes = await confirm({
              title: 'Delete this channel?',
              body: <p>Its 1,204 messages go with it. This cannot be undone.</p>,
              action: 'Delete channel',
              danger: true,
            });
            announce(yes ? 'Deleted' : 'Kept');
          }}
        >
          Confirm
        </Button>
        <Button
          data-test="toast"
          onClick={() => toast({ kind: 'success', text: 'Channel moved', undo: none })}
        >
          Toast
        </Button>
        <Button
          data-test="error"
          onClick={() => toast({ kind: 'error', text: 'The server cannot be reached.' })}
        >
          Error toast
        </Button>
        <Button onClick={async () => setFile((await pickFiles({ accept: 'image/*' }))[0] ?? null)}>
          Crop
        </Button>
      </div>
      <Popover open={anchor !== null} anchor={anchor} label="Example" onClose={() => setAnchor(null)}>
        <div className={styles.stack} style={{ padding: 16, inlineSize: 260 }}>
          <strong>A popover</strong>
          <p>A small window beside what it is about.</p>
          <Button>Inside</Button>
        </div>
      </Popover>
      <Dialog
        open={open === 'dialog' || open === 'inner'}
        onClose={() => setOpen(null)}
        title="Create a channel"
        description="Channels are where people talk."
        onSubmit={() => setOpen(null)}
        footer={
          <>
            <Button variant="ghost" onClick={() => setOpen('inner')}>
              One more
            </Button>
            <Button variant="primary" type="submit" disabled={!name}>
              Create
            </Button>
          </>
        }
      >
        <TextField label="Name" value={name} onChange={setName} prefix="#" />
        <Button onClick={(event) => openMenu(event, entries)}>Menu in a dialog</Button>
      </Dialog>
      <Dialog
        open={open === 'inner'}
        size="s"
        onClose={() => setOpen('dialog')}
        title="A dialog over a dialog"
      />
      <Sheet open={open === 'sheet'} onClose={() => setOpen(null)} title="Details">
        <p>A sheet comes from the edge.</p>
      </Sheet>
      {file && (
        <Cropper
          file={file}
          ratio={1}
          round
          width={512}
          onClose={() => setFile(null)}
          onDone={() => setFile(null)}
        />
      )}
    </section>
  );
}

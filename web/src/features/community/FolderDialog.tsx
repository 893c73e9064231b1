import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { changeFolder, folderOf } from '#/app/rail/actions';
import { folderIcons } from '#/app/rail/RailFolder';
import { ColorPicker, FormDialog, Segmented, TextField } from '#/ui';

type Icon = keyof typeof folderIcons;

export default function FolderDialog({
  request,
  onClose,
}: {
  request: { folderId: number };
  onClose: () => void;
}) {
  const { t } = useLingui();
  const kept = folderOf(request.folderId)?.folder;
  const [name, setName] = useState(kept?.name ?? '');
  const [color, setColor] = useState<number | null>(kept?.color ?? 0);
  const [icon, setIcon] = useState<Icon>((kept?.icon as Icon | undefined) ?? 'folder');
  const save = () => {
    changeFolder(request.folderId, { name: name.trim() || null, color, icon });
    onClose();
  };
  const names: Record<Icon, string> = {
    folder: t`Folder`,
    star: t`Star`,
    heart: t`Heart`,
    bookmark: t`Bookmark`,
    game_controller: t`Game`,
    shield: t`Shield`,
    music_note: t`Music`,
  };
  return (
    <FormDialog
      size="s"
      title={<Trans>Folder</Trans>}
      onClose={onClose}
      onSubmit={save}
      action={<Trans>Save</Trans>}
    >
      <TextField label={<Trans>Name</Trans>} optional maxLength={32} value={name} onChange={setName} />
      <Segmented<Icon>
        label={t`Sign`}
        value={icon}
        onChange={setIcon}
        options={(Object.keys(folderIcons) as Icon[]).map((value) => {
          const Sign = folderIcons[value];
          return { value, label: '', icon: <Sign size={18} role="img" aria-label={names[value]} /> };
        })}
      />
      <ColorPicker label={t`Colour`} optional value={color} onChange={setColor} />
    </FormDialog>
  );
}

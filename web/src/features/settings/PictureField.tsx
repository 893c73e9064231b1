import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { User } from '#/api/types';
import { bannerUrl } from '#/model/media';
import { Avatar, Button, Cropper, pickFiles } from '#/ui';
import type { FormOf } from './form';
import styles from './Profile.module.css';

interface PictureFieldProps {
  kind: 'avatar' | 'banner';
  user: Pick<User, 'id' | 'username' | 'avatar'> & { global_name?: string | null };
  /** Each is a hash as saved, a data URL when new, or null. */
  form: FormOf<{ avatar?: string | null | undefined; banner?: string | null | undefined }>;
  /** Where a saved picture is, when it is not the account's own. */
  src?: string | undefined;
}

/** A picture as the page shows it: new ones are data URLs, saved ones hashes. */
export const isNew = (value: string | null | undefined): value is string =>
  value?.startsWith('data:') === true;

export function PictureField({ kind, user, form, src }: PictureFieldProps) {
  const { t } = useLingui();
  const [file, setFile] = useState<File | null>(null);
  const avatar = kind === 'avatar';
  const value = form.values[kind];
  const error = form.errors[kind];
  const onChange = (picture: string | null) => form.set({ [kind]: picture });
  const saved = src ?? (avatar ? undefined : bannerUrl({ id: user.id, banner: value ?? null }, 480));
  const shown = isNew(value) ? value : value ? saved : null;
  return (
    <div className={styles.picture}>
      {avatar ? (
        <Avatar user={{ ...user, avatar: isNew(value) ? null : (value ?? null) }} src={shown} size={64} />
      ) : (
        <div className={styles.strip}>{shown && <img src={shown} alt="" />}</div>
      )}
      <Button onClick={async () => setFile((await pickFiles({ accept: 'image/*' }))[0] ?? null)}>
        {avatar ? t`Change picture` : t`Change banner`}
      </Button>
      {value && (
        <Button variant="ghost" onClick={() => onChange(null)}>
          {t`Remove`}
        </Button>
      )}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {file && (
        <Cropper
          file={file}
          ratio={avatar ? 1 : 17 / 6}
          round={avatar}
          width={avatar ? 512 : 1360}
          onClose={() => setFile(null)}
          onDone={({ dataUrl }) => {
            setFile(null);
            onChange(dataUrl);
          }}
        />
      )}
    </div>
  );
}

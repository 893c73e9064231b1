import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Me } from '#/api/types';
import { entity, useList, useMe } from '#/store';
import { ColorPicker, Select, TextArea, TextField } from '#/ui';
import { CommunityProfile } from './CommunityProfile';
import { PageSkeleton, Section } from './Frame';
import { useForm } from './form';
import { PictureField } from './PictureField';
import styles from './Profile.module.css';
import { ProfilePreview } from './ProfilePreview';
import { SaveBar } from './SaveBar';

export default function Profile() {
  const { t } = useLingui();
  const me = useMe();
  const guilds = useList('guilds');
  const [place, setPlace] = useState('');
  if (!me) return <PageSkeleton />;
  const options = [
    { value: '', label: t`Everywhere` },
    ...guilds.map((id) => ({ value: id, label: entity('guilds', id)?.name ?? id })),
  ];
  return (
    <>
      {guilds.length > 0 && (
        <Select
          label={t`Profile for`}
          hint={t`In a community you can appear differently.`}
          options={options}
          value={place}
          onChange={setPlace}
        />
      )}
      {place ? <CommunityProfile key={place} guildId={place} me={me} /> : <Global me={me} />}
    </>
  );
}

function Global({ me }: { me: Me }) {
  const { t } = useLingui();
  const form = useForm({
    avatar: me.avatar,
    banner: me.banner,
    global_name: me.global_name ?? '',
    pronouns: me.pronouns ?? '',
    bio: me.bio ?? '',
    accent_color: me.accent_color ?? null,
  });
  const { values, changed, errors, set } = form;
  const save = () => {
    const text = (value: string | undefined) => (value === undefined ? undefined : value.trim() || null);
    const body = {
      ...changed,
      ...(changed.global_name !== undefined && { global_name: text(changed.global_name) }),
      ...(changed.pronouns !== undefined && { pronouns: text(changed.pronouns) }),
      ...(changed.bio !== undefined && { bio: text(changed.bio) }),
    };
    return form.save(() => api('PATCH /users/@me', { body }), t`Profile saved`);
  };
  return (
    <div className={styles.columns}>
      <div className={styles.fields}>
        <Section title={t`Pictures`}>
          <PictureField
            kind="avatar"
            user={me}
            value={values.avatar}
            error={errors['avatar']}
            onChange={(avatar) => set({ avatar })}
          />
          <PictureField
            kind="banner"
            user={me}
            value={values.banner}
            error={errors['banner']}
            onChange={(banner) => set({ banner })}
          />
        </Section>
        <Section title={t`About you`}>
          <TextField
            label={t`Display name`}
            hint={t`Others see it instead of your username.`}
            placeholder={me.username}
            counter={32}
            value={values.global_name}
            error={errors['global_name']}
            onChange={(global_name) => set({ global_name })}
          />
          <TextField
            label={t`Pronouns`}
            optional
            counter={40}
            value={values.pronouns}
            error={errors['pronouns']}
            onChange={(pronouns) => set({ pronouns })}
          />
          <TextArea
            label={t`About me`}
            optional
            hint={t`Markdown and emoji work here.`}
            counter={320}
            value={values.bio}
            error={errors['bio']}
            onChange={(bio) => set({ bio })}
          />
          <ColorPicker
            label={t`Profile colour`}
            optional
            value={values.accent_color}
            onChange={(accent_color) => set({ accent_color })}
          />
        </Section>
      </div>
      <ProfilePreview user={me} {...values} name={values.global_name || me.username} />
      <div className={styles.bar}>
        <SaveBar dirty={form.dirty} busy={form.busy} onSave={() => void save()} onDiscard={form.reset} />
      </div>
    </div>
  );
}

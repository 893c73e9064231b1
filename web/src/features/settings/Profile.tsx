import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#/api/client';
import type { Me } from '#/api/types';
import { entity, useList, useMe } from '#/store';
import { Select, TextField } from '#/ui';
import { CommunityProfile } from './CommunityProfile';
import { PageSkeleton, Section } from './Frame';
import { useForm } from './form';
import { PictureField } from './PictureField';
import { AboutFields, ProfileForm } from './ProfileForm';
import { ProfilePreview } from './ProfilePreview';

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
    <ProfileForm
      form={form}
      onSave={save}
      preview={<ProfilePreview user={me} {...values} name={values.global_name || me.username} />}
    >
      <Section title={t`Pictures`}>
        <PictureField kind="avatar" user={me} form={form} />
        <PictureField kind="banner" user={me} form={form} />
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
        <AboutFields form={form} hint={t`Markdown and emoji work here.`} />
      </Section>
    </ProfileForm>
  );
}

import { useLingui } from '@lingui/react/macro';
import { api } from '#/api/client';
import type { Answer, Me } from '#/api/types';
import { memberAvatarUrl, memberBannerUrl } from '#/model/media';
import { Switch, TextField } from '#/ui';
import { Section } from './Frame';
import { useForm, useLoad } from './form';
import { Loaded } from './Loaded';
import { PictureField } from './PictureField';
import { AboutFields, ProfileForm } from './ProfileForm';
import { ProfilePreview } from './ProfilePreview';

/** Bits of `profile_flags`: no picture here, even if there is one everywhere else. */
const AVATAR_UNSET = 1;
const BANNER_UNSET = 2;

interface Props {
  guildId: string;
  me: Me;
}

export function CommunityProfile({ guildId, me }: Props) {
  const profile = useLoad(() =>
    api('GET /users/{target_id}/profile', { path: { target_id: me.id }, query: { guild_id: guildId } }),
  );
  return (
    <Loaded of={profile}>
      {(data) => <Form guildId={guildId} me={me} profile={data} onSaved={profile.reload} />}
    </Loaded>
  );
}

interface FormProps extends Props {
  profile: Answer<'GET /users/{target_id}/profile'>;
  onSaved: () => void;
}

function Form({ guildId, me, profile, onSaved }: FormProps) {
  const { t } = useLingui();
  const { guild_member: member, guild_member_profile: own } = profile;
  const flags = member?.profile_flags ?? 0;
  const form = useForm({
    nick: member?.nick ?? '',
    avatar: member?.avatar ?? null,
    banner: own?.banner ?? member?.banner ?? null,
    pronouns: own?.pronouns ?? '',
    bio: own?.bio ?? '',
    accent_color: own?.accent_color ?? member?.accent_color ?? null,
    noAvatar: Boolean(flags & AVATAR_UNSET),
    noBanner: Boolean(flags & BANNER_UNSET),
  });
  const { values, changed, errors, set } = form;
  const save = () => {
    const { noAvatar, noBanner, ...rest } = changed;
    const body: Record<string, unknown> = { ...rest };
    for (const key of ['nick', 'pronouns', 'bio']) if (body[key] === '') body[key] = null;
    if (noAvatar !== undefined || noBanner !== undefined) {
      body['profile_flags'] = (values.noAvatar ? AVATAR_UNSET : 0) | (values.noBanner ? BANNER_UNSET : 0);
    }
    return form.save(
      () => api('PATCH /guilds/{guild_id}/members/@me', { path: { guild_id: guildId }, body }).then(onSaved),
      t`Profile saved`,
    );
  };
  const avatarSrc =
    member?.avatar && values.avatar === member.avatar
      ? memberAvatarUrl(guildId, me.id, member.avatar, 80)
      : undefined;
  const bannerSrc =
    own?.banner && values.banner === own.banner
      ? memberBannerUrl(guildId, me.id, own.banner, 600)
      : undefined;
  return (
    <ProfileForm
      form={form}
      onSave={save}
      preview={
        <ProfilePreview
          user={me}
          name={values.nick || me.global_name || me.username}
          avatar={values.noAvatar ? null : (values.avatar ?? me.avatar)}
          banner={values.noBanner ? null : (values.banner ?? me.banner)}
          pronouns={values.pronouns || (me.pronouns ?? '')}
          bio={values.bio || (me.bio ?? '')}
          accent_color={values.accent_color ?? me.accent_color}
          avatarSrc={avatarSrc}
          bannerSrc={bannerSrc}
        />
      }
    >
      <Section
        title={t`Here you are`}
        hint={t`What you leave empty is taken from your profile for everywhere.`}
      >
        <TextField
          label={t`Nickname`}
          optional
          counter={32}
          placeholder={me.global_name ?? me.username}
          value={values.nick}
          error={errors['nick']}
          onChange={(nick) => set({ nick })}
        />
        <AboutFields form={form} under={me} />
      </Section>
      <Section title={t`Pictures`}>
        <PictureField kind="avatar" user={me} form={form} src={avatarSrc} />
        <Switch
          label={t`No picture in this community`}
          checked={values.noAvatar}
          onChange={(noAvatar) => set({ noAvatar })}
        />
        <PictureField kind="banner" user={me} form={form} src={bannerSrc} />
        <Switch
          label={t`No banner in this community`}
          checked={values.noBanner}
          onChange={(noBanner) => set({ noBanner })}
        />
      </Section>
    </ProfileForm>
  );
}

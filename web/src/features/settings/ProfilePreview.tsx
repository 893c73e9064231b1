import { useLingui } from '@lingui/react/macro';
import type { Me } from '#/api/types';
import { Markdown } from '#/markdown';
import { bannerUrl } from '#/model/media';
import { Avatar } from '#/ui';
import { toHex } from '#/ui/color';
import { isNew } from './PictureField';
import styles from './Profile.module.css';

interface PreviewProps {
  user: Me;
  name: string;
  avatar: string | null | undefined;
  banner: string | null | undefined;
  pronouns: string;
  bio: string;
  accent_color: number | null;
  avatarSrc?: string | undefined;
  bannerSrc?: string | undefined;
}

/** The profile as others will see it. */
export function ProfilePreview({
  user,
  name,
  avatar,
  banner,
  pronouns,
  bio,
  accent_color,
  ...src
}: PreviewProps) {
  const { t } = useLingui();
  const bannerImage = isNew(banner)
    ? banner
    : banner
      ? (src.bannerSrc ?? bannerUrl({ id: user.id, banner }, 600))
      : undefined;
  return (
    <aside className={styles.preview} aria-label={t`Preview`}>
      <p className={styles.caption}>{t`Preview`}</p>
      <div className={styles.card}>
        <div
          className={styles.banner}
          style={accent_color === null ? undefined : { backgroundColor: toHex(accent_color) }}
        >
          {bannerImage && <img src={bannerImage} alt="" />}
        </div>
        <div className={styles.body}>
          <div className={styles.face}>
            <Avatar
              user={{ ...user, avatar: isNew(avatar) ? null : (avatar ?? null) }}
              src={isNew(avatar) ? avatar : src.avatarSrc}
              size={80}
            />
          </div>
          <div className={styles.name} dir="auto">
            {name}
          </div>
          <div className={styles.tag}>
            <bdi>
              {user.username}#{user.discriminator}
            </bdi>
            {pronouns && <> · {pronouns}</>}
          </div>
          {bio && (
            <div className={styles.bio} dir="auto">
              <Markdown text={bio} context="about" />
            </div>
          )}
        </div>
      </div>
    </aside>
  );
}

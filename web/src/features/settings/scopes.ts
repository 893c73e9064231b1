import { useLingui } from '@lingui/react/macro';

/** What each scope means, in words for the person who is asked. */
export function useScopes(): Record<string, { label: string; hint: string }> {
  const { t } = useLingui();
  return {
    identify: {
      label: t`See who you are`,
      hint: t`Your username, display name, picture and public marks`,
    },
    email: { label: t`See your e-mail address`, hint: t`The address, and whether it is confirmed` },
    guilds: { label: t`See your communities`, hint: t`Their names and pictures, and whether you own them` },
    connections: { label: t`See your connections`, hint: t`Accounts elsewhere that you have linked` },
    bot: { label: t`Add a bot to a community`, hint: t`Only to the one you choose here` },
    admin: { label: t`Administer this instance`, hint: t`With the rights your account has` },
  };
}

// The pages of the person's settings: where they stand, what the search finds on them, and their code.
import { useLingui } from '@lingui/react/macro';
import {
  Accessibility as AccessibilityIcon,
  AppWindow,
  Ban,
  Bell,
  CircleUser,
  Code,
  Database,
  Info,
  Keyboard,
  Languages,
  Laptop,
  LogOut,
  MessageSquare,
  Palette,
  Shield,
  UserCog,
  VenetianMask,
} from 'lucide-react';
import { lazy } from 'react';
import { signOut } from '#/features/accounts/leave';
import type { SettingsPage } from './Frame';

export const views = {
  profile: lazy(() => import('./Profile')),
  account: lazy(() => import('./Account')),
  security: lazy(() => import('./Security')),
  devices: lazy(() => import('./Devices')),
  privacy: lazy(() => import('./Privacy')),
  data: lazy(() => import('./MyData')),
  blocked: lazy(() => import('./Blocked')),
  apps: lazy(() => import('./ConnectedApps')),
  appearance: lazy(() => import('./Appearance')),
  accessibility: lazy(() => import('./Accessibility')),
  chat: lazy(() => import('./Chat')),
  notifications: lazy(() => import('./Notifications')),
  keys: lazy(() => import('./Keys')),
  language: lazy(() => import('./Language')),
  developer: lazy(() => import('./Developer')),
  about: lazy(() => import('./About')),
};

export type PageId = keyof typeof views;

export function usePages(): { heading?: string; pages: SettingsPage[] }[] {
  const { t } = useLingui();
  return [
    {
      heading: t`You`,
      pages: [
        {
          id: 'profile',
          label: t`Profile`,
          icon: <CircleUser />,
          terms: [
            t`Display name`,
            t`Picture`,
            t`Banner`,
            t`Pronouns`,
            t`About me`,
            t`Profile colour`,
            t`Nickname`,
          ],
        },
        {
          id: 'account',
          label: t`Account`,
          icon: <UserCog />,
          terms: [t`Username`, t`E-mail address`, t`Phone number`],
        },
        {
          id: 'security',
          label: t`Security`,
          icon: <Shield />,
          terms: [
            t`Password`,
            t`Authenticator app`,
            t`Two-factor`,
            t`Backup codes`,
            t`Passkeys`,
            t`Known places`,
            t`Disable account`,
            t`Delete account`,
          ],
        },
        {
          id: 'devices',
          label: t`Devices`,
          icon: <Laptop />,
          terms: [t`Sessions`, t`Sign out all other devices`],
        },
      ],
    },
    {
      heading: t`Privacy`,
      pages: [
        {
          id: 'privacy',
          label: t`Privacy`,
          icon: <VenetianMask />,
          terms: [t`Direct messages`, t`Friend requests`, t`Groups and calls`, t`Trusted domains`],
        },
        {
          id: 'data',
          label: t`My data`,
          icon: <Database />,
          terms: [t`Export`, t`A copy of your data`, t`Delete all messages`],
        },
        { id: 'blocked', label: t`Blocked`, icon: <Ban />, terms: [t`Unblock`] },
        { id: 'apps', label: t`Connected apps`, icon: <AppWindow />, terms: [t`Authorized applications`] },
      ],
    },
    {
      heading: t`Look and feel`,
      pages: [
        {
          id: 'appearance',
          label: t`Appearance`,
          icon: <Palette />,
          terms: [
            t`Theme`,
            t`Dark`,
            t`Light`,
            t`Accent`,
            t`Saturation`,
            t`Density`,
            t`Size of text`,
            t`Space between groups`,
            t`Long lines`,
            t`Your own CSS`,
          ],
        },
        {
          id: 'accessibility',
          label: t`Accessibility`,
          icon: <AccessibilityIcon />,
          terms: [
            t`Contrast`,
            t`Typeface`,
            t`Colours of roles`,
            t`Underline links`,
            t`Thick focus ring`,
            t`Animation`,
            t`Play GIFs by themselves`,
            t`Announce new messages`,
            t`Screen reader`,
            t`Speed of speech`,
          ],
        },
        {
          id: 'chat',
          label: t`Chat`,
          icon: <MessageSquare />,
          terms: [
            t`Link previews`,
            t`Pictures and videos from links`,
            t`Reactions`,
            t`Spoilers`,
            t`Send with`,
            t`Quick reactions`,
            t`Ask before deleting a message`,
          ],
        },
        {
          id: 'notifications',
          label: t`Notifications`,
          icon: <Bell />,
          terms: [t`On the desktop`, t`Push`, t`Sounds`, t`Volume`, t`Quiet hours`],
        },
        {
          id: 'keys',
          label: t`Keys`,
          icon: <Keyboard />,
          terms: [t`Keyboard`, t`Shortcuts`],
        },
        {
          id: 'language',
          label: t`Language and time`,
          icon: <Languages />,
          terms: [t`Language of the interface`, t`Clock`],
        },
      ],
    },
    {
      heading: t`More`,
      pages: [
        {
          id: 'developer',
          label: t`Developer`,
          icon: <Code />,
          terms: [t`Developer mode`, t`Applications`, t`Bots`, t`Bot token`, t`Redirect addresses`],
        },
        { id: 'about', label: t`About`, icon: <Info />, terms: [t`Versions`, t`Licences`, t`Diagnostics`] },
        {
          id: 'sign-out',
          label: t`Sign out`,
          icon: <LogOut />,
          danger: true,
          onSelect: () => void signOut(),
        },
      ],
    },
  ];
}

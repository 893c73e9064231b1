import { type ComponentType, lazy, Suspense, useState } from 'react';
import { firstStepsDue } from '#/features/first/due';
import { useSession } from '#/store';
import { closeDialog, closeProfile, closeSwitcher, type DialogRequest, useLayout } from '../layout';

type Props = { request: never; onClose: () => void };
const part = (load: () => Promise<{ default: ComponentType<never> }>) =>
  lazy(load as () => Promise<{ default: ComponentType<Props> }>);

/** Every dialog comes with its own chunk, loaded when it is first asked for. */
const dialogs: Record<DialogRequest['kind'], ComponentType<Props>> = {
  share: part(() => import('#/features/shared/ShareDialog')),
  accounts: part(() => import('#/features/accounts/AccountsDialog')),
  keys: part(() => import('#/features/keys/KeysDialog')),
  topic: part(() => import('#/features/channels/TopicDialog')),
  'add-community': part(() => import('#/features/community/AddCommunity')),
  invite: part(() => import('#/features/community/InviteDialog')),
  'create-channel': part(() => import('#/features/channels/CreateChannel')),
  'edit-channel': part(() => import('#/features/channels/EditChannel')),
  'delete-channel': part(() => import('#/features/channels/DeleteChannel')),
  'leave-community': part(() => import('#/features/community/LeaveCommunity')),
  notifications: part(() => import('#/features/community/NotificationsDialog')),
  privacy: part(() => import('#/features/community/PrivacyDialog')),
  'edit-folder': part(() => import('#/features/community/FolderDialog')),
  kick: part(() => import('#/features/people/KickDialog')),
  ban: part(() => import('#/features/people/BanDialog')),
  timeout: part(() => import('#/features/people/TimeoutDialog')),
  nickname: part(() => import('#/features/people/NicknameDialog')),
  report: part(() => import('#/features/report/ReportDialog')),
  status: part(() => import('#/features/status/StatusDialog')),
  'create-group': part(() => import('#/features/people/GroupDialog')),
  'edit-group': part(() => import('#/features/people/EditGroup')),
  'add-to-group': part(() => import('#/features/people/GroupDialog')),
  'add-friend': part(() => import('#/features/friends/AddFriendDialog')),
  'invite-person': part(() => import('#/features/community/InvitePerson')),
  'full-profile': part(() => import('#/features/people/FullProfile')),
};
const ProfilePopout = lazy(() => import('#/features/people/ProfilePopout'));
const FirstSteps = lazy(() => import('#/features/first/FirstSteps'));
const Switcher = lazy(() => import('#/features/switcher/Switcher'));

const serial = new WeakMap<DialogRequest, number>();
let last = 0;
function keyOf(request: DialogRequest): number {
  const known = serial.get(request);
  if (known) return known;
  last += 1;
  serial.set(request, last);
  return last;
}

/** What may lie over the panes: dialogs in the order of opening, a profile, the quick switcher. */
export function Hosts() {
  const open = useLayout((layout) => layout.dialogs);
  const profile = useLayout((layout) => layout.profile);
  const switcher = useLayout((layout) => layout.switcher.open);
  const { phase } = useSession();
  const [passed, setPassed] = useState(false);
  const first = phase === 'live' && !passed && !open.length && firstStepsDue();
  return (
    <Suspense fallback={null}>
      {profile && <ProfilePopout key={profile.userId} request={profile} onClose={closeProfile} />}
      {open.map((request) => {
        const Part = dialogs[request.kind];
        return (
          <Suspense key={keyOf(request)} fallback={null}>
            <Part request={request as never} onClose={() => closeDialog(request)} />
          </Suspense>
        );
      })}
      {first && <FirstSteps onClose={() => setPassed(true)} />}
      {switcher && <Switcher onClose={closeSwitcher} />}
    </Suspense>
  );
}

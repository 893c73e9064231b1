// From one account of this device to another, and out of one.
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { goTo, useLayout } from '#/app/layout';
import { HOME } from '#/app/links';
import { session } from '#/store';
import { drafted } from '#/store/drafts';
import { Checkbox, confirm } from '#/ui';

const toItsPlace = () => goTo(useLayout.getState().lastPlace || HOME, true);

export async function switchAccount(id: string): Promise<void> {
  await session.switchTo(id);
  if (session.get().userId) toItsPlace();
}

/** Without a question: it was asked, or nothing of the account is here yet. */
export async function leave(dropDrafts = false): Promise<void> {
  // The device must not be told any more what was written to this account.
  const push = await import('#/features/notifications/push');
  if (await push.pushHere()) await push.disablePush().catch(() => {});
  await session.signOut({ dropDrafts });
  if (session.get().userId) toItsPlace();
}

export async function signOut(): Promise<void> {
  const wish = { drop: false };
  const drafts = drafted.get().length > 0;
  const yes = await confirm({
    title: t`Sign out?`,
    body: <About drafts={drafts} onDrop={(drop) => Object.assign(wish, { drop })} />,
    action: t`Sign out`,
  });
  if (yes) await leave(wish.drop);
}

function About({ drafts, onDrop }: { drafts: boolean; onDrop: (drop: boolean) => void }) {
  const [drop, setDrop] = useState(false);
  return (
    <>
      <p>
        {drafts ? (
          <Trans>What is kept of this account on this device is removed. Drafts stay.</Trans>
        ) : (
          <Trans>What is kept of this account on this device is removed.</Trans>
        )}
      </p>
      {drafts && (
        <Checkbox
          label={<Trans>Remove my drafts too</Trans>}
          checked={drop}
          onChange={(now) => {
            setDrop(now);
            onDrop(now);
          }}
        />
      )}
    </>
  );
}

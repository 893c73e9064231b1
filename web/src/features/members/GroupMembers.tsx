import { plural } from '@lingui/core/macro';
import { useRef } from 'react';
import { useRoving } from '#/app/roving';
import { displayName } from '#/features/people/names';
import { compareNames } from '#/i18n';
import { useChannel, useEntity, useMe, useSettings } from '#/store';
import { MemberRow } from './MemberRow';
import css from './Members.module.css';

function Recipient({ userId, groupId, owner }: { userId: string; groupId: string; owner: boolean }) {
  const me = useMe()?.id;
  const own = useSettings()?.status;
  const presence = useEntity('presences', userId);
  const status = userId === me ? (own ?? 'online') : (presence?.status ?? 'offline');
  return (
    <MemberRow
      userId={userId}
      groupId={groupId}
      status={status}
      custom={presence?.custom_status}
      owner={owner}
    />
  );
}

/** The people of a group; their number is small, so all are there. */
export function GroupMembers({ channelId }: { channelId: string }) {
  const channel = useChannel(channelId);
  const me = useMe()?.id;
  const box = useRef<HTMLDivElement>(null);
  const roving = useRoving(box);
  const ids = [...(me ? [me] : []), ...(channel?.recipients ?? []).map((one) => one.id)];
  const sorted = ids.toSorted((a, b) =>
    compareNames(displayName(a, null, channelId), displayName(b, null, channelId)),
  );
  return (
    <section className={css.panel}>
      <div ref={box} className={css.scroller} {...roving}>
        <h2 className={css.head}>{plural(sorted.length, { one: '# member', other: '# members' })}</h2>
        <ul>
          {sorted.map((id) => (
            <li key={id}>
              <Recipient userId={id} groupId={channelId} owner={channel?.owner_id === id} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

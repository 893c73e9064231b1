import { Trans } from '@lingui/react/macro';
import { UsersRound } from 'lucide-react';
import { PaneTop } from '#/app/shell/PaneTop';
import css from './guild.module.css';
import Members from './Members';

/** /channels/:g/members: the table as a page of its own. */
export default function MemberPage() {
  return (
    <main className={css.memberPage} tabIndex={-1}>
      <PaneTop title={<Trans>Members</Trans>} icon={<UsersRound />} />
      <div className={css.memberTable}>
        <Members />
      </div>
    </main>
  );
}

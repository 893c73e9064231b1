import { Trans } from '@lingui/react/macro';
import css from './guild.module.css';
import Members from './Members';

/** /channels/:g/members: the table as a page of its own. */
export default function MemberPage() {
  return (
    <main className={css.memberPage}>
      <h1>
        <Trans>Members</Trans>
      </h1>
      <Members />
    </main>
  );
}

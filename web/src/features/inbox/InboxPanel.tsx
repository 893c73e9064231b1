import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Tabs } from '#/ui';
import styles from '../found/Found.module.css';
import { Drafts } from './Drafts';
import { Mentions } from './Mentions';
import { Requests } from './Requests';
import { Saved } from './Saved';
import { Scheduled } from './Scheduled';
import { Unread } from './Unread';

type Tab = 'unread' | 'mentions' | 'saved' | 'scheduled' | 'drafts' | 'requests';
let last: Tab = 'unread';

/** What waits for the person, wherever it is. */
export default function InboxPanel() {
  const { t } = useLingui();
  const [tab, setTab] = useState<Tab>(last);
  const choose = (to: Tab) => {
    last = to;
    setTab(to);
  };
  const tabs: { id: Tab; label: string }[] = [
    { id: 'unread', label: t`Unread` },
    { id: 'mentions', label: t`Mentions` },
    { id: 'saved', label: t`Saved` },
    { id: 'scheduled', label: t`Scheduled` },
    { id: 'drafts', label: t`Drafts` },
    { id: 'requests', label: t`Requests` },
  ];
  return (
    <div className={styles.panel}>
      <Tabs label={t`Inbox`} tabs={tabs} value={tab} onChange={choose}>
        {tab === 'unread' ? (
          <Unread />
        ) : tab === 'mentions' ? (
          <Mentions />
        ) : tab === 'saved' ? (
          <Saved />
        ) : tab === 'scheduled' ? (
          <Scheduled />
        ) : tab === 'drafts' ? (
          <Drafts />
        ) : (
          <Requests />
        )}
      </Tabs>
    </div>
  );
}

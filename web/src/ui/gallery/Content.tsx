import { Hash, Inbox, Shield, User as UserIcon } from 'lucide-react';
import { useState } from 'react';
import {
  Avatar,
  AvatarStack,
  Badge,
  Banner,
  Button,
  ChatDrawing,
  EmptyState,
  ErrorState,
  Meter,
  NavList,
  Pill,
  Progress,
  QR,
  Skeleton,
  Splitter,
} from '#/ui';
import styles from './Gallery.module.css';

const people = ['Ana Lima', 'Ben', 'Chloé Roux', 'dmitri_k', 'Émile', '鈴木 一郎'].map((username, i) => ({
  id: String(1000 + i * 7),
  username,
  avatar: null,
}));
const none = () => undefined;

export function Content() {
  const [width, setWidth] = useState(200);
  return (
    <>
      <section className={styles.section}>
        <h2>People and counts</h2>
        <div className={styles.row}>
          {people.map((person, i) => (
            <Avatar
              key={person.id}
              user={person}
              size={[16, 24, 32, 40, 56, 80][i] ?? 40}
              status={(['online', 'idle', 'dnd', 'offline', 'online', 'idle'] as const)[i]}
            />
          ))}
          <Avatar name="Trains and Tea" shape="square" size={48} />
          <AvatarStack people={people} label="Six people" />
        </div>
        <div className={styles.row}>
          <Badge count={3} /> <Badge count={120} /> <Badge /> <Badge kind="accent" count={12} />
          <Badge kind="quiet" count={4} />
          <Pill>neutral</Pill>
          <Pill tone="accent">bot</Pill>
          <Pill tone="positive">verified</Pill>
          <Pill tone="warning">pending</Pill>
          <Pill tone="danger" icon={<Shield />}>
            dangerous
          </Pill>
        </div>
      </section>
      <section className={styles.section}>
        <h2>Lists and panes</h2>
        <div className={styles.grid}>
          <NavList
            label="Example"
            sections={[
              {
                heading: 'Places',
                items: [
                  { id: 'a', label: 'general', icon: <Hash />, current: true },
                  { id: 'b', label: 'a channel with a name too long for its line', icon: <Hash />, count: 3 },
                  { id: 'c', label: 'Inbox', icon: <Inbox />, count: 120 },
                ],
              },
              { items: [{ id: 'd', label: 'Sign out', icon: <UserIcon />, danger: true }] },
            ]}
          />
          <div className={styles.panes}>
            <div style={{ inlineSize: width }} />
            <Splitter pane="start" value={width} min={80} max={260} initial={200} onChange={setWidth} />
            <div />
          </div>
        </div>
      </section>
      <section className={styles.section}>
        <h2>States</h2>
        <div className={styles.grid}>
          <div className={styles.stack}>
            {[180, 240, 120].map((w) => (
              <div key={w} className={styles.row} style={{ flexWrap: 'nowrap' }}>
                <Skeleton shape="circle" width={40} height={40} />
                <div style={{ flex: 1 }}>
                  <Skeleton width={w / 2} />
                  <Skeleton width={w} />
                </div>
              </div>
            ))}
            <Progress label="Upload" value={0.62} />
            <Progress label="Working" />
            <Meter label="Emoji slots" value={20} max={50} />
            <Meter label="Sticker slots" value={44} max={50} />
            <Meter label="Full" value={50} max={50} />
          </div>
          <EmptyState
            icon={<ChatDrawing />}
            title="No messages yet"
            text="Say hello, or invite somebody to talk to."
            action={<Button variant="primary">Invite people</Button>}
          />
          <ErrorState
            error={Object.assign(new Error(), { status: 503, requestId: 'req-81f2' })}
            onRetry={none}
          />
        </div>
        <Banner>The server restarts at 22:00 for a moment.</Banner>
        <Banner kind="success" onDismiss={none}>
          Your e-mail address is verified.
        </Banner>
        <Banner kind="warning" action={<Button size="s">Finish</Button>}>
          Your account has no password yet.
        </Banner>
        <Banner kind="error">Your changes could not be saved.</Banner>
        <QR text="https://example.org/invite/abc123" label="Invite link" />
      </section>
    </>
  );
}

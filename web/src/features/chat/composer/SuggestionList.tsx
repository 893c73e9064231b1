import { useLingui } from '@lingui/react/macro';
import AtSign from 'lucide-react/icons/at-sign';
import Hash from 'lucide-react/icons/hash';
import Slash from 'lucide-react/icons/slash';
import Users from 'lucide-react/icons/users';
import { useEffect, useRef } from 'react';
import { emojiUrl } from '#/model/media';
import { useEntity } from '#/store';
import { Avatar, cx } from '#/ui';
import styles from './Editor.module.css';
import type { Suggestion } from './trigger';
import type { SuggestionBox } from './useSuggestions';

const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

function Picture({ item }: { item: Suggestion }) {
  const user = useEntity('users', item.kind === 'person' ? item.id : undefined);
  switch (item.kind) {
    case 'person':
      return user ? <Avatar user={user} size={24} /> : <AtSign {...icon} />;
    case 'role':
      return <AtSign {...icon} />;
    case 'group':
      return <Users {...icon} />;
    case 'channel':
      return <Hash {...icon} />;
    case 'emoji':
      return <span className={styles.emoji}>{item.label}</span>;
    case 'custom':
      return <img src={emojiUrl(item.id ?? '', false, 24)} alt="" width={22} height={22} />;
    case 'command':
      return <Slash {...icon} />;
  }
}

interface Props {
  id: string;
  box: SuggestionBox;
  choose: (suggestion: Suggestion) => void;
}

export function SuggestionList({ id, box, choose }: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const { index, items } = box;
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  return (
    <div ref={list} id={`${id}-list`} className={styles.list} role="listbox" aria-label={t`Suggestions`}>
      {items.map((item, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={item.key}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === index}
          className={cx(styles.option, i === index && styles.chosen)}
          onPointerMove={() => i !== index && box.setIndex(i)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(item)}
        >
          <span className={styles.picture}>
            <Picture item={item} />
          </span>
          <bdi className={styles.optionName}>
            {item.kind === 'emoji'
              ? `:${item.names[0]}:`
              : item.kind === 'person'
                ? item.names[0]
                : item.label}
          </bdi>
          {item.hint && item.kind !== 'emoji' ? <bdi className={styles.hint}>{item.hint}</bdi> : null}
        </div>
      ))}
    </div>
  );
}

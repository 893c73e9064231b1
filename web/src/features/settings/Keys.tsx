import { useLingui } from '@lingui/react/macro';
import { RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { actions, type KeyAction, keyOf, reserved } from '#/features/keys/actions';
import {
  Banner,
  Button,
  confirm,
  IconButton,
  KeyCap,
  keysOf,
  normalKeys,
  Switch,
  usePreferences,
} from '#/ui';
import { Row, Section } from './Frame';
import { keep } from './form';
import styles from './Keys.module.css';

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process']);

export default function Keys() {
  const { t, i18n } = useLingui();
  const own = usePreferences((p) => p.keys);
  const browserKeys = usePreferences((p) => p.browserKeys);
  const [asking, setAsking] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const groups = [
    ['general', t`Everywhere`],
    ['navigation', t`Going somewhere`],
    ['conversation', t`In a conversation`],
    ['row', t`On a message that has the focus`],
  ] as const;
  const holder = (keys: string, except: KeyAction) =>
    actions.find(
      (one) =>
        one.id !== except.id &&
        (one.group === 'row') === (except.group === 'row') &&
        normalKeys(keyOf(one.id) ?? '') === keys,
    );
  const assign = async (action: KeyAction, pressed: string) => {
    const keys = normalKeys(pressed);
    const plain = !/^(Mod|Alt|Ctrl|Meta)\+/.test(keys) && !/^F\d+$/.test(keys);
    if (reserved.has(keys)) return setRefused(t`The browser keeps this for itself; it never arrives here.`);
    if (plain && action.group !== 'row') {
      return setRefused(t`Alone this types a letter. Hold Ctrl, Cmd or Alt with it.`);
    }
    if (/^Mod\+Alt\+[A-Z]$/.test(keys)) {
      return setRefused(t`On many keyboards this types a letter of its own (AltGr).`);
    }
    const taken = holder(keys, action);
    setAsking(undefined);
    setRefused(undefined);
    if (taken) {
      const yes = await confirm({
        title: t`Taken already`,
        body: <p>{t`It belongs to “${i18n._(taken.name)}”, which is left without a key then.`}</p>,
        action: t`Take it`,
      });
      if (!yes) return;
    }
    keep({ keys: { ...own, ...(taken && { [taken.id]: null }), [action.id]: keys } });
  };
  const onKeyDown = (action: KeyAction) => (event: KeyboardEvent) => {
    if (modifiers.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setAsking(undefined);
      setRefused(undefined);
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      keep({ keys: { ...own, [action.id]: null } });
      setAsking(undefined);
    } else void assign(action, keysOf(event.nativeEvent)[0] ?? '');
  };
  const restore = (id: string) => {
    const { [id]: _, ...rest } = own;
    keep({ keys: rest });
  };
  return (
    <>
      <Section lines>
        <Switch
          label={t`Keys that browsers use too`}
          hint={t`For example Ctrl+F for the search here instead of the browser's.`}
          checked={browserKeys}
          onChange={(on) => keep({ browserKeys: on })}
        />
      </Section>
      {groups.map(([group, name]) => (
        <Section key={group} title={name}>
          <div>
            {actions
              .filter((action) => action.group === group)
              .map((action) => {
                const keys = keyOf(action.id);
                const asked = asking === action.id;
                const label = i18n._(action.name);
                return (
                  <Row key={action.id} title={label} text={asked ? refused : undefined}>
                    {action.id in own && (
                      <IconButton
                        size="s"
                        label={t`Usual key for: ${label}`}
                        icon={<RotateCcw size={16} />}
                        onClick={() => restore(action.id)}
                      />
                    )}
                    <button
                      type="button"
                      className={styles.key}
                      aria-label={t`Change the key for: ${label}`}
                      aria-pressed={asked}
                      onClick={() => {
                        setAsking(asked ? undefined : action.id);
                        setRefused(undefined);
                      }}
                      onBlur={() => asked && setAsking(undefined)}
                      onKeyDown={asked ? onKeyDown(action) : undefined}
                    >
                      {asked ? t`Press keys…` : keys ? <KeyCap keys={keys} /> : t`None`}
                    </button>
                  </Row>
                );
              })}
          </div>
        </Section>
      ))}
      <Banner action={<Button onClick={() => keep({ keys: {} })}>{t`All as usual`}</Button>}>
        {t`While it waits for keys, Backspace leaves the action without one and Esc changes nothing.`}
      </Banner>
    </>
  );
}

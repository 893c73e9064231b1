import { Trans, useLingui } from '@lingui/react/macro';
import { openSettings } from '#/app/layout';
import { Button, Dialog, KeyCap } from '#/ui';
import { actions, keyOf } from './actions';
import css from './KeysDialog.module.css';

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const groups = [
    ['general', t`Everywhere`],
    ['navigation', t`Going somewhere`],
    ['conversation', t`In a conversation`],
    ['row', t`On a message that has the focus`],
  ] as const;
  return (
    <Dialog
      open
      size="l"
      title={<Trans>Keys</Trans>}
      onClose={onClose}
      footer={
        <Button
          variant="secondary"
          onClick={() => {
            onClose();
            openSettings('keys');
          }}
        >
          <Trans>Change keys</Trans>
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the long list is scrolled by keys */}
      <section className={css.groups} aria-label={t`All keys`} tabIndex={0} data-autofocus="">
        {groups.map(([group, name]) => (
          <section key={group}>
            <h3>{name}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group)
                .map((action) => {
                  const keys = keyOf(action.id);
                  return (
                    <div key={action.id} className={css.row}>
                      <dt>{i18n._(action.name)}</dt>
                      <dd>{keys ? <KeyCap keys={keys} /> : <span className={css.none}>–</span>}</dd>
                    </div>
                  );
                })}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}

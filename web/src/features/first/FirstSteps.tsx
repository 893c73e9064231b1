import { Trans, useLingui } from '@lingui/react/macro';
import { Camera } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { goTo, openDialog } from '#/app/layout';
import { Ways } from '#/features/community/Ways';
import { useAction } from '#/features/people/moderate';
import { useMe } from '#/store';
import {
  Avatar,
  Button,
  Dialog,
  FormDialog,
  type Preferences,
  pickPicture,
  RadioCards,
  setPreferences,
  TextField,
  usePreferences,
} from '#/ui';
import { firstStepsDone } from './due';
import css from './FirstSteps.module.css';

type Step = 0 | 1 | 2;

function Dots({ at }: { at: Step }) {
  const { t } = useLingui();
  return (
    <span className={css.dots} role="img" aria-label={t`Step ${at + 1} of 3`}>
      {[0, 1, 2].map((one) => (
        <i key={one} data-on={one === at || undefined} />
      ))}
    </span>
  );
}

/** Three steps for somebody new, each of which may be passed over. */
export default function FirstSteps({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>(0);
  const close = () => {
    firstStepsDone();
    onClose();
  };
  const next = () => (step === 2 ? close() : setStep((step + 1) as Step));
  if (step === 0) return <Picture onNext={next} onClose={close} />;
  if (step === 1) return <Look onNext={next} onClose={close} />;
  const away = (go: () => void) => () => {
    close();
    go();
  };
  return (
    <Dialog
      open
      size="s"
      title={<Trans>Where to begin?</Trans>}
      onClose={close}
      footer={
        <>
          <Dots at={2} />
          <Button variant="ghost" onClick={close}>
            <Trans>Look around first</Trans>
          </Button>
        </>
      }
    >
      <Ways
        discover={t`Communities open to all.`}
        onCreate={away(() => openDialog({ kind: 'add-community', step: 'create' }))}
        onJoin={away(() => openDialog({ kind: 'add-community', step: 'join' }))}
        onDiscover={away(() => goTo('/discover'))}
      />
    </Dialog>
  );
}

function Picture({ onNext, onClose }: { onNext: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const [name, setName] = useState(me?.global_name ?? '');
  const [avatar, setAvatar] = useState<string>();
  const { busy, error, act } = useAction(onNext);
  const changed = avatar || name.trim() !== (me?.global_name ?? '');
  const save = () => {
    if (!changed) return onNext();
    void act(() =>
      api('PATCH /users/@me', {
        body: { global_name: name.trim() || null, ...(avatar ? { avatar } : undefined) } as never,
      }),
    );
  };
  if (!me) return null;
  return (
    <FormDialog
      size="s"
      title={<Trans>Welcome, {me.global_name || me.username}</Trans>}
      description={<Trans>This is how others see you. Both can be changed at any time.</Trans>}
      onClose={onClose}
      onSubmit={save}
      action={<Trans>Next</Trans>}
      busy={busy}
      error={error}
      aside={<Dots at={0} />}
      cancel={<Trans>Skip</Trans>}
      onBack={onNext}
    >
      <button
        type="button"
        className={css.picture}
        onClick={() => void pickPicture(setAvatar)}
        aria-label={t`Choose a picture`}
      >
        <Avatar user={me} src={avatar} size={96} />
        <span className={css.camera}>
          <Camera aria-hidden="true" />
        </span>
      </button>
      <TextField
        label={<Trans>Display name</Trans>}
        placeholder={me.username}
        maxLength={32}
        value={name}
        data-autofocus=""
        onChange={setName}
      />
    </FormDialog>
  );
}

function Look({ onNext, onClose }: { onNext: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const theme = usePreferences((preferences) => preferences.theme);
  return (
    <Dialog
      open
      size="s"
      title={<Trans>Light or dark?</Trans>}
      onClose={onClose}
      onSubmit={onNext}
      footer={
        <>
          <Dots at={1} />
          <Button type="submit" variant="primary" data-autofocus="">
            <Trans>Next</Trans>
          </Button>
        </>
      }
    >
      <RadioCards<Preferences['theme']>
        label={t`Theme`}
        hideLabel
        value={theme}
        onChange={(value) => setPreferences({ theme: value })}
        options={[
          {
            value: 'system',
            label: t`As the system`,
            hint: t`Light by day, dark by night, if yours does that.`,
          },
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
          { value: 'coal', label: t`Coal`, hint: t`For screens that glow.` },
        ]}
      />
    </Dialog>
  );
}

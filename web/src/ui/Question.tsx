import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from './Button';
import type { Question } from './confirm';
import { Dialog } from './Dialog';

/** A question that waits for its answer. */
export function QuestionDialog({ question, done }: { question: Question; done: (yes: boolean) => void }) {
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (!question.run) return done(true);
    setBusy(true);
    try {
      await question.run();
      done(true);
    } catch {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      alert
      size="s"
      title={question.title}
      onClose={() => done(false)}
      footer={
        <>
          <Button variant="ghost" onClick={() => done(false)}>
            {t`Cancel`}
          </Button>
          <Button
            variant={question.danger ? 'danger' : 'primary'}
            busy={busy}
            data-autofocus=""
            onClick={() => void go()}
          >
            {question.action}
          </Button>
        </>
      }
    >
      {question.body}
    </Dialog>
  );
}

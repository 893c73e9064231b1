import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { create } from 'zustand';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface Question {
  title: ReactNode;
  body?: ReactNode;
  /** What the main button does, as a verb: "Delete". */
  action: string;
  danger?: boolean;
  /** Done while the dialog stays open and busy; a throw keeps it open. */
  run?: () => Promise<unknown>;
}

const useQuestions = create<{ list: (Question & { answer: (yes: boolean) => void; id: number })[] }>()(
  () => ({
    list: [],
  }),
);
let id = 0;

/** Asks before something that cannot be undone: `if (await confirm({ title, body, action, danger: true })) …`. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    id++;
    const entry = { ...question, id, answer: resolve };
    useQuestions.setState(({ list }) => ({ list: [...list, entry] }));
  });
}

function One({ question }: { question: Question & { answer: (yes: boolean) => void; id: number } }) {
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);
  const done = (yes: boolean) => {
    useQuestions.setState(({ list }) => ({ list: list.filter((other) => other.id !== question.id) }));
    question.answer(yes);
  };
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

export function Questions() {
  const list = useQuestions((state) => state.list);
  return list.map((question) => <One key={question.id} question={question} />);
}

import type { ReactNode } from 'react';
import { create } from 'zustand';
import { later } from './later';

const QuestionDialog = later(() => import('./Question').then((part) => part.QuestionDialog));

export interface Question {
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

/** Every open question. */
export function Questions() {
  const list = useQuestions((state) => state.list);
  return list.map((question) => (
    <QuestionDialog
      key={question.id}
      question={question}
      done={(yes) => {
        useQuestions.setState(({ list }) => ({ list: list.filter((other) => other.id !== question.id) }));
        question.answer(yes);
      }}
    />
  ));
}

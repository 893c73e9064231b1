import { lazy, Suspense, useEffect, useState } from 'react';
import { onSudo, type SudoMethods, type SudoProof } from '#/api/client';
import type { ApiError } from '#/api/error';

const Sudo = lazy(() => import('./Sudo'));

interface Question {
  methods: SudoMethods;
  refused: ApiError | undefined;
  answer: (proof: SudoProof | null) => void;
  serial: number;
}

let serial = 0;

/** Rendered once beside the routes: opens the proof's dialog when the server asks for it. */
export function SudoHost() {
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => {
    onSudo(
      (methods, refused) =>
        new Promise((resolve) => {
          serial++;
          setQuestion({ methods, refused, serial, answer: resolve });
        }),
    );
  }, []);
  if (!question) return null;
  return (
    <Suspense>
      <Sudo
        key={question.serial}
        methods={question.methods}
        refused={question.refused}
        onDone={(proof) => {
          setQuestion(null);
          question.answer(proof);
        }}
      />
    </Suspense>
  );
}

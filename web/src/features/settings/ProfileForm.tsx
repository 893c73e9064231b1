import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ColorPicker, TextArea, TextField } from '#/ui';
import type { FormOf, useForm } from './form';
import styles from './Profile.module.css';
import { SaveBar } from './SaveBar';

interface ProfileFormProps {
  form: Pick<ReturnType<typeof useForm>, 'dirty' | 'busy' | 'reset'>;
  onSave: () => unknown;
  preview: ReactNode;
  children: ReactNode;
}

/** A profile being changed, beside what it will look like. */
export function ProfileForm({ form, onSave, preview, children }: ProfileFormProps) {
  return (
    <div className={styles.columns}>
      <div className={styles.fields}>{children}</div>
      {preview}
      <div className={styles.bar}>
        <SaveBar dirty={form.dirty} busy={form.busy} onSave={onSave} onDiscard={form.reset} />
      </div>
    </div>
  );
}

interface AboutFieldsProps {
  form: FormOf<{ pronouns: string; bio: string; accent_color: number | null }>;
  hint?: string;
  /** What holds while they are empty. */
  under?: { pronouns?: string | null | undefined; bio?: string | null | undefined };
}

/** What a person says about themselves, everywhere or in one community. */
export function AboutFields({ form: { values, errors, set }, hint, under }: AboutFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        label={t`Pronouns`}
        optional
        counter={40}
        placeholder={under?.pronouns ?? ''}
        value={values.pronouns}
        error={errors['pronouns']}
        onChange={(pronouns) => set({ pronouns })}
      />
      <TextArea
        label={t`About me`}
        optional
        hint={hint}
        counter={320}
        placeholder={under?.bio ?? ''}
        value={values.bio}
        error={errors['bio']}
        onChange={(bio) => set({ bio })}
      />
      <ColorPicker
        label={t`Profile colour`}
        optional
        value={values.accent_color}
        onChange={(accent_color) => set({ accent_color })}
      />
    </>
  );
}

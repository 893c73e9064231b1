import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Avatar, Button, Cropper, pickFiles } from '#/ui';
import css from './guild.module.css';

interface Props {
  label: string;
  /** Name and seed of what is drawn without a picture; absent for banners. */
  drawn?: { name: string; seed: string };
  ratio: number;
  width: number;
  /** Where the saved one is. */
  src: string | undefined;
  /** A data URL when new, null when taken away, undefined while unchanged. */
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  error?: string | undefined;
}

/** A picture of a community: shown, replaced, taken away. */
export function Picture({ label, drawn, ratio, width, src, value, onChange, error }: Props) {
  const { t } = useLingui();
  const [file, setFile] = useState<File | null>(null);
  const shown = value === undefined ? src : (value ?? undefined);
  return (
    <div className={css.picture}>
      <span className={css.label}>{label}</span>
      {drawn ? (
        <Avatar name={drawn.name} seed={drawn.seed} src={shown ?? null} size={80} shape="square" />
      ) : shown ? (
        <img className={css.strip} style={{ aspectRatio: ratio }} src={shown} alt="" />
      ) : (
        <div className={css.strip} style={{ aspectRatio: ratio }} />
      )}
      <div className={css.tools}>
        <Button
          size="s"
          aria-label={`${label}: ${t`Choose`}`}
          onClick={async () => setFile((await pickFiles({ accept: 'image/*' }))[0] ?? null)}
        >
          {t`Choose`}
        </Button>
        {shown && (
          <Button
            size="s"
            variant="ghost"
            aria-label={`${label}: ${t`Remove`}`}
            onClick={() => onChange(null)}
          >
            {t`Remove`}
          </Button>
        )}
      </div>
      {error && (
        <p role="alert" style={{ color: 'var(--danger)' }}>
          {error}
        </p>
      )}
      {file && (
        <Cropper
          file={file}
          ratio={ratio}
          width={width}
          onClose={() => setFile(null)}
          onDone={({ dataUrl }) => {
            setFile(null);
            onChange(dataUrl);
          }}
        />
      )}
    </div>
  );
}

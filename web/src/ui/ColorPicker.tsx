import { useLingui } from '@lingui/react/macro';
import { Ban, Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import styles from './ColorPicker.module.css';
import { contrast, fromNumber, oklch, toHex, toNumber } from './color';
import { cx } from './cx';
import looks from './looks.module.css';
import { Slider } from './Slider';
import { TextField } from './TextField';

interface ColorPickerProps {
  label: ReactNode;
  /** As on the wire: 0xRRGGBB; null or 0 is none. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** Offers "no colour". */
  optional?: boolean;
}

const hues = [25, 50, 80, 110, 145, 175, 210, 245, 280, 310, 340, 5];
const swatches = hues.map((hue) => toNumber(oklch(0.68, 0.16, hue)));

/** Swatches in one lightness, a free hue, and a hexadecimal field; says when a colour reads badly as text. */
export function ColorPicker({ label, value, onChange, optional }: ColorPickerProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string | null>(null);
  const [hue, setHue] = useState(280);
  const rgb = fromNumber(value ?? 0);
  const onDark = contrast(rgb, oklch(0.235, 0.012, 280));
  const onLight = contrast(rgb, oklch(0.99, 0.002, 280));
  const bad = value !== null && (onDark < 4.5 || onLight < 4.5);
  const hex = value === null ? '' : toHex(value);
  const onType = (text: string) => {
    setTyped(text);
    const digits = text.replace(/^#/, '');
    const full = /^[0-9a-f]{3}$/i.test(digits) ? [...digits].map((digit) => digit + digit).join('') : digits;
    if (/^[0-9a-f]{6}$/i.test(full)) onChange(Number.parseInt(full, 16));
  };
  return (
    <fieldset className={styles.picker}>
      <legend className={looks.legend}>{label}</legend>
      <div className={styles.swatches}>
        {optional && (
          <button
            type="button"
            className={cx(styles.swatch, styles.none)}
            aria-label={t`No colour`}
            aria-pressed={value === null}
            onClick={() => onChange(null)}
          >
            <Ban size={16} aria-hidden />
          </button>
        )}
        {swatches.map((swatch) => (
          <button
            key={swatch}
            type="button"
            className={styles.swatch}
            style={{ backgroundColor: toHex(swatch) }}
            aria-label={toHex(swatch)}
            aria-pressed={swatch === value}
            onClick={() => {
              setTyped(null);
              onChange(swatch);
            }}
          >
            {swatch === value && <Check size={16} strokeWidth={3} aria-hidden />}
          </button>
        ))}
      </div>
      <div className={styles.row}>
        <Slider
          label={t`Hue`}
          hideLabel
          value={hue}
          min={0}
          max={359}
          track={hueTrack}
          format={(at) => `${at}°`}
          onChange={(at) => {
            setHue(at);
            setTyped(null);
            onChange(toNumber(oklch(0.68, 0.16, at)));
          }}
        />
        <TextField
          label={t`Hexadecimal`}
          hideLabel
          dir="ltr"
          maxLength={7}
          placeholder="#99aab5"
          value={typed ?? hex}
          onChange={onType}
          onBlur={() => setTyped(null)}
          icon={
            <span className={styles.chip} style={{ backgroundColor: hex || undefined }} aria-hidden="true" />
          }
        />
      </div>
      {bad && (
        <p className={styles.hint}>
          {onDark < 4.5
            ? t`Hard to read on dark; names are shown in a lighter shade there.`
            : t`Hard to read on light; names are shown in a darker shade there.`}
        </p>
      )}
    </fieldset>
  );
}

/** A band of all hues, for sliders. */
export const hueTrack = `linear-gradient(to right, ${Array.from({ length: 13 }, (_, i) => `oklch(0.68 0.14 ${i * 30})`).join(', ')})`;

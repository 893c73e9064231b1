import { useLingui } from '@lingui/react/macro';
import { useSettings } from '#/store';
import { hueTrack, type Preferences, RadioCards, Segmented, Slider, Switch, usePreferences } from '#/ui';
import styles from './Appearance.module.css';
import { CustomCss } from './CustomCss';
import { Section } from './Frame';
import { keep, useSave } from './form';

type Theme = Preferences['theme'];

/** A tiny picture of a theme: rail, sidebar, lines of talk. */
function Sketch({ theme }: { theme: Theme }) {
  const half = theme === 'system';
  return (
    <span className={styles.sketch} data-sketch={half ? 'dark' : theme} aria-hidden="true">
      {half && (
        <span className={styles.half}>
          <Sketch theme="light" />
        </span>
      )}
      <span className={styles.rail} />
      <span className={styles.sidebar} />
      <span className={styles.chat}>
        <span className={styles.line} />
        <span className={styles.line} />
        <span className={styles.bubble} />
      </span>
    </span>
  );
}

export default function Appearance() {
  const { t } = useLingui();
  const look = usePreferences();
  const settings = useSettings();
  const save = useSave();
  const themes: { value: Theme; label: string }[] = [
    { value: 'system', label: t`As the system` },
    { value: 'light', label: t`Light` },
    { value: 'dark', label: t`Dark` },
    { value: 'coal', label: t`Coal` },
  ];
  const px = (value: number) => t`${value} px`;
  const density = (value: Preferences['density']) => {
    keep({ density: value });
    const compact = value === 'compact';
    if (settings && settings.message_display_compact !== compact) save({ message_display_compact: compact });
  };
  return (
    <>
      <Section title={t`Theme`}>
        <RadioCards
          label={t`Theme`}
          hideLabel
          columns
          options={themes.map((theme) => ({ ...theme, preview: <Sketch theme={theme.value} /> }))}
          value={look.theme}
          onChange={(theme) => {
            keep({ theme });
            if (settings) save({ theme });
          }}
        />
        <Slider
          label={t`Accent`}
          value={look.accentHue}
          min={0}
          max={359}
          track={hueTrack}
          format={(hue) => `${hue}°`}
          onChange={(accentHue) => keep({ accentHue })}
        />
        <Slider
          label={t`Saturation`}
          value={look.saturation}
          min={0}
          max={100}
          step={5}
          format={(value) => `${value} %`}
          onChange={(saturation) => keep({ saturation })}
        />
      </Section>
      <Section title={t`Messages`}>
        <div className={styles.sample} data-density={look.density}>
          <Sample
            name="Ana"
            text={t`The 14:02 to the coast is on time.`}
            compact={look.density === 'compact'}
          />
          <Sample name="Ben" text={t`I bring tea and the map.`} compact={look.density === 'compact'} />
        </div>
        <Segmented
          label={t`Density`}
          hideLabel={false}
          options={[
            { value: 'comfortable', label: t`Comfortable` },
            { value: 'cosy', label: t`Cosy` },
            { value: 'compact', label: t`Compact` },
          ]}
          value={look.density}
          onChange={density}
        />
        <Slider
          label={t`Size of text`}
          value={look.chatFont}
          min={12}
          max={24}
          format={px}
          onChange={(chatFont) => keep({ chatFont })}
        />
        <Slider
          label={t`Space between groups`}
          value={look.groupGap}
          min={0}
          max={24}
          step={2}
          format={px}
          onChange={(groupGap) => keep({ groupGap })}
        />
        <div>
          <Switch
            label={t`Long lines`}
            hint={t`Lets text run over the whole width of a wide window.`}
            checked={look.wideLines}
            onChange={(wideLines) => keep({ wideLines })}
          />
        </div>
        <Segmented
          label={t`Pictures and videos`}
          hideLabel={false}
          options={[
            { value: 'large', label: t`Large` },
            { value: 'small', label: t`Small` },
          ]}
          value={look.mediaSize}
          onChange={(mediaSize) => keep({ mediaSize })}
        />
      </Section>
      <CustomCss />
    </>
  );
}

function Sample({ name, text, compact }: { name: string; text: string; compact: boolean }) {
  return (
    <div className={styles.message}>
      {!compact && <span className={styles.dot}>{name[0]}</span>}
      <div>
        <strong>{name}</strong> <span className={styles.time}>14:02</span>
        {compact ? ' ' : <br />}
        {text}
      </div>
    </div>
  );
}

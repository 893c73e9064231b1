import { useLingui } from '@lingui/react/macro';
import { useSettings } from '#/store';
import { Segmented, Select, Slider, Switch, usePreferences } from '#/ui';
import { Section } from './Frame';
import { keep, useSave } from './form';

export default function Accessibility() {
  const { t } = useLingui();
  const look = usePreferences();
  const settings = useSettings();
  const save = useSave();
  return (
    <>
      <Section title={t`Seeing`}>
        <Segmented
          label={t`Contrast`}
          hideLabel={false}
          options={[
            { value: 'system', label: t`As the system` },
            { value: 'more', label: t`High` },
            { value: 'normal', label: t`Normal` },
          ]}
          value={look.contrast}
          onChange={(contrast) => keep({ contrast })}
        />
        <Select
          label={t`Typeface`}
          options={[
            { value: 'inter', label: 'Inter' },
            { value: 'hyperlegible', label: 'Atkinson Hyperlegible' },
            { value: 'system', label: t`The system's own` },
          ]}
          value={look.font}
          onChange={(font) => keep({ font })}
        />
        <Segmented
          label={t`Colours of roles`}
          hideLabel={false}
          options={[
            { value: 'name', label: t`On names` },
            { value: 'dot', label: t`As a dot` },
            { value: 'off', label: t`Off` },
          ]}
          value={look.roleColors}
          onChange={(roleColors) => keep({ roleColors })}
        />
        <div>
          <Switch
            label={t`Underline links`}
            checked={look.underlineLinks}
            onChange={(underlineLinks) => keep({ underlineLinks })}
          />
          <Switch
            label={t`Thick focus ring`}
            hint={t`Shows more strongly where the keyboard is.`}
            checked={look.strongFocus}
            onChange={(strongFocus) => keep({ strongFocus })}
          />
        </div>
      </Section>
      <Section title={t`Motion`}>
        <Segmented
          label={t`Animation`}
          hideLabel={false}
          options={[
            { value: 'system', label: t`As the system` },
            { value: 'reduced', label: t`Reduced` },
            { value: 'full', label: t`Full` },
          ]}
          value={look.motion}
          onChange={(motion) => keep({ motion })}
        />
        {settings && (
          <>
            <div>
              <Switch
                label={t`Play GIFs by themselves`}
                hint={t`Otherwise when pointed at or focused.`}
                checked={settings.gif_auto_play}
                onChange={(gif_auto_play) => save({ gif_auto_play })}
              />
              <Switch
                label={t`Animate emoji`}
                checked={settings.animate_emoji}
                onChange={(animate_emoji) => save({ animate_emoji })}
              />
            </div>
            <Segmented
              label={t`Animate stickers`}
              hideLabel={false}
              options={[
                { value: 0, label: t`Always` },
                { value: 1, label: t`When pointed at` },
                { value: 2, label: t`Never` },
              ]}
              value={settings.animate_stickers}
              onChange={(animate_stickers) => save({ animate_stickers: animate_stickers as 0 })}
            />
          </>
        )}
      </Section>
      <Section title={t`Listening`}>
        <Select
          label={t`Announce new messages`}
          hint={t`In the channel that is open, to a screen reader.`}
          options={[
            { value: 'all', label: t`All, with their text` },
            { value: 'mentions', label: t`Mentions and direct messages` },
            { value: 'count', label: t`Only how many` },
            { value: 'off', label: t`None` },
          ]}
          value={look.announce}
          onChange={(announce) => keep({ announce })}
        />
        <div>
          <Switch
            label={t`Say who is typing`}
            checked={look.announceTyping}
            onChange={(announceTyping) => keep({ announceTyping })}
          />
          <Switch
            label={t`Reader mode`}
            hint={t`All loaded messages are in the page, more come by buttons, and nothing hides until you point at it.`}
            checked={look.readerMode}
            onChange={(readerMode) => keep({ readerMode })}
          />
        </div>
        <Slider
          label={t`Speed of speech`}
          hint={t`For messages read aloud.`}
          value={look.speechRate}
          min={0.5}
          max={2}
          step={0.1}
          format={(value) => `${value.toFixed(1)}×`}
          onChange={(speechRate) => keep({ speechRate })}
        />
      </Section>
      <Section title={t`Keyboard`} lines>
        <Switch
          label={t`Show keys in menus and hints`}
          checked={look.keyHints}
          onChange={(keyHints) => keep({ keyHints })}
        />
        <Switch
          label={t`Single letters on messages`}
          hint={t`R replies, E edits and so on, while a message has the focus.`}
          checked={look.singleKeys}
          onChange={(singleKeys) => keep({ singleKeys })}
        />
        <Switch
          label={t`Keys that browsers use too`}
          hint={t`For example Ctrl+F for the search here instead of the browser's.`}
          checked={look.browserKeys}
          onChange={(browserKeys) => keep({ browserKeys })}
        />
      </Section>
    </>
  );
}

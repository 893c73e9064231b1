// Every component in its states, on one page: looked at by people, pictured and measured by tests.
import { type Preferences, Segmented, setPreferences, usePreferences, Wordmark } from '#/ui';
import { Content } from './Content';
import { Controls } from './Controls';
import { Foundations } from './Foundations';
import styles from './Gallery.module.css';
import { Overlaid } from './Overlaid';

const themes: { value: Preferences['theme']; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'coal', label: 'Coal' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'System' },
];

export default function Gallery() {
  const theme = usePreferences((p) => p.theme);
  const contrast = usePreferences((p) => p.contrast);
  return (
    <main className={styles.page}>
      <header className={styles.bar}>
        <h1>
          <Wordmark name="Gallery" />
        </h1>
        <Segmented
          label="Theme"
          options={themes}
          value={theme}
          onChange={(value) => setPreferences({ theme: value })}
        />
        <Segmented
          label="Contrast"
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'more', label: 'High contrast' },
          ]}
          value={contrast === 'more' ? 'more' : 'system'}
          onChange={(value) => setPreferences({ contrast: value as Preferences['contrast'] })}
        />
        <Segmented
          label="Direction"
          options={[
            { value: 'ltr', label: 'LTR' },
            { value: 'rtl', label: 'RTL' },
          ]}
          value={document.documentElement.dir || 'ltr'}
          onChange={(value) => {
            document.documentElement.dir = value;
            setPreferences({ accentHue: usePreferences.getState().accentHue });
          }}
        />
      </header>
      <div className={styles.sections}>
        <Foundations />
        <Controls />
        <Content />
        <Overlaid />
      </div>
    </main>
  );
}

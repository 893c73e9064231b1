import {
  ChatDrawing,
  CommunityDrawing,
  ErrorDrawing,
  hueTrack,
  InboxDrawing,
  LockDrawing,
  Logo,
  PeopleDrawing,
  SearchDrawing,
  Slider,
  setPreferences,
  usePreferences,
  Wordmark,
} from '#/ui';
import styles from './Gallery.module.css';

const surfaces = ['rail', 'sidebar', 'chat', 'raised', 'field', 'mention'];
const texts = ['text-1', 'text-2', 'text-3', 'link', 'accent-text', 'positive', 'warning', 'danger'];
const sizes = [28, 22, 18, 16, 14, 13, 12];

export function Foundations() {
  const hue = usePreferences((p) => p.accentHue);
  return (
    <>
      <section className={styles.section}>
        <h2>Colour</h2>
        <div className={styles.tokens}>
          {surfaces.map((surface) => (
            <div key={surface} className={styles.surface} style={{ background: `var(--surface-${surface})` }}>
              <strong>{surface}</strong>
              {(surface === 'rail' ? texts.slice(0, 5) : texts).map((text) => (
                <div key={text} style={{ color: `var(--${text})` }}>
                  {text}
                </div>
              ))}
            </div>
          ))}
        </div>
        <div className={styles.grid}>
          <Slider
            label="Accent"
            value={hue}
            min={0}
            max={359}
            track={hueTrack}
            format={(value) => `${value}°`}
            onChange={(accentHue) => setPreferences({ accentHue })}
          />
        </div>
      </section>
      <section className={styles.section}>
        <h2>Type</h2>
        <div className={styles.type}>
          {sizes.map((size) => (
            <p
              key={size}
              style={{
                fontSize: `var(--size-${size})`,
                lineHeight: `var(--line-${size})`,
                fontWeight: size > 16 ? 600 : 400,
              }}
            >
              {size} The quick brown fox jumps over 0123456789 lazy dogs
            </p>
          ))}
          <p>
            <em>Italic</em>, <strong>strong</strong>, <code>code: const x = 0xFF;</code>, Grüße, Здравствуйте,
            Γειά σου, xin chào, 日本語, <bdi>العربية</bdi>, <bdi>עברית</bdi>
          </p>
        </div>
      </section>
      <section className={styles.section}>
        <h2>Mark and drawings</h2>
        <div className={styles.row}>
          <Wordmark size={40} />
          <Logo size={64} />
          <Logo size={32} />
          <Logo size={16} />
        </div>
        <div className={styles.row}>
          <ChatDrawing />
          <PeopleDrawing />
          <SearchDrawing />
          <InboxDrawing />
          <CommunityDrawing />
          <ErrorDrawing />
          <LockDrawing />
        </div>
      </section>
    </>
  );
}

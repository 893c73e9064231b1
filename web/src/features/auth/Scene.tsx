// A still life of a conversation, drawn with the theme's own colours: decoration only.
import css from './scene.module.css';

const rows = [
  { hue: 30, lines: [62, 38], you: false },
  { hue: 200, lines: [46], you: false, reaction: true },
  { hue: 280, lines: [74, 52], you: true },
  { hue: 140, lines: [0], you: false, picture: true },
  { hue: 330, lines: [30], you: false },
];

export function Scene() {
  return (
    <div className={css.scene} aria-hidden="true">
      <div className={css.glow} />
      <div className={css.window}>
        {rows.map((row, index) => (
          <div
            key={row.hue}
            className={css.row}
            data-you={row.you || undefined}
            style={{ '--n': index, '--h': row.hue } as React.CSSProperties}
          >
            <span className={css.avatar} />
            <span className={css.bubble}>
              {row.picture ? (
                <svg viewBox="0 0 200 96" className={css.picture} aria-hidden="true">
                  <path d="M0 70 40 40l34 26 44-42 82 62v10H0Z" fill="currentcolor" opacity=".5" />
                  <circle cx="158" cy="26" r="12" fill="currentcolor" />
                </svg>
              ) : (
                row.lines.map((width) => (
                  <span key={width} className={css.line} style={{ inlineSize: `${width}%` }} />
                ))
              )}
              {row.reaction && (
                <span className={css.reaction}>
                  <span /> <span />
                </span>
              )}
            </span>
          </div>
        ))}
        <div className={css.composer}>
          <span className={css.caret} />
        </div>
      </div>
    </div>
  );
}

import { useLingui } from '@lingui/react/macro';
import { discovery, useSession } from '#/store';
import { Wordmark } from '#/ui';
import { CopyButton } from './CopyButton';
import { Row, Section } from './Frame';

const licences: [name: string, licence: string][] = [
  ['React', 'MIT'],
  ['TanStack Router, TanStack Virtual', 'MIT'],
  ['Lingui', 'MIT'],
  ['Lucide', 'ISC'],
  ['zustand', 'MIT'],
  ['highlight.js', 'BSD-3-Clause'],
  ['emojibase', 'MIT'],
  ['SimpleWebAuthn', 'MIT'],
  ['uqr, idb, thumbhash', 'MIT, ISC, MIT'],
  ['Inter', 'OFL-1.1'],
  ['JetBrains Mono', 'OFL-1.1'],
  ['Atkinson Hyperlegible Next', 'OFL-1.1'],
];

export default function About() {
  const { t } = useLingui();
  const { phase } = useSession();
  const { api_code_version, endpoints } = discovery();
  // Nothing that says who one is or what one has written.
  const facts = [
    `server ${endpoints.webapp}, api ${api_code_version}`,
    `connection ${phase}`,
    navigator.userAgent,
    `${innerWidth}×${innerHeight} @${devicePixelRatio}, ${document.documentElement.dataset['theme']}`,
    `${navigator.language}, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`,
  ].join('\n');
  return (
    <>
      <Section>
        <Wordmark size={36} />
        <p>{t`Free software for talking with each other, on a server of your own.`}</p>
      </Section>
      <Section title={t`Versions`} lines>
        <Row title={t`Server`} text={endpoints.webapp} />
        <Row title={t`Interface of the server`} text={String(api_code_version)} />
      </Section>
      <Section
        title={t`Diagnostics`}
        hint={t`For a report of something that does not work. Holds no messages and no keys.`}
      >
        <pre style={{ whiteSpace: 'pre-wrap', color: 'var(--text-2)' }}>{facts}</pre>
        <div>
          <CopyButton text={facts} />
        </div>
      </Section>
      <Section title={t`Made with`} lines>
        {licences.map(([name, licence]) => (
          <Row key={name} title={name} text={licence} />
        ))}
      </Section>
    </>
  );
}

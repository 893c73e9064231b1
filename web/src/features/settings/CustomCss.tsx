import { useLingui } from '@lingui/react/macro';
import { Download, Share2, Upload } from 'lucide-react';
import { useState } from 'react';
import { api } from '#/api/client';
import { absolute, themePath } from '#/app/links';
import { complaint } from '#/features/themes/complaint';
import {
  Banner,
  Button,
  Dialog,
  pickFiles,
  Switch,
  safeMode,
  TextArea,
  TextField,
  toast,
  usePreferences,
} from '#/ui';
import styles from './Appearance.module.css';
import { CopyButton } from './CopyButton';
import { Section } from './Frame';
import { keep, useRun } from './form';

export function CustomCss() {
  const { t } = useLingui();
  const css = usePreferences((p) => p.customCss);
  const on = usePreferences((p) => p.customCssOn);
  const [text, setText] = useState(css);
  const { busy, run } = useRun();
  const [link, setLink] = useState<string | null>(null);
  const [foreign, setForeign] = useState<string | null>(null);
  const found = complaint(text);
  const error =
    found === 'import'
      ? t`@import is not allowed.`
      : found === 'url'
        ? t`Addresses may only be data: images or media of this server.`
        : found === 'size'
          ? t`At most 256 KB.`
          : undefined;
  const load = async () => {
    const file = (await pickFiles({ accept: '.css,text/css' }))[0];
    if (!file) return;
    const content = await file.text();
    if (complaint(content))
      toast({ kind: 'error', text: t`This file loads things from elsewhere or is too large.` });
    else setForeign(content);
  };
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/css' }));
    link.download = 'theme.css';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const share = () =>
    run(async () => {
      const { id } = await api('POST /users/@me/themes', { body: { css: text } });
      setLink(absolute(themePath(id)));
    });
  const apply = (next: string) => {
    setText(next);
    keep({ customCss: next, customCssOn: true });
  };
  return (
    <Section
      title={t`Your own CSS`}
      hint={t`Wins over everything. If it makes the page unusable, open it with ?safe=1 at the end of the address.`}
    >
      {safeMode && (
        <Banner>{t`Safe mode: your CSS is left out until you open the page without ?safe=1.`}</Banner>
      )}
      <Switch label={t`Use my CSS`} checked={on} onChange={(customCssOn) => keep({ customCssOn })} />
      <TextArea
        label={t`CSS`}
        hideLabel
        code
        spellCheck={false}
        placeholder={':root {\n  --accent-hue: 160;\n}'}
        value={text}
        error={error}
        onChange={setText}
      />
      <div className={styles.actions}>
        <Button variant="primary" disabled={text === css || error !== undefined} onClick={() => apply(text)}>
          {t`Apply`}
        </Button>
        <Button variant="ghost" icon={<Upload size={16} />} onClick={() => void load()}>{t`Import`}</Button>
        <Button
          variant="ghost"
          icon={<Download size={16} />}
          disabled={!text}
          onClick={save}
        >{t`Export`}</Button>
        <Button
          variant="ghost"
          icon={<Share2 size={16} />}
          disabled={!text.trim() || error !== undefined}
          busy={busy}
          onClick={() => void share()}
        >{t`Share`}</Button>
      </div>
      {link && (
        <div className={styles.actions}>
          <TextField label={t`Link to this theme`} value={link} readOnly />
          <CopyButton text={link} />
        </div>
      )}
      <Dialog
        open={foreign !== null}
        size="s"
        title={t`Use this CSS?`}
        description={t`It can change and hide anything on the page. Take it only from people you trust.`}
        onClose={() => setForeign(null)}
        footer={
          <>
            <Button variant="ghost" onClick={() => setForeign(null)}>{t`Cancel`}</Button>
            <Button
              variant="primary"
              onClick={() => {
                apply(foreign ?? '');
                setForeign(null);
              }}
            >{t`Use it`}</Button>
          </>
        }
      />
    </Section>
  );
}

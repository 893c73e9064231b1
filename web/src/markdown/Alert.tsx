import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import Info from 'lucide-react/icons/info';
import Lightbulb from 'lucide-react/icons/lightbulb';
import MessageSquareWarning from 'lucide-react/icons/message-square-warning';
import OctagonAlert from 'lucide-react/icons/octagon-alert';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import styles from './markdown.module.css';
import type { AlertKind } from './types';

const alerts = {
  note: { icon: Info, label: msg`Note` },
  tip: { icon: Lightbulb, label: msg`Tip` },
  important: { icon: MessageSquareWarning, label: msg`Important` },
  warning: { icon: TriangleAlert, label: msg`Warning` },
  caution: { icon: OctagonAlert, label: msg`Caution` },
} as const;

export function AlertTitle({ kind }: { kind: AlertKind }) {
  const { t } = useLingui();
  const { icon: Icon, label } = alerts[kind];
  return (
    <strong className={styles.alertTitle}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {t(label)}
    </strong>
  );
}

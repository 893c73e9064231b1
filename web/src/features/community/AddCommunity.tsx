import { Trans, useLingui } from '@lingui/react/macro';
import { Compass, Link2, Plus } from 'lucide-react';
import { useState } from 'react';
import { goTo } from '#/app/layout';
import { Dialog } from '#/ui';
import css from './Community.module.css';
import { CreateCommunity } from './CreateCommunity';
import { JoinCommunity } from './JoinCommunity';

type Step = 'choose' | 'create' | 'join';
type Props = { request: { step?: 'create' | 'join' }; onClose: () => void };

/** A community of one's own, an invite, or a look around. */
export default function AddCommunity({ request, onClose }: Props) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>(request.step ?? 'choose');
  if (step === 'create') return <CreateCommunity onClose={onClose} onBack={() => setStep('choose')} />;
  if (step === 'join') return <JoinCommunity onClose={onClose} onBack={() => setStep('choose')} />;
  const ways = [
    {
      icon: <Plus />,
      name: t`Create a community`,
      text: t`For friends, a club, a project.`,
      go: () => setStep('create'),
    },
    {
      icon: <Link2 />,
      name: t`Join with an invite`,
      text: t`You have a link or a code.`,
      go: () => setStep('join'),
    },
    {
      icon: <Compass />,
      name: t`Discover`,
      text: t`See which communities are open to all.`,
      go: () => {
        onClose();
        goTo('/discover');
      },
    },
  ];
  return (
    <Dialog open size="s" title={<Trans>Add a community</Trans>} onClose={onClose}>
      <ul className={css.ways}>
        {ways.map((way) => (
          <li key={way.name}>
            <button type="button" className={css.way} onClick={way.go}>
              {way.icon}
              <span>
                <b>{way.name}</b>
                <span>{way.text}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

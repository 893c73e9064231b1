import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { goTo } from '#/app/layout';
import { Dialog } from '#/ui';
import { CreateCommunity } from './CreateCommunity';
import { JoinCommunity } from './JoinCommunity';
import { Ways } from './Ways';

type Step = 'choose' | 'create' | 'join';
type Props = { request: { step?: 'create' | 'join' }; onClose: () => void };

/** A community of one's own, an invite, or a look around. */
export default function AddCommunity({ request, onClose }: Props) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>(request.step ?? 'choose');
  if (step === 'create') return <CreateCommunity onClose={onClose} onBack={() => setStep('choose')} />;
  if (step === 'join') return <JoinCommunity onClose={onClose} onBack={() => setStep('choose')} />;
  return (
    <Dialog open size="s" title={<Trans>Add a community</Trans>} onClose={onClose}>
      <Ways
        discover={t`See which communities are open to all.`}
        onCreate={() => setStep('create')}
        onJoin={() => setStep('join')}
        onDiscover={() => {
          onClose();
          goTo('/discover');
        }}
      />
    </Dialog>
  );
}

import { Trans } from '@lingui/react/macro';
import { Component, type ReactNode } from 'react';
import { Button, EmptyState } from '#/ui';

type Props = { name: string; children: ReactNode };

type State = { error: Error | null; name: string };

/** A pane that broke says so and can be loaded again, or left; the others go on. */
export class PaneBoundary extends Component<Props, State> {
  override state: State = { error: null, name: this.props.name };

  static getDerivedStateFromProps({ name }: Props, state: State) {
    return name === state.name ? null : { error: null, name };
  }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown) {
    console.error(error);
  }

  private copy = () => {
    const { error } = this.state;
    const details = [this.props.name, location.pathname, navigator.userAgent, error?.stack ?? error?.message];
    void navigator.clipboard?.writeText(details.join('\n'));
  };

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <EmptyState
        title={<Trans>This part stopped working</Trans>}
        text={<Trans>The rest goes on. What you wrote is kept.</Trans>}
        action={
          <>
            <Button variant="primary" onClick={() => this.setState({ error: null })}>
              <Trans>Load it again</Trans>
            </Button>
            <Button variant="ghost" onClick={this.copy}>
              <Trans>Copy details</Trans>
            </Button>
          </>
        }
      />
    );
  }
}

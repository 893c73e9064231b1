// Shows the view of the address. A change of place is a transition: what is there stays until what comes can be
// drawn, and typing goes before it.
import {
  type ComponentType,
  createContext,
  Suspense,
  startTransition,
  use,
  useEffect,
  useEffectEvent,
  useState,
} from 'react';
import { type Address, address, onAddress, onLeave } from './navigation';
import { match, type Params, type Route } from './routes';
import { PaneBoundary } from './shell/PaneBoundary';

interface Here extends Address {
  params: Params;
  route: Route | undefined;
}

const Place = createContext<Here>({ ...address(), params: {}, route: undefined });

/** The address as it is shown: during a change of place it is still the old one. */
export const useAddress = (): Address => use(Place);
export const useParams = (): Params => use(Place).params;
export const useCanGoBack = (): boolean => use(Place).index > 0;

/** Asks before leaving while `active`; `stay` says whether to. */
export function useLeaveGuard(active: boolean, stay: () => Promise<boolean>): void {
  const ask = useEffectEvent(stay);
  useEffect(() => {
    if (!active) return;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', unload);
    const end = onLeave(() => ask());
    return () => {
      window.removeEventListener('beforeunload', unload);
      end();
    };
  }, [active]);
}

interface Props {
  routes: readonly Route[];
  /** The frame of the views behind the sign-in; it stays while they change. */
  frame: ComponentType<object>;
  nothing: ComponentType<object>;
}

export function Router({ routes, frame: Frame, nothing: Nothing }: Props) {
  const [here, setHere] = useState(address);
  useEffect(() => {
    const arrive = () => startTransition(() => setHere(address()));
    const end = onAddress(arrive);
    arrive();
    return end;
  }, []);
  const found = match(routes, here.path);
  const View = found?.route.View ?? Nothing;
  return (
    <Place value={{ ...here, params: found?.params ?? {}, route: found?.route }}>
      <PaneBoundary name={here.path}>
        <Suspense fallback={null}>{found?.route.inside ? <Frame /> : <View />}</Suspense>
      </PaneBoundary>
    </Place>
  );
}

/** The view of the address, where its frame wants it. */
export function Outlet() {
  const { route } = use(Place);
  return route ? <route.View /> : null;
}

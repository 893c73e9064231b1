import { NothingHere } from '../states';
import page from '../states.module.css';
import css from './ChannelView.module.css';
import { ListsButton } from './PaneTop';
import top from './PaneTop.module.css';

/** A channel that is not there, beside the lists of those that are. */
export function Nothing() {
  return (
    <main className={css.main} tabIndex={-1}>
      <header className={top.top}>
        <ListsButton />
      </header>
      <div className={page.page}>
        <NothingHere />
      </div>
    </main>
  );
}

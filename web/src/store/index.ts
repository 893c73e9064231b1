// The store as the interface sees it. Rows are immutable; a component listens to one key of one table or list.
import './life';

export {
  edit,
  openDm,
  pin,
  react,
  remove,
  setStatus,
  updateChannelOverride,
  updateGuildSettings,
  updateSettings,
} from './actions';
export { onDispatch } from './apply';
export { forget, keep, kept, onAccount } from './device';
export * from './hooks';
export { onOutcome } from './outcomes';
export { knownMembers, needMembers, searchMembers } from './people';
export { ack, ackMany, ackPins, isRead, markUnread, reading } from './reading';
export { discard, editPending, retry, send } from './sending';
export { discovery, loadDiscovery, session, useSession } from './session';
export { openGuild, watchMembers } from './subscriptions';
export { isLeader, onTabs } from './tabs';
export * from './types';
export { startTyping } from './typing';
export { ackedOf } from './unread';

import { createContext } from 'react';
import type { Context } from './types';

/** Where a text is shown: whose nicknames and roles its mentions mean, and whether its links may be followed. */
export interface Rendering {
  context: Context;
  channelId?: string;
  guildId?: string;
}

export const RenderContext = createContext<Rendering>({ context: 'message' });

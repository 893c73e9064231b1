// Entry of the dedicated network worker.
import { startCore } from './core';
import type { Port } from './protocol';

startCore(globalThis as unknown as Port);

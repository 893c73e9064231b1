// Short names for the objects of the wire, as the server sends them (ids are decimal strings, times ISO 8601).
import type { components } from './schema';

type Schemas = components['schemas'];

export type Message = Schemas['MessageResponseSchema'];
export type User = Schemas['UserPartialResponse'];

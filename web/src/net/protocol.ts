// What page and network worker say to each other.
import type { ErrorData } from '#/api/error';
import type { Message, Options, Route } from '#/api/types';
import type { Account, Outgoing, Pending } from '#/store/types';
import type { Dispatch, GatewayPhase } from './gateway';

export interface Endpoints {
  api: string;
  gateway: string;
}

/** Calls of the page, and what they answer. */
export interface Calls {
  /** `undefined` when nobody is signed in on this device. */
  boot(about: {
    endpoints: Endpoints;
    properties: Properties;
    status?: string;
  }): { userId: string } | undefined;
  connect(about: { initialGuild?: string; status?: string }): undefined;
  signIn(token: string, userId: string): undefined;
  signOut(): undefined;
  /** Leaves the account's session alive, and takes another. */
  switchTo(accountId: string): { userId: string } | undefined;
  accounts(): Account[];
  /** Signs in the device that shows this code. */
  handOff(code: string): undefined;
  describe(about: {
    username: string;
    global_name: string | null;
    avatar: string | null;
    badge?: number;
  }): undefined;
  request(route: Route, options: Omit<Options<Route>, 'signal'>): unknown;
  frame(op: number, d: unknown): boolean;
  presence(status: string, afk: boolean): undefined;
  wake(): undefined;
  lost(): undefined;
  hidden(hidden: boolean): undefined;
  send(channelId: string, nonce: string, outgoing: Outgoing): undefined;
  retry(nonce: string): undefined;
  discard(nonce: string): Outgoing | undefined;
  replace(nonce: string, outgoing: Outgoing): boolean;
}
export interface Properties {
  os: string;
  browser: string;
  device: string;
}
export type CallName = keyof Calls;

export type ToWorker =
  | { id: number; call: CallName; args: unknown[] }
  | { abort: number }
  | { shown: number };

export type ToPage =
  | { id: number; value: unknown }
  | { id: number; refused: ErrorData }
  | { id: number; broken: { name: string; message: string } }
  | { batch: Dispatch[] }
  /** The batch is whole: say when it is painted. */
  | { shown: true }
  | { phase: GatewayPhase; reason?: string; retryAt?: number; since: number; session?: string }
  | { signedOut: true }
  | { outdated: true }
  | { pending: Pending }
  | { sent: { nonce: string; message: Message } };

/** A `MessagePort`, or the worker itself. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

// What a text may cost. Whatever lies beyond is shown as plain text.

export const MAX_DEPTH = 10;
export const MAX_NODES = 10_000;
export const MAX_LINES = 10_000;
export const MAX_LINE = 4096;
export const MAX_URL = 2048;
export const MAX_LIST_LEVELS = 9;

/** The state of one parse: which constructs are allowed, and how much was done. */
export interface Run {
  blocks: boolean;
  headings: boolean;
  fences: boolean;
  subtext: boolean;
  tables: boolean;
  alerts: boolean;
  groupMentions: boolean;
  nodes: number;
  /** Characters looked at, which tests hold to be linear in the length of the text. */
  steps: number;
}

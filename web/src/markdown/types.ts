// The tree the parser makes: blocks that hold inline nodes. Plain data, so that it can be cached and compared.

/** Where the text stands decides which constructs it may hold. */
export type Context = 'message' | 'snippet' | 'about' | 'embed';

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler'; children: Inline[] }
  | { type: 'code'; text: string }
  | LinkNode
  | { type: 'user' | 'role' | 'channel'; id: string }
  | { type: 'everyone' | 'here' }
  | { type: 'command'; name: string; id: string }
  | { type: 'guide'; page: 'browse' | 'guide' | 'customize' | 'linked-roles' }
  | { type: 'emoji'; text: string }
  /** `:name:`, a picture once the emoji data are there and know it, and text before. */
  | { type: 'shortcode'; name: string; tone: number }
  | { type: 'custom-emoji'; id: string; name: string; animated: boolean }
  | { type: 'time'; seconds: number; style: TimeStyle };

export interface LinkNode {
  type: 'link';
  url: string;
  children: Inline[];
  /** The text is the address itself, so that nobody has to be warned of where it leads. */
  bare: boolean;
  /** False for `<url>`: no preview was asked for. */
  preview: boolean;
}

export type TimeStyle = 't' | 'T' | 'd' | 'D' | 'f' | 'F' | 's' | 'S' | 'R';

export type Align = 'start' | 'center' | 'end' | null;

export type AlertKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

export interface ListItem {
  children: Inline[];
  lists: List[];
}

export interface List {
  type: 'list';
  ordered: boolean;
  start: number;
  items: ListItem[];
}

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3 | 4; children: Inline[] }
  | { type: 'subtext'; children: Inline[] }
  | { type: 'quote'; children: Block[] }
  | { type: 'alert'; kind: AlertKind; children: Block[] }
  | List
  | { type: 'code-block'; language: string; text: string }
  | { type: 'formula'; text: string }
  | { type: 'spoiler-block'; children: Block[] }
  | { type: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] };

export type Node = Block | Inline;

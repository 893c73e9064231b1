export { Markdown, type MarkdownProps } from './Markdown';
export { parse } from './parse';
export type * from './types';

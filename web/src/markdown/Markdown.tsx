import type { Context } from './types';

export interface MarkdownProps {
  text: string;
  context?: Context;
  channelId?: string;
  guildId?: string;
}

export function Markdown({ text }: MarkdownProps) {
  return <div dir="auto">{text}</div>;
}

/** A topic in one line: the words without the marks around them. */
export const plainText = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\((?:[^)]+)\)/g, '$1')
    .replace(/<a?:(\w+):\d+>/g, ':$1:')
    .replace(/(\*\*|__|~~|\|\||`)/g, '')
    .replace(/\s+/g, ' ')
    .trim();

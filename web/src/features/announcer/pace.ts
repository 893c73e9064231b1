// New messages are said one after the other, never faster than a voice can follow; a burst is only counted.
export interface Pace {
  /** A line to say, put together only when it is said; without one the message is only counted. */
  add(line?: () => string): void;
  /** Forgets what waits: the person looks at something else. */
  clear(): void;
}

export const EVERY = 1500;
const WAITING = 3;

export function pace(say: (line: string) => void, count: (messages: number) => string): Pace {
  let waiting: ((() => string) | undefined)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    timer = undefined;
    if (waiting.length === 0) return;
    if (waiting.length > WAITING || waiting.includes(undefined)) {
      say(count(waiting.length));
      waiting = [];
    } else {
      const line = waiting.shift();
      if (line) say(line());
    }
    timer = setTimeout(next, EVERY);
  };
  return {
    add(line) {
      waiting.push(line);
      if (timer === undefined) next();
    },
    clear() {
      waiting = [];
    },
  };
}

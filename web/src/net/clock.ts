// Time and chance as parameters, so that tests own them.

export interface Clock {
  now(): number;
  /** Calls back once after so many milliseconds; the result cancels. */
  after(ms: number, call: () => void): () => void;
  /** At least 0, below 1. */
  random(): number;
}

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Stands still until `pass` moves it; timers fire in order. */
export class FakeClock implements Clock {
  time = 1_800_000_000_000;
  chance = 0.5;
  private timers = new Set<{ at: number; call: () => void }>();
  now = () => this.time;
  random = () => this.chance;
  after(ms: number, call: () => void) {
    const timer = { at: this.time + ms, call };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }
  /** Lets time pass, and what was promised meanwhile happen. */
  async pass(ms: number) {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.call();
      await settle();
    }
    this.time = end;
  }
}
async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

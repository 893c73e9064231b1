/** Asks again until the answer is yes. Nothing here sleeps for a guessed time: what must happen has a deadline. */
export async function eventually(what, ask, deadline = 30_000) {
  const end = Date.now() + deadline;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not in time: ${what}${last ? ` (${last.message})` : ''}`);
}

export function equal(actual, expected, what = 'value') {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

export function ok(value, what) {
  if (!value) throw new Error(`not so: ${what}`);
}

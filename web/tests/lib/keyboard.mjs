// Keyboards of other countries: what the browser tells when a character is typed on them.

/** Where a character is, and whether it takes Shift; letters that are where the name of the key says are left out. */
const layouts = {
  US: { '/': ['Slash'], ',': ['Comma'] },
  German: { '/': ['Digit7', true], ',': ['Comma'], y: ['KeyZ'], z: ['KeyY'] },
  French: {
    '/': ['Period', true],
    ',': ['KeyM'],
    a: ['KeyQ'],
    q: ['KeyA'],
    w: ['KeyZ'],
    z: ['KeyW'],
    m: ['Semicolon'],
  },
};
export const LAYOUTS = Object.keys(layouts);

const BITS = { Alt: 1, Mod: 2, Shift: 8 };
const NAMED = {
  Up: ['ArrowUp', 38],
  Down: ['ArrowDown', 40],
  Left: ['ArrowLeft', 37],
  Right: ['ArrowRight', 39],
  Escape: ['Escape', 27],
  F6: ['F6', 117],
  Home: ['Home', 36],
  End: ['End', 35],
  Enter: ['Enter', 13],
};

/** A function that presses combinations (`Mod+Shift+F`) as a keyboard of this layout does. */
export async function keyboard(page, layout) {
  const devtools = await page.context().newCDPSession(page);
  return async (combination) => {
    const parts = combination.split('+');
    const main = parts.pop();
    let modifiers = parts.reduce((sum, part) => sum | BITS[part], 0);
    let event;
    if (NAMED[main]) {
      const [key, number] = NAMED[main];
      event = { key, code: key, windowsVirtualKeyCode: number };
    } else {
      const char = main.toLowerCase();
      const [code, shift] = layouts[layout][char] ?? [`Key${char.toUpperCase()}`];
      if (shift) modifiers |= BITS.Shift;
      const key = modifiers & BITS.Shift && /[a-z]/.test(char) ? char.toUpperCase() : char;
      event = { key, code, windowsVirtualKeyCode: /[a-z]/.test(char) ? char.toUpperCase().charCodeAt(0) : 0 };
    }
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', modifiers, ...event });
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', modifiers, ...event });
  };
}

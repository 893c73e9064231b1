// What must not happen to a page however narrow, large or foreign it is: sideways scrolling, controls outside the
// window or under one another, words cut without a sign.

/** What is wrong with the layout of what is shown, in words; nothing when all fits. */
export const faults = (page) =>
  page.evaluate(() => {
    const told = new Set();
    const name = (element) =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
    const root = document.documentElement;
    const wide = root.scrollWidth - root.clientWidth;
    if (wide > 1) told.add(`the page scrolls sideways by ${wide} px`);

    const dialogs = [...document.querySelectorAll('dialog[open]')];
    const scope = dialogs.at(-1) ?? document.body;
    const shown = (element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !element.closest('[inert]') &&
      element.getClientRects().length > 0;
    /** Behind the edge of something that scrolls or clips, where a person can bring it into view. */
    const clipped = (element) => {
      const box = element.getBoundingClientRect();
      for (let up = element.parentElement; up; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (!/auto|scroll|hidden|clip/.test(style.overflow + style.overflowX + style.overflowY)) continue;
        const edge = up.getBoundingClientRect();
        if (box.right > edge.right + 1 || box.left < edge.left - 1) {
          if (/auto|scroll/.test(style.overflowX) && up.scrollWidth > up.clientWidth) return true;
        }
        if (box.bottom > edge.bottom + 1 || box.top < edge.top - 1) return true;
      }
      return box.bottom > innerHeight || box.top < 0;
    };
    /** Laid over the flow on purpose: bars that stick, chips, toolbars. */
    const floats = (element, other) => {
      for (let up = element; up && !up.contains(other); up = up.parentElement)
        if (/absolute|fixed|sticky/.test(getComputedStyle(up).position)) return true;
      return false;
    };
    const controls = [
      ...scope.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, [role=tab]'),
    ].filter(shown);
    for (const control of controls) {
      const box = control.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || clipped(control)) continue;
      if (box.left < -1 || box.right > innerWidth + 1) {
        told.add(`outside the window: ${name(control)}`);
        continue;
      }
      const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (!at || at.contains(control) || control.contains(at)) continue;
      if (control.closest('label')?.contains(at) || control.labels?.[0]?.contains(at)) continue;
      if (floats(at, control) || floats(control, at)) continue;
      told.add(`${name(control)} lies under ${name(at)}`);
    }
    for (const element of scope.querySelectorAll(
      'h1, h2, h3, p, button, a, label, dt, dd, legend, li > span',
    )) {
      if (!shown(element) || ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        continue;
      const style = getComputedStyle(element);
      if (element.clientWidth < 2 || style.textOverflow === 'ellipsis' || style.display === 'inline')
        continue;
      if (
        element.scrollWidth > element.clientWidth + 2 &&
        style.overflowX !== 'auto' &&
        style.overflowX !== 'scroll'
      )
        told.add(`wider than its place: ${name(element)}`);
    }
    return [...told];
  });

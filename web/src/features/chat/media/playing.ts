// One thing plays at a time: whatever starts stops what played before.
let current: HTMLMediaElement | undefined;

export function playAlone(element: HTMLMediaElement): void {
  if (current && current !== element) current.pause();
  current = element;
  void element.play().catch(() => {});
}

/** After a voice message the next one follows; they are found in the order of the page. */
export function playNext(element: HTMLElement): void {
  const all = [...document.querySelectorAll<HTMLElement>('[data-voice]')];
  const next = all[all.indexOf(element) + 1];
  next?.querySelector<HTMLButtonElement>('button[data-play]')?.click();
}

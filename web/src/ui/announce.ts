// What is said to people who listen. Two live regions, one patient and one not, outside everything inert.
import { layersRoot } from './layers/stack';

type Urgency = 'polite' | 'assertive';

const regions: Partial<Record<Urgency, HTMLElement>> = {};
/** The last hundred announcements, for tests and diagnostics. */
export const announced: string[] = [];

function region(urgency: Urgency): HTMLElement {
  const known = regions[urgency];
  if (known?.isConnected) return known;
  const element = document.createElement('div');
  element.setAttribute('aria-live', urgency);
  element.setAttribute('role', urgency === 'polite' ? 'status' : 'alert');
  element.className = 'announcer';
  layersRoot().append(element);
  regions[urgency] = element;
  return element;
}

/** Called at start: a region must be in the page before its first words, or they are not heard. */
export function startAnnouncer(): void {
  region('polite');
  region('assertive');
}

export function announce(text: string, urgency: Urgency = 'polite'): void {
  if (!text) return;
  announced.push(text);
  if (announced.length > 100) announced.shift();
  const at = region(urgency);
  // Emptied in between, so that the same words twice are said twice.
  const line = document.createElement('div');
  line.textContent = text;
  at.append(line);
  setTimeout(() => line.remove(), 4000);
}

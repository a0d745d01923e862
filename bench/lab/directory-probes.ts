// What the bench of the directory looks at inside the main window, on the page's own clock. These functions run there.

declare global {
  interface Window {
    /** One time for each key pressed since the probe was set, ms; filled when its results are painted. */
    benchKeys?: number[];
  }
}

/**
 * From now on notes for each key in the field how long it took from the key press, as the system timed it, until its
 * results are in the document, their frame has begun, and the task after that frame runs.
 */
export function probeKeys(): void {
  const times: number[] = [];
  window.benchKeys = times;
  let pressed: number | null = null;
  const painted = () => {
    const at = pressed;
    if (at === null) return;
    pressed = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        times.push(performance.now() - at);
      });
      port1.start();
      port2.postMessage(null);
    });
  };
  const onKey = (event: KeyboardEvent) => {
    // A space behind a word asks for nothing else.
    if (event.key !== ' ') pressed = event.timeStamp;
  };
  document.addEventListener('keydown', onKey, { capture: true });
  new MutationObserver(() => {
    const field = document.querySelector<HTMLInputElement>('[role="combobox"]');
    const results = document.querySelector<HTMLElement>('.search-results');
    if (results?.dataset['answers'] === field?.value.trim()) painted();
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}

/**
 * Scrolls the directory by `step` px each frame, and says how long each frame took, ms. The floor: a box with nothing in
 * it over the same window.
 */
export async function scrollList({
  what,
  step,
  frames,
}: {
  what: 'directory' | 'floor';
  step: number;
  frames: number;
}): Promise<number[]> {
  const floor = document.createElement('div');
  floor.style.cssText = 'position: fixed; inset: 0; z-index: 9999; overflow: auto; background: white';
  floor.append(document.createElement('div'));
  floor.querySelector('div')?.style.setProperty('height', '5000000px');
  if (what === 'floor') document.body.append(floor);
  const scroller = what === 'floor' ? floor : document.querySelector('.directory-list .scroller');
  if (!scroller) throw new Error('There is no directory to scroll.');
  const nextFrame = () => new Promise<number>((frame) => requestAnimationFrame(frame));
  const times: number[] = [];
  let before = await nextFrame();
  for (let frame = 0; frame < frames; frame += 1) {
    scroller.scrollBy(0, step);
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  floor.remove();
  return times;
}

/** What a floor of a key press does besides painting the key. */
export type BareKeys = 'key' | 'rows' | 'asks';

/**
 * The floors of a key press: a bare input over the same window, in which each key is painted. `rows`: with as many plain rows
 * of two lines as the field shows at once, which are other people's at each key and ask nobody. `asks`: each key asks the phone
 * what the field would ask, too, and the answer is painted as one number.
 */
export function probeBareKeys(what: BareKeys): void {
  // As the field does, which asks for the rows of its screen first.
  const inSight = Math.ceil((window.innerHeight - 120) / 48);
  const box = document.createElement('div');
  box.id = 'bench-floor';
  box.style.cssText = 'position: fixed; inset: 0 0 auto; z-index: 9999; background: white';
  const input = document.createElement('input');
  const answer = document.createElement('output');
  box.append(input, answer);
  const lines = Array.from({ length: what === 'rows' ? inSight : 0 }, () => {
    const row = document.createElement('div');
    row.style.cssText = 'height: 48px; contain: strict';
    const [name, number] = [document.createElement('div'), document.createElement('div')];
    row.append(name, number);
    box.append(row);
    return { name, number };
  });
  document.body.append(box);
  input.focus();
  const times: number[] = [];
  window.benchKeys = times;
  let pressed = 0;
  let keys = 0;
  const painted = (at: number) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        times.push(performance.now() - at);
      });
      port1.start();
      port2.postMessage(null);
    });
  input.addEventListener('keydown', ({ key, timeStamp }) => (pressed = /^\S$/.test(key) ? timeStamp : 0));
  input.addEventListener('input', () => {
    const at = pressed;
    pressed = 0;
    // A space, or the bench has emptied it.
    if (at === 0) return;
    keys += 1;
    for (const [index, { name, number }] of lines.entries()) {
      name.textContent = `Person ${keys} of ${index}`;
      number.textContent = `Company ${index + keys} · +41 44 ${1_000_000 + keys * 37 + index}`;
    }
    if (what !== 'asks') {
      painted(at);
      return;
    }
    void window.hookswitch.phone
      .query({ type: 'find', text: input.value, people: inSight, calls: 10 })
      .then((outcome) => {
        answer.textContent = outcome.ok ? String(outcome.value.people.total) : outcome.problem.message;
        painted(at);
      });
  });
}

export function removeBareKeys(): void {
  document.querySelector('#bench-floor')?.remove();
}

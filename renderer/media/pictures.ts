// The pictures of calls in the media window, which is shown while there are some: theirs large, ours small in the corner.
// They stay in the window that has the peer connections: a MediaStream cannot go to another one.

/** Of one call. */
export interface Shown {
  theirs: MediaStreamTrack | null;
  ours: MediaStreamTrack | null;
}

interface Figure {
  figure: HTMLElement;
  theirs: HTMLVideoElement;
  ours: HTMLVideoElement;
}

export class Pictures {
  readonly #figures = new Map<string, Figure>();

  /** The same tracks again change nothing. */
  draw(callId: string, { theirs, ours }: Shown): void {
    const known = this.#figures.get(callId) ?? this.#make(callId);
    play(known.theirs, theirs);
    play(known.ours, ours);
  }

  remove(callId: string): void {
    const known = this.#figures.get(callId);
    if (!known) return;
    this.#figures.delete(callId);
    play(known.theirs, null);
    play(known.ours, null);
    known.figure.remove();
  }

  #make(callId: string): Figure {
    const figure = document.createElement('figure');
    const made = { figure, theirs: view('theirs', callId), ours: view('ours', callId) };
    figure.append(made.theirs, made.ours);
    document.body.append(figure);
    this.#figures.set(callId, made);
    return made;
  }
}

/** Silent: its sound is another track. The names are for tests and tools. */
function view(whose: 'theirs' | 'ours', callId: string): HTMLVideoElement {
  const video = document.createElement('video');
  video.className = whose;
  video.dataset['name'] = callId;
  video.muted = true;
  video.hidden = true;
  return video;
}

function play(video: HTMLVideoElement, track: MediaStreamTrack | null): void {
  const now = video.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined;
  if (now === (track ?? undefined)) return;
  video.hidden = track === null;
  video.srcObject = track && new MediaStream([track]);
  // A picture that is taken away again before it plays is no failure.
  if (track) video.play().catch(() => {});
}

// Which blocks of our code an input reaches: V8's own precise coverage, so nothing needs to be instrumented.
import { Session, type Profiler } from 'node:inspector';

export class Coverage {
  private readonly folder: string;
  private readonly session = new Session();
  private readonly seen = new Set<string>();

  /** To be made before the code that is watched is loaded. */
  constructor(folder: string) {
    this.folder = folder;
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Blocks that ran since the last call and never before. */
  takeNew(): Set<string> {
    const fresh = new Set<string>();
    for (const key of this.take()) {
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      fresh.add(key);
    }
    return fresh;
  }

  /** Blocks that ran since the last call. */
  take(): string[] {
    let scripts: Profiler.ScriptCoverage[] = [];
    // In the same thread the answer comes before `post` returns.
    this.session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      scripts = result;
    });
    return scripts
      .filter(({ url }) => url.includes(this.folder))
      .flatMap(({ scriptId, functions }) =>
        functions.flatMap(({ ranges }) =>
          ranges.filter(({ count }) => count > 0).map((range) => `${scriptId}:${range.startOffset}-${range.endOffset}`),
        ),
      );
  }

  get blocks(): number {
    return this.seen.size;
  }
}

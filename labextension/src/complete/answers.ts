/** The newest answers, for who goes back to where they were, or types what was proposed. */
import type { Typed } from './typed';

const MOST = 30;

export class Answers {
  /** What was answered there, or what is left of it; undefined where nothing was. */
  of(typed: Typed): string | undefined {
    for (const [was, text] of [...this.kept].reverse()) {
      const since = typed.before.slice(was.before.length);
      const isSame = was.behind === typed.behind && typed.before === was.before + since;
      if (isSame && text.startsWith(since) && (since === '' || text !== since)) {
        return text.slice(since.length);
      }
    }
    return undefined;
  }

  keep(typed: Typed, text: string): void {
    this.kept = [...this.kept, [typed, text] as const].slice(-MOST);
  }

  private kept: (readonly [Typed, string])[] = [];
}

/** Follows one deployment: how it stands, its stages with their times, and its log. */
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';

import type { Deployment, LogLine, LogNews } from '../api/models';
import type { IWove } from '../tokens';
import type { Stage } from './words';
import { hasEnded } from './words';

/** A stage of the work; `ended` is null while it goes on. */
export interface Step {
  readonly stage: Stage;
  readonly began: number;
  readonly ended: number | null;
}

export interface Followed {
  readonly deployment: Deployment;
  readonly lines: readonly LogLine[];
  /** The stages that were seen to begin, from the first to the last. */
  readonly steps: readonly Step[];
  readonly connected: boolean;
  /** Why it cannot be followed any more. */
  readonly problem: unknown;
  /** Whether the user asked it to stop, and it has not yet. */
  readonly cancelling: boolean;
}

/** The server keeps no more lines of a deployment than this. */
const MOST_LINES = 20_000;
/** Milliseconds in which lines gather before they are drawn. */
const GATHER = 100;

/** What was seen of the stages of deployments, kept while JupyterLab is open. */
const seen = new Map<string, readonly Step[]>();

/** The log of one deployment. */
export class DeploymentLog {
  readonly store: StoreApi<Followed>;

  constructor(
    private readonly stream: IWove['stream'],
    first: Deployment,
    private readonly onMoved: () => void = () => undefined
  ) {
    this.store = createStore<Followed>(() => ({
      deployment: first,
      lines: [],
      steps: seen.get(first.id) ?? [],
      connected: true,
      problem: null,
      cancelling: false
    }));
  }

  /** Follow it from its first line until it has ended, or the signal aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    const { id } = this.store.getState().deployment;
    const onConnection = (connected: boolean): void => this.store.setState({ connected });
    this.store.setState({ problem: null });
    try {
      const path = `/wove/api/deployments/${id}/log`;
      for await (const { data } of this.stream<LogNews>(path, { signal, onConnection })) {
        this.hear(data);
      }
    } catch (problem) {
      if (!signal.aborted) {
        this.store.setState({ problem });
      }
    }
    this.flush();
  }

  /** Hear what is new; a line that is known already is heard once. */
  hear({ line, deployment }: LogNews): void {
    if (line && line.n > this.last) {
      this.last = line.n;
      this.waiting.push(line);
      this.timer ??= setTimeout(() => this.flush(), GATHER);
    }
    if (deployment) {
      this.stand(deployment);
    }
  }

  /** Show at once that it was asked to stop; false where that was refused. */
  stopping(cancelling: boolean): void {
    this.store.setState({ cancelling });
  }

  private stand(deployment: Deployment): void {
    const before = this.store.getState().deployment.state;
    const steps = next(this.store.getState().steps, deployment, Date.now());
    seen.set(deployment.id, steps);
    const over = hasEnded(deployment);
    this.store.setState({ deployment, steps, ...(over && { cancelling: false }) });
    if (over) {
      this.flush();
    }
    if (deployment.state !== before) {
      this.onMoved();
    }
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length > 0) {
      const lines = [...this.store.getState().lines, ...this.waiting];
      this.waiting = [];
      this.store.setState({ lines: lines.slice(-MOST_LINES) });
    }
  }

  private last = 0;
  private waiting: LogLine[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
}

/** The steps once a deployment stands like this. */
export function next(
  steps: readonly Step[],
  { state }: Pick<Deployment, 'state'>,
  now: number
): readonly Step[] {
  const last = steps[steps.length - 1];
  if (last?.stage === state) {
    return steps;
  }
  const closed = steps.map(step => (step.ended === null ? { ...step, ended: now } : step));
  return state === 'queued' || hasEnded({ state })
    ? closed
    : [...closed, { stage: state as Stage, began: now, ended: null }];
}

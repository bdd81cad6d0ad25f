/** What went wrong, as the server says it (RFC 9457) or as the network shows it. */

/** The members of a problem that Wove sends. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly request_id: string;
}

/** Statuses after which the same request may well succeed; 0 is a server that did not answer. */
const PASSING = new Set([0, 408, 429, 502, 503, 504]);

/** An answer that is no success, in a sentence the user can act on. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** Seconds to wait before asking again, where the server named them. */
    readonly retryAfter?: number
  ) {
    super(problem.detail);
    this.name = 'ProblemError';
  }

  /** The HTTP status; 0 where there was no answer. */
  get status(): number {
    return this.problem.status;
  }

  /** What finds this request in the server's log. */
  get requestId(): string {
    return this.problem.request_id;
  }

  /** Whether asking again may help. */
  get passing(): boolean {
    return PASSING.has(this.status);
  }

  /** Read the problem out of an unsuccessful response, whoever wrote it. */
  static async fromResponse(response: Response, requestId: string): Promise<ProblemError> {
    const body: unknown = await response.json().catch(() => null);
    const said = isRecord(body) ? body : {};
    const problem = {
      type: text(said.type) ?? 'about:blank',
      title: text(said.title) ?? fallbackTitle(response),
      status: response.status,
      detail: text(said.detail) ?? text(said.message) ?? fallbackDetail(response.status),
      instance: text(said.instance) ?? new URL(response.url).pathname,
      request_id: text(said.request_id) ?? response.headers.get('X-Request-ID') ?? requestId
    };
    return new ProblemError(problem, seconds(response.headers.get('Retry-After')));
  }

  /** Describe a request that no server answered. */
  static noAnswer(url: string, requestId: string): ProblemError {
    return new ProblemError({
      type: 'about:blank',
      title: 'No answer',
      status: 0,
      detail: 'The Jupyter server does not answer. Check that it runs and that you are online.',
      instance: new URL(url).pathname,
      request_id: requestId
    });
  }

  /** Make a problem of anything that was thrown. */
  static of(thrown: unknown): ProblemError {
    if (thrown instanceof ProblemError) {
      return thrown;
    }
    return new ProblemError({
      type: 'about:blank',
      title: 'Something went wrong',
      status: -1,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
      instance: '',
      request_id: ''
    });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function seconds(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}

function fallbackTitle(response: Response): string {
  return response.statusText || `Status ${response.status}`;
}

function fallbackDetail(status: number): string {
  if (status === 404) {
    return 'The server does not know this address. Is the Wove server extension enabled?';
  }
  if (status === 401 || status === 403) {
    return 'The server did not accept your sign-in. Reload the page to sign in again.';
  }
  return `The server answered with status ${status}. Try again in a moment.`;
}

/** Asks models, while somebody types, what comes next. */
import type {
  CompletionHandler,
  IInlineCompletionContext,
  IInlineCompletionList,
  IInlineCompletionProvider
} from '@jupyterlab/completer';
import { URLExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { createSend, type Send } from '../api/transport';
import { noteAsked } from '../spending/store';
import { woveIcon } from '../ui/icons';
import { Answers } from './answers';
import { typedIn, type Typed } from './typed';

/** Milliseconds of quiet after a failure: nobody wants to hear of it with every letter. */
const REST = 30_000;
/** Milliseconds without a letter before anything is asked. */
const PAUSE = 350;
const NOTHING: IInlineCompletionList = { items: [] };

const DRIVE = /^[A-Za-z]+:/;

/** Where the document lies in which somebody types; '' where there is none, as in a console. */
function pathOf(widget: Widget): string {
  return widget instanceof DocumentWidget ? widget.context.path.replace(DRIVE, '') : '';
}

export class WoveCompleter implements IInlineCompletionProvider {
  constructor(
    settings: ServerConnection.ISettings,
    trans: TranslationBundle,
    private readonly notebooks: INotebookTracker | null
  ) {
    this.send = createSend(settings);
    this.url = URLExt.join(settings.baseUrl, 'wove/ai/complete');
    this.name = trans.__('Wove: ask a model while typing');
  }

  readonly identifier = '@jupyter-wove/labextension:complete';
  readonly icon = woveIcon;
  readonly name: string;
  /** Off until somebody wants it: what is typed goes to a model, and may cost money. */
  readonly schema = {
    default: { enabled: false, debouncerDelay: PAUSE, timeout: 15_000, autoFillInMiddle: false }
  };

  async fetch(
    request: CompletionHandler.IRequest,
    context: IInlineCompletionContext
  ): Promise<IInlineCompletionList> {
    this.asking?.abort();
    const book = this.notebooks?.find(each => each === context.widget);
    const typed = typedIn(request, book?.content ?? null);
    if (typed === null || Date.now() < this.restsUntil) {
      return NOTHING;
    }
    const text = this.answers.of(typed) ?? (await this.ask(typed, pathOf(context.widget)));
    return text ? { items: [{ insertText: text }] } : NOTHING;
  }

  private async ask(typed: Typed, path: string): Promise<string> {
    const asking = (this.asking = new AbortController());
    try {
      const { signal } = asking;
      const body = JSON.stringify({ ...typed, path });
      const response = await this.send(new Request(this.url, { method: 'POST', body, signal }));
      const { text } = (await response.json()) as { text: string };
      this.answers.keep(typed, text);
      noteAsked();
      return text;
    } catch {
      if (!asking.signal.aborted) {
        this.restsUntil = Date.now() + REST;
      }
      return '';
    }
  }

  private readonly send: Send;
  private readonly url: string;
  private readonly answers = new Answers();
  private asking: AbortController | null = null;
  private restsUntil = 0;
}

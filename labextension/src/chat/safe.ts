/** Draws what a model wrote: nothing is fetched from elsewhere, and nothing is a command. */
import { Sanitizer } from '@jupyterlab/apputils';
import type { IRenderMime } from '@jupyterlab/rendermime';
import { markdownRendererFactory } from '@jupyterlab/rendermime';

export const ANSWER = 'application/vnd.wove.answer+markdown';

const PARTS = 'p div span br hr blockquote h1 h2 h3 h4 h5 h6';
const LISTS = 'ul ol li dl dt dd table caption thead tbody tfoot tr th td';
const WORDS = 'a em strong b i u s del ins sub sup small mark q cite abbr';
const CODE = 'pre code kbd samp var';
const ONLY_TEXT: IRenderMime.ISanitizerOptions = {
  allowedTags: [PARTS, LISTS, WORDS, CODE].flatMap(names => names.split(' ')),
  allowedAttributes: {
    a: ['href', 'title'],
    code: ['class'],
    ol: ['start'],
    pre: ['class'],
    span: ['class'],
    td: ['align', 'colspan', 'rowspan'],
    th: ['align', 'colspan', 'rowspan']
  },
  allowedStyles: {}
};
const PICTURE = /<(img|picture|svg|video|audio|iframe|object|embed)\b/i;
const INSTEAD = '<p><em>[A picture in this answer is not shown: it may lie elsewhere.]</em></p>';

/**
 * A picture elsewhere would tell whoever owns that place what its address holds, which a model
 * may have been talked into. So would one on this server, where others listen, too.
 */
export class SafeSanitizer implements IRenderMime.ISanitizer {
  constructor() {
    this._sanitizer.setAllowCommandLinker(false);
  }

  readonly allowCommandLinker = false;
  readonly allowNamedProperties = false;

  getAutolink(): boolean {
    return true;
  }

  sanitize(dirty: string): string {
    const clean = this._sanitizer.sanitize(dirty, ONLY_TEXT);
    return PICTURE.test(dirty) ? clean + INSTEAD : clean;
  }

  private readonly _sanitizer = new Sanitizer();
}

/** A fence, and what it says about itself: diagrams would fetch pictures while they are drawn. */
const FENCE = /([`~]{3,})([^\n`~]*)/g;
const LANGUAGE = /^[\t ]*([\w+#.-]+)[\t ]*$/;

/** Leaves no diagram in Markdown, but its source. */
export function withoutDiagrams(source: string): string {
  return source.replace(FENCE, (_, fence: string, info: string) => {
    const language = LANGUAGE.exec(info)?.[1] ?? '';
    return fence + (/mermaid/i.test(language) ? 'text' : language);
  });
}

export const answerFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [ANSWER],
  defaultRank: 0,
  createRenderer: options => {
    const { markdownParser: parser } = options;
    return markdownRendererFactory.createRenderer({
      ...options,
      sanitizer: new SafeSanitizer(),
      ...(parser && {
        markdownParser: { render: source => parser.render(withoutDiagrams(source)) }
      })
    });
  }
};

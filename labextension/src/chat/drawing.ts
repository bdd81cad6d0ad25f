/** Draws a text that grows, not more often than the browser has time for. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import { Rendered } from '../ui/rendered';
import { ANSWER } from './safe';

const PAUSE = 100; // milliseconds between two drawings, at least
const SHARE = 4; // as long as a drawing took, so many times, other things go on

export class Drawing {
  constructor(rendermime: IRenderMimeRegistry, host: HTMLElement) {
    this._rendered = new Rendered(rendermime, host, ANSWER);
  }

  /** Draw the text soon. */
  show(text: string): void {
    this._text = text;
    this._timer ??= window.setTimeout(() => void this._draw(), this._pause);
  }

  dispose(): void {
    window.clearTimeout(this._timer);
    this._isDisposed = true;
    this._rendered.dispose();
  }

  private async _draw(): Promise<void> {
    const text = this._text;
    const began = performance.now();
    await this._rendered.draw(text);
    this._pause = Math.max(PAUSE, SHARE * (performance.now() - began));
    this._timer = undefined;
    if (this._text !== text && !this._isDisposed) {
      this.show(this._text);
    }
  }

  private readonly _rendered: Rendered;
  private _text = '';
  private _pause = 0;
  private _timer: number | undefined;
  private _isDisposed = false;
}

/** What a person does by themselves, as against what following does. */

const MOVES = ['pointerdown', 'wheel', 'touchmove', 'keydown'] as const;
const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta'];
/** Where Escape closes something else. */
const ELSEWHERE = '.jp-Dialog, .lm-Menu, .lm-CommandPalette, .jp-HoverBox';

/** Calls back when the person moves in a document, or presses Escape. */
export class OwnMoves {
  constructor(
    private readonly node: () => HTMLElement | undefined,
    private readonly moved: () => void
  ) {}

  watch(): void {
    const options = { capture: true, passive: true };
    MOVES.forEach(move => window.addEventListener(move, this.hear, options));
  }

  rest(): void {
    MOVES.forEach(move => window.removeEventListener(move, this.hear, { capture: true }));
  }

  private readonly hear = (event: Event): void => {
    const target = event.target instanceof Element ? event.target : null;
    const key = event instanceof KeyboardEvent ? event.key : '';
    const isEscape = key === 'Escape' && !target?.closest(ELSEWHERE);
    const isInside = target !== null && this.node()?.contains(target) === true;
    if (isEscape || (isInside && !MODIFIERS.includes(key))) {
      this.moved();
    }
  };
}

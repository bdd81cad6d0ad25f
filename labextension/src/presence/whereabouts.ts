/** Tells others where the person of this tab is: no more than they can use. */
import { AtMost } from './at-most';
import type { Presence } from './model';
import type { Opened } from './opened';
import type { Spot } from './tabs';
import { FIELD } from './tabs';
import type { View } from './view';

const PAUSE = 100; // milliseconds between two tellings
const AWAY_AFTER = 5 * 60_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;

/** Watches what the person does. */
export class Whereabouts {
  constructor(
    private readonly presence: Presence,
    private readonly opened: Opened,
    private readonly isFollowing: () => boolean
  ) {
    opened.changed.connect(this.turn);
    presence.store.subscribe(this.telling.ask);
    TOUCHES.forEach(touch =>
      window.addEventListener(touch, this.touched, { capture: true, passive: true })
    );
    window.addEventListener('focus', () => presence.say({ seen: Date.now() }));
    setInterval(this.lookAway, AWAY_AFTER / 10);
    this.turn();
  }

  private readonly turn = (): void => {
    const { path, current } = this.opened;
    this.presence.say({ path });
    if (current !== this.view) {
      this.leave();
      this.view = current;
      this.stop = current ? this.listenTo(current) : () => undefined;
      this.telling.ask();
    }
  };

  private listenTo(view: View): () => void {
    const stop = view.onMove(this.telling.ask);
    view.awareness.on('change', this.telling.ask);
    return () => {
      stop();
      view.awareness.off('change', this.telling.ask);
    };
  }

  private leave(): void {
    this.stop();
    if (this.view?.awareness.getLocalState()?.[FIELD]) {
      this.view.awareness.setLocalStateField(FIELD, null);
    }
  }

  /** The cell is told to those in the document; what is scrolled to, only while somebody follows. */
  private readonly tell = (): void => {
    const { view, presence } = this;
    if (!view || view.awareness.states.size < 2) {
      return;
    }
    const place = presence.isFollowed && !this.isFollowing() ? view.place : null;
    const spot: Spot = { tab: presence.id, cell: view.cell, place };
    if (JSON.stringify(spot) !== JSON.stringify(view.awareness.getLocalState()?.[FIELD])) {
      view.awareness.setLocalStateField(FIELD, spot);
    }
  };

  private readonly touched = (): void => {
    this.touchedAt = Date.now();
    this.presence.say({ isAway: false });
  };

  private readonly lookAway = (): void => {
    if (Date.now() - this.touchedAt > AWAY_AFTER) {
      this.presence.say({ isAway: true });
    }
  };

  private readonly telling = new AtMost(PAUSE, () => this.tell());
  private view: View | null = null;
  private touchedAt = Date.now();
  private stop: () => void = () => undefined;
}

/** Whether models are asked in this window: until then nobody wants to know what they cost. */
import { createStore } from 'zustand/vanilla';

export interface Asked {
  /** How often something was answered, or is waited for. */
  readonly count: number;
}

export const asked = createStore<Asked>(() => ({ count: 0 }));

/** Say that a model has answered, or that an agent asks for something. */
export function noteAsked(): void {
  asked.setState(({ count }) => ({ count: count + 1 }));
}

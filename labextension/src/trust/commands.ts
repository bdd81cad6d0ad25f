/** The commands about trust, in words; what they do is loaded when it is first done. */
import { addVerb } from '../projects/desk';
import type { Place } from './model';

export const TRUST = 'wove:trust-project';
export const STOP = 'wove:stop-trusting';

/** Add them. */
export function addCommands(place: Place): void {
  const { desk } = place;
  const { trans } = desk.wove;
  addVerb(desk, TRUST, {
    label: trans.__('Trust This Project…'),
    caption: trans.__('Run the code of a project that came from elsewhere without a sandbox'),
    refusal: trans.__('The project is not trusted.'),
    suits: project => project !== null && project.role !== null,
    run: async project => (await import('./trusting')).trust(place, project)
  });
  addVerb(desk, STOP, {
    label: trans.__('Stop Trusting This Project'),
    caption: trans.__('Run the code of a project that came from elsewhere in a sandbox again'),
    refusal: trans.__('The project is still trusted.'),
    suits: project => project !== null && project.role !== null,
    run: async project => (await import('./trusting')).distrust(place, project)
  });
}

/** What a tutor may tell is said in the words and the time of those who read it. */
import { nullTranslator } from '@jupyterlab/translation';

import { bindingSentence, dayOf, fieldOf, namesOf, wantedOf } from '../../src/tutoring/words';
import { tutorOf } from '../../src/chat/words';

const trans = nullTranslator.load('');
const NOW = new Date('2026-11-24T12:00:00Z');
const DUE = '2026-12-01T12:00:00+00:00';

describe('The words about a tutor', () => {
  it('name the day, and the year only where it is another one', () => {
    expect(dayOf(DUE, NOW)).not.toContain('2026');
    expect(dayOf('2027-01-08T12:00:00Z', NOW)).toContain('2027');
  });

  it('say what each level gives', () => {
    const said = ([0, 1, 2] as const).map(level => bindingSentence(trans, { level, until: DUE }));
    expect(said[0]).toContain('writes no code');
    expect(said[1]).toContain('gives hints until');
    expect(said[2]).toContain('changes nothing');
  });

  it('keep a moment as it is on its way through a field', () => {
    const moment = new Date('2026-12-01T22:59:00Z');
    expect(new Date(fieldOf(moment))).toEqual(moment);
  });

  it('read names with commas between them, each once', () => {
    expect(namesOf(' smart, local,,smart ')).toEqual(['smart', 'local']);
  });

  it('begin with hints for a week, and with what is set while it holds', () => {
    const first = wantedOf(null, NOW);
    expect(first.level).toBe(1);
    expect(new Date(first.until) > NOW).toBe(true);
    const policy = { level: 0 as const, until: DUE, routes: ['local'], changed: DUE };
    expect(wantedOf(policy, NOW)).toMatchObject({ level: 0, routes: 'local' });
    expect(wantedOf(policy, new Date('2027-01-01T00:00:00Z')).level).toBe(1);
  });

  it('believe nothing odd in the metadata of a message', () => {
    expect(tutorOf({ wove: { tutor: { level: 1, until: DUE } } })).toEqual({
      level: 1,
      until: DUE
    });
    expect(tutorOf({ wove: { tutor: { level: 7, until: DUE } } })).toBeNull();
    expect(tutorOf({ wove: { tutor: { level: 1, until: 'soon' } } })).toBeNull();
    expect(tutorOf({ wove: 'tutor' })).toBeNull();
    expect(tutorOf(undefined)).toBeNull();
  });
});

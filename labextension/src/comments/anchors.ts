/** Finds again what a comment is about, as the server does: both are held to the same cases. */
import type { Anchor, Found, Mark, Quote } from '../api/models';

export interface Piece {
  readonly id: string;
  readonly type: string;
  readonly source: string;
}

/** The cells of a notebook, or a text. */
export type Content = readonly Piece[] | string;

/** What is found in a text: characters, and whether they are surely those. */
interface Spot {
  readonly start: number;
  readonly end: number;
  readonly isCertain: boolean;
}

const KEPT = 2000;
const AROUND = 64;
const CONTEXT = 16;
const SHORT = 4;
const ALIKE = 0.5;
const LONGEST = 100_000;
const WORD = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu;
const MOST_KNOWN = 5000;
const HALVES = /[\ud800-\udfff]/;

/** Find what is meant; places count characters, as the server does, and not their halves. */
export function find(anchor: Anchor, content: Content): Found {
  if (typeof content === 'string') {
    return inPiece(anchor.quote, content, null, true);
  }
  if (!anchor.cell) {
    return { sure: 'certain', cell: null, start: null, end: null };
  }
  const piece = findCell(anchor.cell, content);
  if (!piece) {
    return { sure: 'outdated', cell: null, start: null, end: null };
  }
  const isCertain = piece.id === anchor.cell.id || isSame(anchor.cell, piece);
  return inPiece(anchor.quote, piece.source, piece.id, isCertain);
}

/** Describe words of a text, from one of JavaScript's places to another, so that they are found. */
export function quoteOf(text: string, from: number, to: number): Quote {
  return {
    text: cut(text.slice(from, to), KEPT),
    start: points(text, from),
    before: [...text.slice(Math.max(0, from - 2 * AROUND), from)].slice(-AROUND).join(''),
    after: cut(text.slice(to, to + 2 * AROUND), AROUND)
  };
}

/** The place where JavaScript has so many characters of a text before it. */
export function unit(text: string, point: number): number {
  return HALVES.test(text) ? [...text].slice(0, point).join('').length : point;
}

function points(text: string, unit: number): number {
  return HALVES.test(text) ? [...text.slice(0, unit)].length : unit;
}

function cut(text: string, length: number): string {
  return HALVES.test(text) ? [...text].slice(0, length).join('') : text.slice(0, length);
}

function inPiece(
  quote: Quote | null,
  text: string,
  cell: string | null,
  isCertain: boolean
): Found {
  if (!quote) {
    return { sure: isCertain ? 'certain' : 'likely', cell, start: null, end: null };
  }
  const spot = findQuote(quote, text);
  if (!spot) {
    return { sure: 'outdated', cell, start: null, end: null };
  }
  const sure = isCertain && spot.isCertain ? 'certain' : 'likely';
  return { sure, cell, start: points(text, spot.start), end: points(text, spot.end) };
}

function findCell(sought: Mark, pieces: readonly Piece[]): Piece | undefined {
  const own = pieces.find(({ id }) => id === sought.id);
  if (own || sought.length === 0) {
    return own;
  }
  const fresh = pieces.filter(({ id }) => !sought.others.includes(id));
  return fresh.find(piece => isSame(sought, piece)) ?? fresh.find(piece => isAlike(sought, piece));
}

function isSame({ type, source, length }: Mark, piece: Piece): boolean {
  return (
    piece.type === type &&
    points(piece.source, piece.source.length) === length &&
    cut(piece.source, KEPT) === source
  );
}

function isAlike({ type, source }: Mark, piece: Piece): boolean {
  const theirs = cut(piece.source, KEPT);
  return piece.type === type && (theirs === source || share(words(source), words(theirs)) > ALIKE);
}

function findQuote(quote: Quote, text: string): Spot | null {
  const start = unit(text, quote.start);
  if (text.startsWith(quote.text, start)) {
    return { start, end: start + quote.text.length, isCertain: true };
  }
  return elsewhere(quote, text) ?? between(quote, text) ?? changed(quote, text);
}

/** The same words where most of what stood around them stands, or the nearest. */
function elsewhere(quote: Quote, text: string): Spot | null {
  let best: { start: number; fits: number; far: number } | null = null;
  for (let start = text.indexOf(quote.text); start !== -1;) {
    const fits = fitting(quote, text, start);
    const far = Math.abs(points(text, start) - quote.start);
    const isBetter = !best || fits > best.fits || (fits === best.fits && far <= best.far);
    if ((fits > 0 || [...quote.text].length > SHORT) && isBetter) {
      best = { start, fits, far };
    }
    start = text.indexOf(quote.text, start + 1);
  }
  return best && { start: best.start, end: best.start + quote.text.length, isCertain: true };
}

function fitting(quote: Quote, text: string, start: number): number {
  const end = start + quote.text.length;
  const before = same(
    reversed(quote.before ?? ''),
    reversed(text.slice(Math.max(0, start - 128), start))
  );
  return before + same([...(quote.after ?? '')], [...text.slice(end, end + 128)]);
}

function reversed(text: string): string[] {
  return [...text].reverse();
}

function same(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((sign, at) => sign !== other[at]);
  return end === -1 ? one.length : end;
}

/** What stands now between the same characters on both sides. */
function between(quote: Quote, text: string): Spot | null {
  const before = [...(quote.before ?? '')].slice(-CONTEXT);
  const after = [...(quote.after ?? '')].slice(0, CONTEXT);
  const at = text.indexOf(before.join(''));
  if (before.length < SHORT || after.length < SHORT || at === -1) {
    return null;
  }
  const start = at + before.join('').length;
  const end = text.indexOf(after.join(''), start);
  const longest = 2 * [...quote.text].length + CONTEXT;
  const fits = end > start && points(text, end) - points(text, start) <= longest;
  return fits ? { start, end, isCertain: false } : null;
}

/** As many lines as were meant with the most of the same words. */
function changed(quote: Quote, text: string): Spot | null {
  const sought = words(quote.text);
  const count = quote.text.split('\n').length;
  const lines = text.slice(0, LONGEST).split('\n');
  let best = ALIKE;
  let spot: Spot | null = null;
  let start = 0;
  for (let first = 0; first + count <= lines.length; first++) {
    const window = lines.slice(first, first + count).join('\n');
    const found = share(sought, words(window));
    if (found > best) {
      best = found;
      spot = { start, end: start + window.length, isCertain: false };
    }
    start += (lines[first]?.length ?? 0) + 1;
  }
  return spot;
}

type Words = ReadonlyMap<string, number>;

const known = new Map<string, Words>();

/** Count the words of a text; while people type, most texts are those of a moment ago. */
function words(text: string): Words {
  const counted = known.get(text) ?? count(text);
  if (known.size >= MOST_KNOWN) {
    known.clear();
  }
  known.set(text, counted);
  return counted;
}

function count(text: string): Words {
  const counts = new Map<string, number>();
  for (const word of text.match(WORD) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** How much of the words of two texts is the same, from 0 to 1. */
function share(one: Words, other: Words): number {
  let both = 0;
  for (const [word, count] of one) {
    both += Math.min(count, other.get(word) ?? 0);
  }
  const all = total(one) + total(other);
  return all ? (2 * both) / all : 0;
}

function total(words: Words): number {
  return [...words.values()].reduce((sum, count) => sum + count, 0);
}

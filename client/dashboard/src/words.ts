// How things are told: values, kinds, times. Pure.
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { Alert_Kind, Alert_Severity, Alert_State, type Alert } from './gen/claimwatch/v1/alert_pb';
import { Quantity_Bound, Verdict_Reason, type Claim, type Quantity } from './gen/claimwatch/v1/claim_pb';

export const kindWords: Record<number, string> = {
  [Alert_Kind.CONFLICT]: 'Conflict',
  [Alert_Kind.RAISED]: 'Raised',
  [Alert_Kind.LOWERED]: 'Lowered',
  [Alert_Kind.CORRECTED]: 'Corrected',
  [Alert_Kind.RETRACTED]: 'Taken back',
  [Alert_Kind.SELF_CONTRADICTION]: 'Disagrees with itself',
  [Alert_Kind.BOUND_BROKEN]: 'More than its whole',
};
export const severityWords: Record<number, string> = {
  [Alert_Severity.LOW]: 'low',
  [Alert_Severity.MEDIUM]: 'medium',
  [Alert_Severity.HIGH]: 'high',
  [Alert_Severity.CRITICAL]: 'critical',
};
export const stateWords: Record<number, string> = {
  [Alert_State.OPEN]: 'open',
  [Alert_State.SUPERSEDED]: 'superseded',
  [Alert_State.RESOLVED]: 'resolved',
  [Alert_State.WITHDRAWN]: 'withdrawn',
};
export const wordOf = (words: Record<number, string>, value: number) => words[value] ?? 'other';

// "OTHER_PLACE" -> "other place"
export const verdictWord = (reason: Verdict_Reason) =>
  (Verdict_Reason[reason] ?? 'unknown').toLowerCase().replaceAll('_', ' ');

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
export const numberWord = (value: number) =>
  Math.abs(value) >= 10_000_000 ? compact.format(value) : plain.format(value);

// "business" -> "businesses": units that are nouns come in the singular.
function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

function withUnit(text: string, unit: string): string {
  if (unit === '' || unit === 'people') return text;
  if (/^[a-z]{3,}$/.test(unit) && text !== '1') return `${text} ${plural(unit)}`;
  if (unit === '%') return `${text} %`;
  if (unit === 'USD') return `$${text}`;
  return `${text} ${unit}`;
}

// "over 1,300", "2-3 billion", "about 500": what the words assert.
export function quantityWord(quantity: Quantity | undefined): string {
  if (quantity === undefined) return '–';
  const { low, high, unit } = quantity;
  const say = (value: number | undefined) => numberWord(value ?? 0);
  switch (quantity.bound) {
    case Quantity_Bound.AT_LEAST: return `at least ${withUnit(say(low), unit)}`;
    case Quantity_Bound.MORE_THAN:
      return `over ${withUnit(say(unit === '%' || !Number.isInteger(low ?? 0) ? low : (low ?? 1) - 1), unit)}`;
    case Quantity_Bound.UP_TO: return `up to ${withUnit(say(high), unit)}`;
    case Quantity_Bound.LESS_THAN: return `under ${withUnit(say((high ?? 0) + 1), unit)}`;
    case Quantity_Bound.NEARLY: return `nearly ${withUnit(say(high ?? low), unit)}`;
    case Quantity_Bound.ABOUT: return `about ${withUnit(say(low ?? high), unit)}`;
    case Quantity_Bound.RANGE: return withUnit(`${say(low)}–${say(high)}`, unit);
    case Quantity_Bound.VAGUE: return `${withUnit(say(low), unit)} or more`;
    default:
      if (low !== undefined && high !== undefined && low !== high) return withUnit(`${say(low)}–${say(high)}`, unit);
      return withUnit(say(low ?? high), unit);
  }
}

// What a reader takes it for, where it has to be one number: for plots and for sorting.
export function middleOf(quantity: Quantity): number {
  const low = quantity.low ?? quantity.meantLow;
  const high = quantity.high ?? quantity.meantHigh;
  if (quantity.low === undefined) return high ?? 0;
  if (quantity.high === undefined) return low ?? 0;
  return ((low ?? 0) + (high ?? 0)) / 2;
}

export const dateOf = (time: Timestamp | undefined) => (time === undefined ? undefined : timestampDate(time));

const sameYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const otherYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit',
});
export function timeWord(time: Timestamp | undefined): string {
  const date = dateOf(time);
  if (date === undefined) return 'time unknown';
  return (date.getFullYear() === new Date().getFullYear() ? sameYear : otherYear).format(date);
}

export function agoWord(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

export function bytesWord(bytes: bigint): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

// "killed, police, Almaty": the question that a claim answers.
export function questionOf(claim: Claim | undefined): string {
  if (claim === undefined) return '';
  const what = claim.measure === 'count' ? claim.counted || 'count' : claim.measure.replaceAll('_', ' ');
  const who = claim.population === 'people' ? '' : claim.population;
  return [what, ...[who, claim.place].filter((part) => part !== '' && part !== what)].join(', ');
}

export function changeOf(alert: Alert): { before: string; after: string } {
  const before = [...new Set(alert.previous.slice(0, 3).map((claim) => quantityWord(claim.quantity)))];
  return { before: before.join(' / ') || '–', after: quantityWord(alert.current?.quantity) };
}

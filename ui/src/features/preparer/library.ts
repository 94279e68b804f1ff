//! Finding a method in the library, and how long it takes for the room that is expected.
import type { MethodView } from '@/ipc';

/** Rooms as the library knows them: their largest number of people. */
export const sizes = [
  { id: 'small', people: 12 },
  { id: 'medium', people: 30 },
  { id: 'large', people: 60 },
] as const;
export type Size = (typeof sizes)[number]['id'];

/** The size of a room of so many people; medium where nobody knows. */
export const sizeOf = (people: number | null): Size => (people === null ? 'medium' : people <= 12 ? 'small' : people <= 30 ? 'medium' : 'large');

export const peopleOf = (size: Size): number => sizes.find((one) => one.id === size)?.people ?? 30;

/** Usual minutes of a method for a size of room. */
export const minutesFor = (method: MethodView, size: Size): number => method.minutes[sizes.findIndex((one) => one.id === size)] ?? method.minutes[1];

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The methods that speak of every word that was typed, those named so first. */
export function found(methods: readonly MethodView[], query: string): MethodView[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const said = (one: MethodView) => fold([one.name, one.goal, one.wording, ...one.material, ...one.steps].join(' '));
  const hits = methods.filter((one) => words.every((word) => said(one).includes(word)));
  const named = (one: MethodView) => words.length > 0 && words.every((word) => fold(one.name).includes(word));
  return [...hits.filter(named), ...hits.filter((one) => !named(one))];
}

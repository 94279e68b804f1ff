//! What people type for a day or a time, read generously.
import { fold } from '@/commands/fuzzy';
import { today } from './format';

const months = ['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'];
const englishMonths = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

const two = (n: number) => String(n).padStart(2, '0');

function monthNamed(name: string): number {
  const found = [months, englishMonths].map((list) => list.findIndex((month) => name.length >= 3 && month.startsWith(name.replace(/\.$/, ''))));
  return Math.max(...found) + 1;
}

/** A day from « 5/7/2022 », « 5 juillet », « mardi 5 juil. 2022 » or `2022-07-05`; `null` if it is none. */
export function readDay(text: string, now = today()): string | null {
  const given = fold(text).trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(given);
  const plain = /^(\d{1,2})[\s/.-](\d{1,2})(?:[\s/.-](\d{2}|\d{4}))?$/.exec(given);
  const words = /^(?:\p{L}+\.?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?\s+(\p{L}+\.?)(?:\s+(\d{4}))?$/u.exec(given);
  let parts: [number, number, number] | null = null;
  const thisYear = Number(now.slice(0, 4));
  if (iso) parts = [Number(iso[1]), Number(iso[2]), Number(iso[3])];
  else if (plain) {
    const year = plain[3] ? Number(plain[3]) : thisYear;
    parts = [year < 100 ? 2000 + year : year, Number(plain[2]), Number(plain[1])];
  } else if (words) parts = [words[3] ? Number(words[3]) : thisYear, monthNamed(words[2] ?? ''), Number(words[1])];
  if (!parts) return null;
  const [year, month, day] = parts;
  const date = new Date(year, month - 1, day);
  const exists = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return exists ? `${year}-${two(month)}-${two(day)}` : null;
}

/** A time from « 14h30 », « 14:30 », « 1430 » or « 9 »; `null` if it is none. */
export function readTime(text: string): string | null {
  const given = fold(text).replace(/\s/g, '');
  const found = /^(\d{1,2})(?:[h:.](\d{2})?)?$/.exec(given) ?? /^(\d{1,2})(\d{2})$/.exec(given);
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}

/** A whole number; `null` if it is none. */
export function readNumber(text: string): number | null {
  const given = text.replace(/[\s'′]/g, '');
  return /^\d{1,9}$/.test(given) ? Number(given) : null;
}

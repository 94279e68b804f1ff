//! Every word of the window: `t('feature.thing', { n })`, typed by the French catalogue.
import en from '@/messages/en';
import fr from '@/messages/fr';
import { IntlMessageFormat } from 'intl-messageformat';

export type Key = keyof typeof fr;
export type Language = 'fr' | 'en';
export type Args = Record<string, string | number | boolean | Date | null | undefined>;

const catalogues: Record<Language, Record<string, string>> = { fr, en };
const compiled = new Map<string, IntlMessageFormat>();

let language = $state<Language>('fr');

/** The language of the window and its tag for `Intl`. */
export const locale = {
  get language(): Language {
    return language;
  },
  get tag(): string {
    return language === 'fr' ? 'fr-FR' : 'en-GB';
  },
};

export function setLanguage(chosen: Language): void {
  language = chosen;
  if (typeof document !== 'undefined') document.documentElement.lang = chosen;
}

/** French spaces: what stands before « : ; ? ! » » and after « « » never breaks away. */
export function french(text: string): string {
  return text.replace(/ ([;?!])/g, '\u202f$1').replace(/ ([:»%€])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
}

/** The words for a key, with its arguments put in. */
export function t(key: Key, args?: Args): string {
  return format(language, key, args);
}

/** The word for a value that comes from data, such as a state; a word that the catalogue does not know survives as it is. */
export function word(family: string, value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  const key = `${family}.${value}`;
  return key in fr ? t(key as Key) : value;
}

/** Whether the catalogue has a key that data made up. */
export const known = (key: string): key is Key => key in fr;

function format(chosen: Language, key: string, args?: Args): string {
  const name = `${chosen} ${key}`;
  let message = compiled.get(name);
  if (!message) {
    const text = catalogues[chosen][key] ?? catalogues.fr[key] ?? key;
    message = new IntlMessageFormat(chosen === 'fr' ? french(text) : text, chosen === 'fr' ? 'fr-FR' : 'en-GB');
    compiled.set(name, message);
  }
  return String(message.format(args));
}

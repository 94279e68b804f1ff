//! Where the window is: a place and what it shows there, held in the address after `#`.
export const places = ['accueil', 'preparer', 'animer', 'fusionner', 'consolider', 'plan', 'documents'] as const;
/** Pages beside the seven places: `voter` belongs to Animer, `region` to no démarche. */
const pages = [...places, 'voter', 'region'] as const;
export type Place = (typeof pages)[number];

export interface Route {
  place: Place;
  /** What follows the place: `#animer/<atelier>/voter` gives `['<atelier>', 'voter']`. */
  args: string[];
}

function parse(hash: string): Route {
  const [name = '', ...args] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const place = pages.find((one) => one === name) ?? 'accueil';
  return { place, args: args.filter((arg) => arg !== '') };
}

let current = $state.raw<Route>(parse(typeof location === 'undefined' ? '' : location.hash));

export const route = {
  get place(): Place {
    return current.place;
  },
  get args(): string[] {
    return current.args;
  },
};

/** The address of a place: `<a href={href('animer', id)}>`. */
export function href(place: Place, ...args: string[]): string {
  return `#${[place, ...args.map(encodeURIComponent)].join('/')}`;
}

/** Goes to a place. */
export function go(place: Place, ...args: string[]): void {
  location.hash = href(place, ...args);
  current = parse(location.hash);
}

/** Follows the address; returns how to stop. */
export function followAddress(): () => void {
  const follow = () => (current = parse(location.hash));
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}

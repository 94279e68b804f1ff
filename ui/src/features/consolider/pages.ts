/** The pages of Consolider, in the order of the work. */
export const PAGES = ['propositions', 'semblables', 'arbitrage', 'suites'] as const;
export type Page = (typeof PAGES)[number];

/** What follows the place in a page's address. */
export const address = (page: Page): string[] => (page === 'propositions' ? [] : [page]);

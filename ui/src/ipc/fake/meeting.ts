//! Meeting through storage: one other laptop has always just been there.
import type { CommandApi } from '../api';
import type { LaptopsView, MeetingReport, MeetingRow, MetRow } from '../bindings';
import { failure, type Store } from './store';

const other = (): MetRow => ({ replica: 'portable-2', at: Date.now() - 3_600_000 });

function meetingReport(address: string): MeetingReport {
  if (!/^(\/|[A-Z]:|file:|webdavs?:|s3:)/.test(address)) {
    throw failure('exchange_address', `« ${address} » n’est ni un dossier ni une adresse connue : donnez un dossier, webdavs://… ou s3://seau/dossier.`);
  }
  return {
    place: address, segments_taken: 2, segments_put: 1, segments_replaced: 0, segments_restored: 0, changes_new: 41, changes_known: 12, changes_put: 7, changes_waiting: 0,
    conflicts_new: 0, conflicts_settled: 0, redacted: 0, gaps: [], cloned: [], met: [other()], refused: [], others: 0,
  };
}

const meetingRows = (met: Map<string, number>): MeetingRow[] =>
  [...met].map(([place, at]) => ({ place, at, met: [other()], to_give: 0 })).sort((one, two) => two.at - one.at);

class FakeLaptops {
  #view: LaptopsView = {
    key: 'age1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0s6ddj3p', admitted: true, turned: 0,
    laptops: [
      { key: 'age1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0s6ddj3p', name: 'portable-1', here: true, state: 'admitted' },
      { key: 'age1zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygs8d2zzk', name: 'portable-2', here: false, state: 'admitted' },
    ],
  };

  view = (): LaptopsView => structuredClone(this.#view);

  admit(key: string, name: string): LaptopsView {
    if (!key.trim().startsWith('age1')) throw failure('no_laptop_key', `« ${key} » n’est pas la clé d’un portable : elle commence par age1 et se copie en entier.`);
    const known = this.#view.laptops.find((one) => one.key === key.trim());
    if (known) known.state = 'admitted';
    else this.#view.laptops.push({ key: key.trim(), name, here: false, state: 'admitted' });
    return this.view();
  }

  remove(key: string): LaptopsView {
    for (const one of this.#view.laptops) if (one.key === key) one.state = 'removed';
    this.#view.turned += 1;
    return this.view();
  }
}

export function meetingCommands(store: Store): Pick<CommandApi, 'meet' | 'cancelMeeting' | 'meetings' | 'laptops' | 'admitLaptop' | 'removeLaptop'> {
  const met = new Map<string, number>();
  const laptops = new FakeLaptops();
  return {
    meet: async (address) => {
      const report = meetingReport(address);
      met.set(address, Date.now());
      store.changed(['meetings', 'board']);
      return report;
    },
    cancelMeeting: async () => undefined,
    meetings: async () => meetingRows(met),
    laptops: async () => laptops.view(),
    admitLaptop: async (key, name) => laptops.admit(key, name),
    removeLaptop: async (key) => laptops.remove(key),
  };
}

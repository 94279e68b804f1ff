//! What can be done everywhere.
import { useCommands, type Command } from '@/commands/index.svelte';
import { history } from '@/history/index.svelte';
import { t, type Key } from '@/i18n/index.svelte';
import { actSentence, redo, undo } from '@/notify/acts';
import { query } from '@/query/index.svelte';
import { go, places, route } from '@/router/index.svelte';
import { sheets } from './sheets.svelte';
import { app, closeFile, endRehearsal, goOnIn, openDemo, openFile, openFromDossier, pauseRehearsal, writeDiagnostic } from './state.svelte';

const isOpen = (): boolean => Boolean(app.state?.open);
const rehearsing = (): boolean => Boolean(app.state?.rehearsal);
/** An atelier is on screen. */
const inRoom = (): boolean => isOpen() && route.place === 'animer' && route.args[0] !== undefined;

/** Adds them for as long as the shell lives. */
export function useGlobalCommands(): void {
  const general = { group: 'shell.group.general' } as const;
  const toPlaces = places.map((place, index): Command => ({
    id: `go.${place}`,
    title: () => t('shell.go', { place: t(`shell.place.${place}` as Key) }),
    group: 'shell.group.places',
    keys: [`Mod+${index + 1}`],
    run: () => go(place),
    when: isOpen,
  }));
  const undoTitle = () => {
    const act = query('history').data?.undo;
    return act ? t('shell.undo_named', { act: actSentence(act) }) : t('shell.undo');
  };
  const redoTitle = () => {
    const act = query('history').data?.redo;
    return act ? t('shell.redo_named', { act: actSentence(act) }) : t('shell.redo');
  };
  useCommands([
    ...toPlaces,
    { id: 'go.region', title: () => t('shell.go', { place: t('shell.place.region') }), group: 'shell.group.places', keys: ['Mod+8'], run: () => go('region') },
    { id: 'palette', title: 'shell.palette', ...general, keys: ['Mod+K'], run: () => sheets.show('palette'), when: isOpen, overDialogs: true, hidden: true },
    { id: 'search', title: 'shell.search', ...general, keys: ['Mod+F'], run: () => sheets.show('palette'), when: isOpen },
    { id: 'keys', title: 'shell.keys', ...general, keys: ['?', 'F1'], overDialogs: true, run: () => sheets.show('keys') },
    { id: 'guide', title: 'guide.open', ...general, keys: ['Shift+F1'], overDialogs: true, run: () => sheets.show('guide') },
    { id: 'undo', title: undoTitle, ...general, keys: ['Mod+Z'], run: undo, when: isOpen },
    { id: 'redo', title: redoTitle, ...general, keys: ['Mod+Shift+Z', 'Mod+Y'], run: redo, when: isOpen },
    { id: 'history', title: 'shell.history', ...general, keys: ['Mod+H'], run: () => (history.shown ? history.close() : history.show(null)), when: isOpen },
    { id: 'backups', title: 'shell.backups', ...general, keys: ['Mod+B'], run: () => sheets.show('backups'), when: isOpen },
    { id: 'protection', title: 'protection.command', ...general, keys: ['Mod+Shift+B'], run: () => sheets.show('protection'), when: () => isOpen() && !rehearsing() },
    { id: 'rehearsal.start', title: 'rehearsal.start', group: 'animer.command.section', keys: ['Shift+E'], run: () => sheets.show('rehearsal'), when: () => inRoom() && !rehearsing() },
    { id: 'rehearsal.pause', title: 'rehearsal.pause', group: 'animer.command.section', keys: ['Alt+E'], inFields: true, run: () => pauseRehearsal(!app.state?.rehearsal?.paused), when: rehearsing },
    { id: 'rehearsal.end', title: 'rehearsal.end', group: 'animer.command.section', keys: ['Mod+Shift+E'], run: endRehearsal, when: rehearsing },
    { id: 'preferences', title: 'shell.preferences', ...general, keys: ['Mod+,'], run: () => sheets.show('preferences') },
    { id: 'diagnostic', title: 'shell.diagnostic', ...general, keys: ['Mod+Shift+F1'], run: () => writeDiagnostic() },
    { id: 'file.open', title: 'shell.file.open', ...general, keys: ['Mod+O'], run: () => openFile() },
    { id: 'file.new', title: 'shell.file.new', ...general, keys: ['Mod+N'], run: () => sheets.show('new') },
    { id: 'file.from', title: 'shell.file.from', ...general, run: () => openFromDossier() },
    { id: 'file.demo', title: 'shell.file.demo', ...general, run: openDemo },
    { id: 'file.elsewhere', title: 'safety.elsewhere', ...general, keys: ['Mod+Shift+S'], run: goOnIn, when: () => isOpen() && !rehearsing() },
    { id: 'file.close', title: 'shell.file.close', ...general, run: closeFile, when: isOpen },
  ]);
}

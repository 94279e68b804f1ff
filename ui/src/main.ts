import '@fontsource-variable/source-sans-3/wght.css';
import { setLanguage } from '@/i18n/index.svelte';
import { api, connectHere } from '@/ipc';
import '@/styles/base.css';
import '@/styles/tokens.css';
import { mount } from 'svelte';

/** The projector's window loads nothing of the facilitator's screen. */
async function start(target: HTMLElement): Promise<void> {
  const connected = connectHere();
  if (location.hash.startsWith('#projector')) {
    await connected;
    const { language } = await api.appState();
    setLanguage(language);
    const { default: Projector } = await import('@/features/projector/Projector.svelte');
    mount(Projector, { target });
  } else {
    // Asked for together: each would wait for the one before.
    const [{ default: App }] = await Promise.all([import('@/app/App.svelte'), connected]);
    mount(App, { target });
  }
}

const target = document.getElementById('app');
if (target) void start(target);

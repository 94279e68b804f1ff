import '@fontsource-variable/source-sans-3/wght.css';
import { setLanguage } from '@/i18n/index.svelte';
import { api, connectHere } from '@/ipc';
import '@/styles/base.css';
import '@/styles/tokens.css';
import { mount } from 'svelte';

/** The projector's window loads nothing of the facilitator's screen. */
async function start(target: HTMLElement): Promise<void> {
  await connectHere();
  if (location.hash.startsWith('#projector')) {
    const { language } = await api.appState();
    setLanguage(language);
    const { default: Projector } = await import('@/features/projector/Projector.svelte');
    mount(Projector, { target });
  } else {
    const { default: App } = await import('@/app/App.svelte');
    mount(App, { target });
  }
}

const target = document.getElementById('app');
if (target) void start(target);

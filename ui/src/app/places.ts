//! The seven places: their icons, their pages, and where a thing that was found is to be seen.
import type { Hit } from '@/ipc';
import type { Place } from '@/router/index.svelte';
import { go, type places } from '@/router/index.svelte';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import FileText from '@lucide/svelte/icons/file-text';
import House from '@lucide/svelte/icons/house';
import LayoutGrid from '@lucide/svelte/icons/layout-grid';
import Merge from '@lucide/svelte/icons/merge';
import Presentation from '@lucide/svelte/icons/presentation';
import TextAlignStart from '@lucide/svelte/icons/text-align-start';
import type { Component } from 'svelte';

export const icons: Record<(typeof places)[number], Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>> = {
  accueil: House,
  preparer: CalendarDays,
  animer: Presentation,
  fusionner: Merge,
  consolider: LayoutGrid,
  plan: TextAlignStart,
  documents: FileText,
};

type Page = () => Promise<{ default: Component }>;

/** Pages are loaded when first seen. */
export const pages: Record<Place, Page> = {
  accueil: () => import('@/features/accueil/Accueil.svelte'),
  preparer: () => import('@/features/preparer/Preparer.svelte'),
  animer: () => import('@/features/animer/Animer.svelte'),
  fusionner: () => import('@/features/fusionner/Fusionner.svelte'),
  consolider: () => import('@/features/consolider/Consolider.svelte'),
  plan: () => import('@/features/plan/Plan.svelte'),
  documents: () => import('@/features/documents/Documents.svelte'),
  voter: () => import('@/features/voter/Voter.svelte'),
  region: () => import('@/features/region/Region.svelte'),
};

/** Goes where something found is seen. */
export function goTo(hit: Hit): void {
  if (hit.kind === 'workshop') go('animer', hit.id);
  else if (hit.kind === 'action') go('plan', hit.id);
  else if (hit.kind === 'axis' || hit.kind === 'objective') go('plan');
  else if (hit.kind === 'cluster') go('consolider', hit.id);
  else if (hit.kind === 'finding') go('preparer', 'constats');
  else if (hit.kind === 'ballot' && hit.workshop) go('voter', hit.id);
  else if (hit.workshop) go('animer', hit.workshop, hit.kind, hit.id);
}

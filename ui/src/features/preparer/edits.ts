//! The gestures common to all sections: each is one act, each can be undone.
import { t } from '@/i18n/index.svelte';
import { api, type EntityKind, type Fields } from '@/ipc';
import { act } from '@/notify/index.svelte';

/** Saves fields; an empty text clears. Said only by the time of the last act. */
export const save = (id: string, fields: Fields) => act(() => api.edit(id, Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value === '' ? null : value]))));

export const add = (kind: EntityKind, fields: Fields, name: string, before: string | null = null) => act(() => api.create(kind, fields, before), t('preparer.added', { name }));

export const remove = (id: string, name: string) => act(() => api.remove([id]), t('preparer.removed', { name }));

export const move = (id: string, before: string | null) => act(() => api.reorder(id, before));

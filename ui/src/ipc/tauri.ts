//! The interface over the real bridge.
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Api, CommandApi, HostApi } from './api';
import { commands, events } from './bindings';

type Call = (...args: unknown[]) => Promise<unknown>;

/** How many answers are awaited; a choice of files is one as well. */
let awaited = 0;

function counted<A extends unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    awaited += 1;
    try {
      return await call(...args);
    } finally {
      awaited -= 1;
    }
  };
}

/** Gives the value of a `Result`, or throws its error. */
function unwrapped(call: Call): Call {
  return async (...args) => {
    const result = await counted(call)(...args);
    if (typeof result === 'object' && result !== null && 'status' in result) {
      if (result.status === 'ok' && 'data' in result) return result.data;
      if (result.status === 'error' && 'error' in result) throw result.error;
    }
    return result;
  };
}

/** Turns a promise of « how to stop » into « how to stop ». */
function stoppable(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}

const host: HostApi = {
  onChanged: (listener) => stoppable(events.changed.listen((event) => listener(event.payload.views))),
  onMergeProgress: (listener) => stoppable(events.mergeProgress.listen((event) => listener(event.payload.percent))),
  onMeetingProgress: (listener) => stoppable(events.meetingProgress.listen((event) => listener(event.payload))),
  onRegionProgress: (listener) => stoppable(events.regionProgress.listen((event) => listener(event.payload))),
  onWarned: (listener) => stoppable(events.warned.listen((event) => listener(event.payload.error))),
  onDrop: (listener) =>
    stoppable(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === 'drop') listener({ type: 'drop', paths: payload.paths });
        else if (payload.type === 'leave') listener({ type: 'leave' });
        // Dragging inside the window reports no file.
        else if (payload.type === 'enter' && payload.paths.length > 0) listener({ type: 'over' });
      }),
    ),
  chooseFile: counted(async ({ title, filters }) => (await open({ title, filters, multiple: false })) ?? null),
  chooseFiles: counted(async ({ title, filters }) => (await open({ title, filters, multiple: true })) ?? []),
  chooseFolder: counted(async ({ title, start }) => (await open({ title, defaultPath: start, directory: true })) ?? null),
  chooseSave: counted(async ({ title, name, filters }) => await save({ title, defaultPath: name, filters })),
  awaited: () => awaited,
  setTitle: (title) => getCurrentWindow().setTitle(title),
};

/** The real thing. */
export function tauriApi(): Api {
  const calls = Object.entries(commands).map(([name, call]) => [name, unwrapped(call as Call)]);
  return { ...(Object.fromEntries(calls) as CommandApi), ...host };
}

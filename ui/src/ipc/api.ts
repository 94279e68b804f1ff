//! What the window can ask for: the commands of Rust with errors thrown, and what the desktop offers around them.
import type { AppError, commands, MeetingProgress, RegionProgress, View } from './bindings';

type Commands = typeof commands;
type Data<T> = [Extract<T, { status: 'ok' }>] extends [never] ? T : Extract<T, { status: 'ok'; data: unknown }>['data'];

/** Every command, giving its value and throwing an {@link AppError}. */
export type CommandApi = {
  [Name in keyof Commands]: (...args: Parameters<Commands[Name]>) => Promise<Data<Awaited<ReturnType<Commands[Name]>>>>;
};

/** A family of files as the file dialog names it. */
export interface FileFilter {
  name: string;
  extensions: string[];
}

/** What happens to files held over the window. */
export type DropEvent = { type: 'over' } | { type: 'leave' } | { type: 'drop'; paths: string[] };

/** What the desktop offers beside the commands. */
export interface HostApi {
  /** Tells which views to refetch; returns how to stop listening. */
  onChanged(listener: (views: View[]) => void): () => void;
  /** How far the merge or preview under way is, in percent; returns how to stop listening. */
  onMergeProgress(listener: (percent: number) => void): () => void;
  /** How far the exchange with other laptops is; returns how to stop listening. */
  onMeetingProgress(listener: (progress: MeetingProgress) => void): () => void;
  /** How many démarches were read of those that are compared; returns how to stop listening. */
  onRegionProgress(listener: (progress: RegionProgress) => void): () => void;
  /** Tells what could not be done that nobody asked for just then, such as an automatic backup. */
  onWarned(listener: (error: AppError) => void): () => void;
  /** Files dragged over and dropped on the window. */
  onDrop(listener: (event: DropEvent) => void): () => void;
  chooseFile(options: { title: string; filters?: FileFilter[] }): Promise<string | null>;
  chooseFiles(options: { title: string; filters?: FileFilter[] }): Promise<string[]>;
  chooseFolder(options: { title: string; start?: string }): Promise<string | null>;
  chooseSave(options: { title: string; name: string; filters?: FileFilter[] }): Promise<string | null>;
  setTitle(title: string): Promise<void>;
  /** How many calls have no answer yet, choices of files among them. */
  awaited(): number;
}

export type Api = CommandApi & HostApi;

/** Fields of an entity as `create` and `edit` take them. */
export type Fields = Parameters<Api['create']>[1];

/** What `create` makes. */
export type EntityKind = Parameters<Api['create']>[0];

/** What a person may choose. */
export type Preferences = Parameters<Api['setPreferences']>[0];

/** Whether something thrown is an error that Rust explained. */
export function isAppError(thrown: unknown): thrown is AppError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown && 'hints' in thrown;
}

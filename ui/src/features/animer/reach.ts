import type { PhonesView } from '@/ipc';

/** How often the address of the open room is looked for among those of the laptop, in milliseconds. */
export const LOOK = 10_000;

/**
 * The address that phones were given, if the laptop no longer has it: it slept and woke on another network, or the Wi-Fi went.
 * Null while phones can come in.
 */
export function lostAddress({ room, interfaces }: PhonesView): string | null {
  if (!room) return null;
  const host = new URL(room.join.address).hostname;
  return interfaces.some((one) => one.address === host) ? null : room.join.address;
}

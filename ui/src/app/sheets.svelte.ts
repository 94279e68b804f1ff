//! Which of the shell's dialogs is open: one at a time.
export type Sheet = 'palette' | 'keys' | 'guide' | 'preferences' | 'new' | 'backups' | 'damaged' | 'protection' | 'unlock' | 'rehearsal';

let open = $state<Sheet | null>(null);

export const sheets = {
  get open(): Sheet | null {
    return open;
  },
  show(sheet: Sheet): void {
    open = sheet;
  },
  close(): void {
    open = null;
  },
};

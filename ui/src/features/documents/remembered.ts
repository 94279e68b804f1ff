//! The folder and formats of last time, on this computer only. A window that may not remember works all the same.
const folderKey = 'moisson.documents.folder';
const formatsKey = 'moisson.documents.formats';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Asked again next time.
  }
}

export const remembered = {
  folder: () => read(folderKey),
  keepFolder: (folder: string) => keep(folderKey, folder),
  formats: () => (read(formatsKey) ?? 'pdf,docx').split(',').filter(Boolean),
  keepFormats: (formats: string[]) => keep(formatsKey, formats.join(',')),
};

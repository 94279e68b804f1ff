//! The folders and formats of last time, on this computer only. A window that may not remember works all the same.
const folderKey = 'moisson.documents.folder';
const formatsKey = 'moisson.documents.formats';
const dossiersKey = 'moisson.dossiers.folder';
const guideKey = 'moisson.guide';
const regionKey = 'moisson.region.sources';

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

const isSeparator = (letter: string): boolean => letter === '/' || letter === '\\';

export const remembered = {
  /** Where documents go. */
  folder: () => read(folderKey),
  keepFolder: (folder: string) => keep(folderKey, folder),
  /** The formats in which a document was written last, of those it is offered in; if never, to be read and to be edited. */
  formats: (document: string, offered: string[]): string[] => {
    const last = (read(`${formatsKey}.${document}`) ?? '').split(',').filter((format) => offered.includes(format));
    if (last.length > 0) return last;
    return offered.includes('docx') ? ['pdf', 'docx'] : offered.slice(0, 1);
  },
  keepFormats: (document: string, formats: string[]) => keep(`${formatsKey}.${document}`, formats.join(',')),
  /** Where dossiers go: a USB stick, a shared folder. */
  dossiers: () => read(dossiersKey),
  keepDossiers: (folder: string) => keep(dossiersKey, folder),
  /** Whether the guide was opened here. */
  guide: () => read(guideKey) === 'read',
  keepGuide: () => keep(guideKey, 'read'),
  /** The démarches compared last, one a line. */
  region: () => (read(regionKey) ?? '').split('\n').filter(Boolean),
  keepRegion: (sources: string[]) => keep(regionKey, sources.join('\n')),
};

/** The folder of a file. */
export const folderOf = (path: string): string => path.slice(0, [...path].findLastIndex(isSeparator));

/** A file in a folder, as the folder's own system writes it. */
export const within = (folder: string, name: string): string => `${folder}${folder.includes('\\') ? '\\' : '/'}${name}`;

/** A name that every system accepts for a file. */
export const fileName = (text: string): string => text.replace(/[/\\:*?"<>|]/g, ' ').replace(/\s+/g, ' ').trim();

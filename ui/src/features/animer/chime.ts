//! The gentle sound of the timer: two soft notes made on the spot, no file. Muted or not is remembered on this laptop.
const key = 'moisson.timer.muted';
/** Notes, in hertz, and when each begins, in seconds. */
const NOTES = [
  { pitch: 523.25, at: 0 },
  { pitch: 659.25, at: 0.28 },
] as const;
const LOUDEST = 0.14;

export function isMuted(): boolean {
  try {
    return localStorage.getItem(key) === 'yes';
  } catch {
    return false;
  }
}

export function mute(muted: boolean): void {
  try {
    localStorage.setItem(key, muted ? 'yes' : 'no');
  } catch {
    // Asked again next time.
  }
}

let context: AudioContext | undefined;

/** Plays it, where the window can. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    void context.resume();
    for (const { pitch, at } of NOTES) {
      const start = context.currentTime + at;
      const tone = context.createOscillator();
      const loudness = context.createGain();
      tone.type = 'sine';
      tone.frequency.value = pitch;
      // It swells and dies away: a click would make people jump.
      loudness.gain.setValueAtTime(0, start);
      loudness.gain.linearRampToValueAtTime(LOUDEST, start + 0.05);
      loudness.gain.exponentialRampToValueAtTime(0.0001, start + 1.4);
      tone.connect(loudness).connect(context.destination);
      tone.start(start);
      tone.stop(start + 1.5);
    }
  } catch {
    // A laptop without sound: the time still turns red.
  }
}

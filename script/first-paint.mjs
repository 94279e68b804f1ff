// first-paint.mjs RUNS COMMAND [ARGUMENT…]: milliseconds from starting a window to its first drawn letters, median of RUNS.
// Reads Xvfb's own frame buffer (-fbdir), so that watching costs a few milliseconds and asks nothing of the X server.
import { spawn } from "node:child_process";
import { once as firstEvent } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const [runs, command, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "first-paint-"));
const LIMIT_MS = 30_000;
const DRAWN = 40;

/** How many colours the screen has: letters are smoothed, so a drawn page has many and a blank one a few. */
function colours(frame) {
  const dump = readFileSync(frame);
  // An XWD dump: its header's length first, the number of entries of its colour map (12 bytes each) at byte 76.
  const pixels = dump.readUInt32BE(0) + 12 * dump.readUInt32BE(76);
  const seen = new Set();
  for (let at = pixels; at + 4 <= dump.length; at += 4) {
    seen.add(dump.readUInt32LE(at));
    if (seen.size > DRAWN) break;
  }
  return seen.size;
}

/** One start, on a screen of its own, so that nothing of the last run is left on it. */
async function once(number) {
  const shown = join(folder, String(number));
  mkdirSync(shown);
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir", shown], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [display] = await firstEvent(screen.stdio[3], "data");
  const start = performance.now();
  const app = spawn(command, args, {
    stdio: "ignore",
    detached: true,
    env: { ...process.env, DISPLAY: `:${String(display).trim()}`, XDG_DATA_HOME: shown, XDG_CONFIG_HOME: shown },
  });
  try {
    while (colours(join(shown, "Xvfb_screen0")) <= DRAWN) {
      if (performance.now() - start > LIMIT_MS) throw new Error(`${command} drew nothing in ${LIMIT_MS / 1000} s`);
      await wait(2);
    }
    return performance.now() - start;
  } finally {
    // The app and the web processes it started.
    process.kill(-app.pid, "SIGKILL");
    screen.kill();
  }
}

const times = [];
try {
  for (let number = 0; number < Number(runs); number++) times.push(await once(number));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
times.sort((a, b) => a - b);
console.log(Math.round(times[Math.floor(times.length / 2)]));

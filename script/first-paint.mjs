// first-paint.mjs RUNS COMMAND [ARGUMENT…]: milliseconds from starting a window to its first drawn letters, and the megabytes it
// holds once at rest, with all its processes; medians of RUNS.
// Reads Xvfb's own frame buffer (-fbdir), so that watching costs a few milliseconds and asks nothing of the X server.
import { spawn } from "node:child_process";
import { once as firstEvent } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const [runs, command, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "first-paint-"));
const LIMIT_MS = 30_000;
const DRAWN = 40;
const REST_MS = 5_000;

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

/** What the processes of a group hold, in megabytes; what several share is divided among them (proportional set size). */
function held(group) {
  let kilobytes = 0;
  for (const process of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      // After the name in brackets: state, parent, group.
      const stat = readFileSync(`/proc/${process}/stat`, "utf8");
      if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]) !== group) continue;
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return kilobytes / 1000;
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
    const drawn = performance.now() - start;
    await wait(REST_MS);
    return [drawn, held(app.pid)];
  } finally {
    // The app and the web processes it started.
    process.kill(-app.pid, "SIGKILL");
    screen.kill();
  }
}

const measured = [];
try {
  for (let number = 0; number < Number(runs); number++) measured.push(await once(number));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
const median = (which) => measured.map((one) => one[which]).sort((a, b) => a - b)[Math.floor(measured.length / 2)];
console.log(Math.round(median(0)), Math.round(median(1)));

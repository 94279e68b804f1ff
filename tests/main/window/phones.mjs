// Thirty phones in one Chromium, each a context of its own with its own memory, told what to do one line of JSON at a time
// on standard input; each line is answered by one line once every phone has done it and the room has answered.
//
//   {"do":"join","link":…,"address":…,"word":…,"count":30}   the last five type the word, the others open the link
//   {"do":"propose","texts":[[…],…]}                          the texts of each phone
//   {"do":"read","texts":[…]}                                 waits until every phone shows them
//   {"do":"support","texts":[[…],…]}                          what each phone supports
//   {"do":"vote","question":…,"method":…,"bulletins":[…]}     what each phone answers: {label: points}, [labels] or {label: grade}; [labels] best first
//   {"do":"lose","phone":n} {"do":"find","phone":n}           the network of one phone
//   {"do":"sleep","phone":n}                                  its page is closed and opened again
//   {"do":"picture","phone":n,"path":…}
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { chromium } = createRequire(new URL("../../../ui/package.json", import.meta.url))("playwright-core");

const PATIENCE = 30_000;
/** How many phones act at the same moment. */
const AT_ONCE = 6;
const phones = [];
let origin = "";

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  // Pages share a few processes: thirty would each take as much memory as an app.
  args: ["--renderer-process-limit=4", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])],
});

/** Does it on every phone, a few at a time. */
async function each(run) {
  const waiting = phones.map((phone, n) => () => run(phone, n));
  const hand = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

const tab = (page, n) => page.locator("nav button").nth(n).click();
const arrived = (page) => page.locator("nav").waitFor();

async function join({ link, address, word, count }) {
  origin = address;
  for (let n = 0; n < count; n++) {
    const context = await browser.newContext({ locale: n % 2 === 0 ? "fr-FR" : "en-GB", viewport: { width: 360, height: 740 }, colorScheme: n % 3 === 0 ? "dark" : "light" });
    context.setDefaultTimeout(PATIENCE);
    phones.push({ context, page: await context.newPage() });
  }
  await each(async ({ page }, n) => {
    if (n < count - 5) await page.goto(link);
    else {
      await page.goto(address);
      await page.locator("#word").fill(word.toLowerCase());
      await page.locator("#word").press("Enter");
    }
    await arrived(page);
    if (page.url().includes("#")) throw new Error(`the token is still in the address of phone ${n}`);
  });
}

async function propose({ texts }) {
  await each(async ({ page, lost }, n) => {
    await tab(page, 0);
    for (const text of texts[n] ?? []) {
      await page.locator("#text").fill(text);
      await page.locator("#text").press("Enter");
      const mine = page.locator("li.card", { hasText: text }).locator(".chip");
      await page.waitForFunction(([of, state]) => [...document.querySelectorAll("li.card")].some((card) => card.textContent.includes(of) && card.querySelector(".chip")?.dataset.state === state), [text, lost ? "waiting" : "noted"]);
      await mine.first().waitFor();
    }
  });
}

async function read({ texts }) {
  await each(async ({ page }) => {
    await tab(page, 1);
    for (const text of texts) await page.locator("li.card:visible", { hasText: text }).first().waitFor();
  });
}

async function support({ texts }) {
  await each(async ({ page }, n) => {
    await tab(page, 1);
    for (const text of texts[n] ?? []) {
      const card = page.locator("li.card:visible", { hasText: text }).first();
      await Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/api/supports") && answer.ok()), card.locator(".support").click()]);
      await card.locator(".support[aria-pressed='true']").waitFor();
    }
  });
}

async function vote({ question, method, bulletins }) {
  await each(async ({ page }, n) => {
    await tab(page, 2);
    const ballot = page.locator("section.ballot", { hasText: question });
    await ballot.locator("form").waitFor();
    const bulletin = bulletins[n];
    const option = (label) => ballot.locator("li", { hasText: label });
    if (method === "dots") {
      for (const [label, points] of Object.entries(bulletin)) for (let i = 0; i < points; i++) await option(label).locator("button").last().click();
    } else if (method === "approval") {
      for (const label of bulletin) await option(label).locator("input").check();
    } else if (method === "schulze") {
      for (const label of bulletin) await ballot.locator("button.pick", { hasText: label }).click();
    } else {
      for (const [label, grade] of Object.entries(bulletin)) await option(label).locator(`input[value="${grade}"]`).check();
    }
    await Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/api/votes") && answer.ok()), ballot.locator("button.main").click()]);
    await ballot.locator(".state:visible").waitFor();
  });
}

const acts = {
  join,
  propose,
  read,
  support,
  vote,
  async lose({ phone }) {
    phones[phone].lost = true;
    await phones[phone].context.setOffline(true);
  },
  async find({ phone }) {
    phones[phone].lost = false;
    await phones[phone].context.setOffline(false);
    await phones[phone].page.waitForFunction(() => !document.querySelector(".chip[data-state='waiting']"));
  },
  async sleep({ phone }) {
    const { context, page } = phones[phone];
    await page.close();
    phones[phone].page = await context.newPage();
    // The phone remembers the room: the bare address is enough.
    await phones[phone].page.goto(origin);
    await arrived(phones[phone].page);
  },
  async picture({ phone, path }) {
    await phones[phone].page.screenshot({ path });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  try {
    await acts[asked.do](asked);
    console.log(JSON.stringify({ done: asked.do }));
  } catch (error) {
    console.log(JSON.stringify({ failed: asked.do, why: String(error).slice(0, 600) }));
  }
}
await browser.close();

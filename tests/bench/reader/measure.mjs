/* measure.mjs: loads pages in turns, cold, and says what a reader waits for. Reads what to measure
   as JSON from standard input, writes one JSON object a load to standard output. */

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

// As Lighthouse throttles in the browser itself: slow 4G, and a processor four times slower.
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 184320, uploadThroughput: 84480 };
const SLOWER = 4;
const PHONE = { width: 412, height: 823, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const QUIET = 1500;
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png",
  ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".woff2": "font/woff2",
};
const PACKED = new Set([".png", ".woff2"]);

/* A host of static files that compresses as real ones do and counts what it sends. */
const serve = (folder) => {
  const sent = [];
  const kept = new Map();
  const server = http.createServer((request, answer) => {
    const asked = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const file = path.join(folder, path.normalize(asked), asked.endsWith("/") ? "index.html" : "");
    const type = path.extname(file);
    if (!kept.has(file)) {
      const found = fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file) : null;
      kept.set(file, found && !PACKED.has(type) ? gzipSync(found, { level: 9 }) : found);
    }
    const body = kept.get(file);
    sent.push({ path: asked, bytes: body?.length ?? 0, status: body ? 200 : 404 });
    if (!body) return answer.writeHead(404).end();
    const head = { "Content-Type": TYPES[type] ?? "application/octet-stream", "Content-Length": body.length };
    if (!PACKED.has(type)) head["Content-Encoding"] = "gzip";
    answer.writeHead(200, head).end(body);
  });
  return new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => ready({ server, sent, port: server.address().port }));
  });
};

const watch = () => {
  window.seen = { lcp: 0, fcp: 0, tasks: [] };
  const observe = (type, enter) =>
    new PerformanceObserver((list) => list.getEntries().forEach(enter)).observe({ type, buffered: true });
  observe("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
  observe("paint", (entry) => entry.name === "first-contentful-paint" && (seen.fcp = entry.startTime));
  observe("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
};

const slowly = async (browser, host, address) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(PHONE);
  const session = await page.createCDPSession();
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.evaluateOnNewDocument(watch);
  host.sent.length = 0;
  await page.goto(address, { waitUntil: "networkidle0", timeout: 90000 });
  await new Promise((after) => setTimeout(after, QUIET));
  const { lcp, fcp, tasks } = await page.evaluate(() => seen);
  const blocked = tasks.filter(([start]) => start >= fcp).reduce((sum, [, ms]) => sum + ms - 50, 0);
  await context.close();
  const bytes = (wanted) =>
    host.sent.filter(({ path: asked }) => wanted(asked)).reduce((sum, answer) => sum + answer.bytes, 0);
  const isIndex = (asked) => /search_index\.js(on)?$|searchindex\.js$/.test(asked);
  return {
    lcp, fcp, blocked, requests: host.sent.length, bytes: bytes((asked) => !isIndex(asked)),
    index: bytes(isIndex), sent: host.sent.map(({ path: asked, bytes: size }) => [asked, size]),
  };
};

const judged = async (browser, address) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const { lhr } = await lighthouse(address, { logLevel: "error" }, undefined, page);
  await context.close();
  const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
  const failed = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 0.9).map((a) => a.id);
  return {
    scores: Object.fromEntries(scores), failed,
    lcp: lhr.audits["largest-contentful-paint"].numericValue,
    blocked: lhr.audits["total-blocking-time"].numericValue,
  };
};

const { chromium, rounds, pages, sites } = JSON.parse(fs.readFileSync(0, "utf-8"));
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const names = Object.keys(sites);
const hosts = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await serve(sites[name])])),
);
for (let round = 0; round < rounds; round++) {
  for (const page of pages) {
    // Another begins each round, so that none is always measured after the same other.
    for (let turn = 0; turn < names.length; turn++) {
      const site = names[(turn + round) % names.length];
      const address = `http://127.0.0.1:${hosts[site].port}/${page}`;
      const slow = await slowly(browser, hosts[site], address);
      const lh = await judged(browser, address);
      console.log(JSON.stringify({ site, page, slow, lighthouse: lh }));
    }
    console.error(`round ${round + 1} of ${rounds}: /${page}`);
  }
}
await browser.close();
for (const { server } of Object.values(hosts)) server.close();
process.exit(0);

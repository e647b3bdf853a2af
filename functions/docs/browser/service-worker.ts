// Lets the page open without a network after a first visit: it then says of each photograph that the service cannot be reached.

/** The parts of a service worker's events that are used here: TypeScript's types for workers exclude those for pages. */
interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

const pageAddress = "/";
const keptName = "page";

/** The header matters: at this address the service answers in JSON unless HTML is preferred. */
const askForPage = () => new Request(pageAddress, { headers: { accept: "text/html" }, cache: "reload" });

async function keep(response: Response): Promise<void> {
  if (!response.ok) return;
  const kept = await caches.open(keptName);
  await kept.put(pageAddress, response);
}

/** Opens the service's current page, or the kept one when the service cannot be reached. */
async function openPage(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    // The page opens even if it cannot be kept, for example because the disk is full.
    await keep(response.clone()).catch(() => {});
    return response;
  } catch (error) {
    const kept = await caches.match(pageAddress, { ignoreVary: true });
    if (kept === undefined) throw error;
    return kept;
  }
}

addEventListener("install", (event) =>
  (event as Lifetime).waitUntil(fetch(askForPage()).then((response) => keep(response))),
);
addEventListener("fetch", (event) => {
  const { request, respondWith } = event as Fetching;
  const isPage = request.mode === "navigate" && new URL(request.url).pathname === pageAddress;
  if (isPage) respondWith.call(event, openPage(request));
});

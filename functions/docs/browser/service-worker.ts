// Lets the page open without a network once it is installed: it then says of each photograph that the service cannot be reached.

/** Of a service worker what is used here: TypeScript's types for it exclude those for a page. */
interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Event {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

const pageAddress = "/";
const keptName = "page";

/** The service answers other clients in JSON here. */
const askForPage = () => new Request(pageAddress, { headers: { accept: "text/html" }, cache: "reload" });

async function keep(response: Response): Promise<void> {
  if (!response.ok) return;
  const kept = await caches.open(keptName);
  await kept.put(pageAddress, response);
}

/** What the service says now, and only where it cannot be reached the page as it was. */
async function openPage(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    // Where nothing can be kept, on a full disk for one, the page opens all the same.
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

interface Page<Item> {
  items: Item[] | undefined;
  nextPageToken: string | undefined;
}

/** All items of a paged response; each page is fetched when the one before is used up. */
export async function* paginate<Item>(
  loadPage: (pageToken: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let pageToken: string | undefined;
  do {
    const page = await loadPage(pageToken);
    yield* page.items ?? [];
    pageToken = page.nextPageToken || undefined;
  } while (pageToken !== undefined);
}

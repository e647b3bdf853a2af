/** Lets the timeout start anew with each piece of the body, so that a long download may take its time. */
export function watchPauses(response: Response, timer: NodeJS.Timeout): Response {
  if (response.body === null) {
    clearTimeout(timer);
    return response;
  }
  const watched = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        timer.refresh();
        controller.enqueue(chunk);
      },
      flush: () => clearTimeout(timer),
      cancel: () => clearTimeout(timer),
    }),
  );
  timer.refresh();
  const { status, statusText, headers } = response;
  return new Response(watched, { status, statusText, headers });
}

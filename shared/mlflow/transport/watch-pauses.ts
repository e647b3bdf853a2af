import type { Timer } from "./create-timer.ts";

/**
 * Restarts the timeout with each piece of a body, so that a long transfer may take longer than the timeout.
 *
 * @param onEnd called after the last piece, or when the reader cancels
 */
export function watchPauses(
  body: ReadableStream<Uint8Array>,
  timer: Timer,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  timer.restart();
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        timer.restart();
        controller.enqueue(chunk);
      },
      flush: onEnd,
      cancel: onEnd,
    }),
  );
}

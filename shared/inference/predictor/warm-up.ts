import type { PixelTensor } from "../../contracts/model.ts";
import type { EngineSession } from "../engines/inference-engine.ts";
import { arrangePixels, type ImageInput, shapeOfInput } from "./image-input.ts";
import { toProbabilities } from "./to-probabilities.ts";

/**
 * Runs a graph on an invented picture and checks that it answers with probabilities.
 * Returns of how many classes. @throws ModelError
 */
export async function warmUp(
  session: EngineSession,
  input: ImageInput,
  range: readonly [number, number],
): Promise<number> {
  const picture = createTestPicture(input, range);
  const output = await session.run(arrangePixels(picture, input), shapeOfInput(input));
  return toProbabilities(output).length;
}

/** Diagonal stripes over the whole range of values: the same picture every time. */
function createTestPicture(
  { height, width }: ImageInput,
  [low, high]: readonly [number, number],
): PixelTensor {
  const data = Float32Array.from(
    { length: height * width * 3 },
    (_, index) => low + ((index % 251) / 250) * (high - low),
  );
  return { data, height, width };
}

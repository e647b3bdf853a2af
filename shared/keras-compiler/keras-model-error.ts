/** A Keras model that cannot be compiled: damaged, or with something that this compiler does not know. */
export class KerasModelError extends Error {
  override readonly name: string = "KerasModelError";
}

/** The model leaves the size of its input open, and none was given. */
export class OpenSizeError extends KerasModelError {}

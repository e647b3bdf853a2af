/** A Keras model that cannot be compiled: damaged, or with something that this compiler does not know. */
export class KerasModelError extends Error {
  override readonly name = "KerasModelError";
}

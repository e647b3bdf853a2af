/** Keras's rule for names of weight groups (keras/src/utils/naming.py, to_snake_case): Conv2D gives conv2d. */
export function toSnakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** What plugins of this project need of osls. */
export interface PluginHost {
  pluginManager: { plugins: object[] };
}

/**
 * Finds another plugin, of osls or of a package, by methods and fields that it has. They are not part of its documented interface.
 *
 * @param expected for the message: what the package should have, as in "osls to have Package.packageLayer"
 * @throws Error when no plugin has them all
 */
export function findPlugin<T extends object>(
  { pluginManager }: PluginHost,
  names: readonly (keyof T & string)[],
  expected: string,
): T {
  const plugin = pluginManager.plugins.find((each) => names.every((name) => name in each));
  if (plugin !== undefined) return plugin as T;
  throw new Error(`Expected ${expected}, but it has changed: use the version that package-lock.json names`);
}

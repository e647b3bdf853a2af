/** Names of the outputs that `addTaps` adds. No Keras layer can have such a name. */
export const tapNames = { features: "taps/features", classMap: "taps/class_map" } as const;

/** Names of the outputs that `addTaps` adds. No layer of Keras can be named so. */
export const tapNames = { features: "taps/features", classMap: "taps/class_map" } as const;

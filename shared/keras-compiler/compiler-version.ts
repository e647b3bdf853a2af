/** Raise it when the same model would be compiled to another graph: kept graphs are then compiled again. */
export const compilerVersion = 11;

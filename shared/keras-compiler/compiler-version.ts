/** Raise it when the same model would be compiled to another graph: who keeps graphs makes it part of their key. */
export const compilerVersion = 9;

export type { EngineChoice } from "./engines/choose-engine.ts";
export { type LoadOptions, loadPredictor } from "./load-predictor.ts";

import type { components } from "./generated/schema.d.ts";

/** Component schemas of MLflow's REST API under their own names. */
export type Schemas = components["schemas"];

export type Experiment = Schemas["Experiment"];
export type Run = Schemas["Run"];
export type RunInfo = Schemas["RunInfo"];
export type Metric = Schemas["Metric"];
export type FileInfo = Schemas["FileInfo"];
export type LoggedModel = Schemas["LoggedModel"];
export type RegisteredModel = Schemas["RegisteredModel"];
export type ModelVersion = Schemas["ModelVersion"];

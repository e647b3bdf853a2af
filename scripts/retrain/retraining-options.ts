import type { KeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import type { RetrainingSettings } from "../../shared/settings/retraining.ts";
import type { RegistryConnection } from "../registry/connect-registry.ts";

/** What a retraining works with. */
export interface RetrainingOptions {
  connection: RegistryConnection;
  location: StoreLocation;
  /** Undefined when no photographs are kept. */
  photographs: Pick<KeptPhotographs, "fetchKept"> | undefined;
  settings: RetrainingSettings;
  /** Name of the registered model. */
  name: string;
  /** Contains, for each inference log, a folder for each training, from which an interrupted one continues. */
  workFolder: string;
  /** The alias for a version that the gate does not refuse. */
  challengerAlias: string;
  /** Trains on the photographs in `labelled` and its own, and writes `output/model.keras` in `work`. */
  train(folders: { labelled: string; work: string }): Promise<void>;
  /** Whether to train even if no training is due. */
  isWanted: boolean;
  say?: (text: string) => void;
}

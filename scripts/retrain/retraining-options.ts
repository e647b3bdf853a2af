import type { KeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import type { StoreLocation } from "../../shared/aws/store-location.ts";
import type { RetrainingSettings } from "../../shared/settings/retraining.ts";
import type { RegistryConnection } from "../registry/connect-registry.ts";

/** What a retraining is asked for. */
export interface RetrainingOptions {
  connection: RegistryConnection;
  location: StoreLocation;
  /** Undefined: no photographs are kept. */
  photographs: Pick<KeptPhotographs, "fetchKept"> | undefined;
  settings: RetrainingSettings;
  /** Registered model. */
  name: string;
  /** Each training has a folder in it, in which it goes on where it was interrupted. */
  workFolder: string;
  /** Alias that a version which the gate does not refuse gets. */
  challengerAlias: string;
  /** Trains on the photographs of `labelled` besides its own, and leaves `output/model.keras` in `work`. */
  train(folders: { labelled: string; work: string }): Promise<void>;
  /** Whether it is begun although nothing calls for it. */
  isWanted: boolean;
  say?: (text: string) => void;
}

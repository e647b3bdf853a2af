import type { KeptPhotographs } from "../aws/kept-photographs.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import type { VersionAccess } from "../promotion/evaluate-candidate.ts";
import type { Pointer } from "../registry/pointers/pointer.ts";
import type { RetrainingSettings } from "../settings/retraining.ts";

/** What a retraining works with. */
export interface RetrainingOptions extends VersionAccess {
  location: StoreLocation;
  /** Address of the S3 server of `location`; undefined for AWS. */
  s3Endpoint: string | undefined;
  /** Undefined when no photographs are kept. */
  photographs: Pick<KeptPhotographs, "fetchKept"> | undefined;
  settings: RetrainingSettings;
  /** Name of the registered model. */
  name: string;
  /** Contains, for each inference log, a folder for each training, from which an interrupted one continues. */
  workFolder: string;
  /** The stage or alias that decides which version serves. */
  pointer: Pointer;
  /** The alias for a version that the gate does not refuse. */
  challengerAlias: string;
  /** Trains on the photographs in `labelled` and its own, and writes `output/model.keras` in `work`. */
  train(folders: { labelled: string; work: string }): Promise<void>;
  /** Whether to train even if no training is due. */
  isWanted: boolean;
  say?: (text: string) => void;
}

import { openStorage } from "../../shared/aws/open-storage.ts";
import { parseS3Address } from "../../shared/aws/s3-address.ts";
import type { BackupSource } from "../../shared/backup/backup-source.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { backupSourceSettings } from "./settings.ts";

/** What the environment says of what is backed up. @throws SettingsError naming every bad setting */
export function openSource(environment: NodeJS.ProcessEnv): BackupSource {
  const { source, storage } = loadSettings(
    { source: backupSourceSettings, storage: storageSettings },
    environment,
  );
  const { store, artifactStore } = openStorage(storage);
  const artifacts = parseS3Address(source.artifactRoot) ?? { bucket: "", key: "" };
  const artifactPrefix = artifacts.key === "" ? "" : `${artifacts.key.replace(/\/$/, "")}/`;
  return {
    server: { ...source.database, programs: source.postgresPrograms },
    databases: source.databases,
    optionalDatabases: source.optionalDatabases,
    recordRetentionDays: source.recordRetentionDays,
    places: [
      { owner: "artifacts", store: artifactStore, bucket: artifacts.bucket, prefix: artifactPrefix },
      { owner: "inference-log", store, bucket: storage.bucket ?? "", prefix: storage.prefix },
    ],
  };
}

import type { ObjectPlace } from "./copy-objects.ts";

/** What is backed up and restored: the databases of MLflow and of its users, the artifacts, the inference log. */
export interface BackupSource {
  server: DatabaseServer;
  databases: string[];
  /** Those of `databases` that are left out of a backup where the server does not have them. */
  optionalDatabases?: readonly string[];
  places: ObjectPlace[];
  /** Days after which records and reports are not restored any more; undefined: they always are. */
  recordRetentionDays?: number | undefined;
}

export interface DatabaseServer {
  host: string;
  port: string;
  user: string;
  password: string | undefined;
  /** Folder of pg_dump, pg_restore and psql, of the server's major version or newer; undefined: those of PATH. */
  programs: string | undefined;
}

/** What programs of the machine do for a backup. */
export interface BackupPrograms {
  /** Names of all databases of a server. */
  listDatabases(server: DatabaseServer): Promise<string[]>;
  /** Writes one database, as it is at one moment, to a file. */
  dumpDatabase(server: DatabaseServer, name: string, file: string): Promise<void>;
  /**
   * Replaces databases by their dumps, all of them or, where it throws, none.
   *
   * @param dumps database name to the file that `dumpDatabase` wrote
   */
  replaceDatabases(server: DatabaseServer, dumps: ReadonlyMap<string, string>): Promise<void>;
  /** Moves the files of a folder into one archive. */
  pack(folder: string, archive: string): Promise<void>;
  /** Writes the files of an archive to a folder. */
  unpack(archive: string, folder: string): Promise<void>;
}

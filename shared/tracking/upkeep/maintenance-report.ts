export interface MaintenanceReport {
  /** False when another job was running, so that nothing was done. */
  isDone: boolean;
  /** False when time ran out or a run was deleted meanwhile: the next job does the rest. */
  isComplete: boolean;
  objectsRead: number;
  brokenLines: number;
  recordsSent: number;
  recordsRefused: number;
  /** Objects that became part of a compacted one. */
  objectsCompacted: number;
  runsEnded: number;
  /** Runs of sessions that ended longer ago than runs are kept. */
  runsDeleted: number;
}

export function createMaintenanceReport(): MaintenanceReport {
  return {
    isDone: false,
    isComplete: false,
    objectsRead: 0,
    brokenLines: 0,
    recordsSent: 0,
    recordsRefused: 0,
    objectsCompacted: 0,
    runsEnded: 0,
    runsDeleted: 0,
  };
}

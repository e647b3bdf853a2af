/**
 * Tags of every run of this service, whatever the run is for. `framework` names what the replaced service's models were made
 * with, and is the same on every run; the engine that answered is a session's tag `engine`.
 */
export function renderRunTags(service: { apiVersion: string; environment: string }) {
  return [
    { key: "project", value: "eye-disease-classifier" },
    { key: "framework", value: "tensorflow" },
    { key: "api_version", value: service.apiVersion },
    { key: "environment", value: service.environment },
  ];
}

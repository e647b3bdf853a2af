import { ServiceError } from "./service-error.ts";

/** One or more settings are missing or wrong; the message names them all. */
export class SettingsError extends ServiceError {
  constructor(message: string) {
    super("invalid_settings", message);
  }
}

import type { TestProject } from "vitest/node";
import { registerForService } from "./registered-service.ts";
import { startOfflineServer } from "./service.ts";

declare module "vitest" {
  export interface ProvidedContext {
    serviceAddress: string;
  }
}

/** Starts one service with the packaged model for a whole run of tests, in the stack that stack-setup.ts has started. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { environment } = await registerForService(project.getProvidedContext().stack);
  const service = await startOfflineServer({ environment });
  project.provide("serviceAddress", service.address);
  return () => service.stop();
}

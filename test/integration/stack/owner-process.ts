// Run by a test as a process of its own, which the test may kill: starts a stack in the folder it is given.
import { startStack } from "../../../scripts/stack/stack.ts";

const [directory = ""] = process.argv.slice(2);
const { env, mlflowUrl, s3Url, bucket } = await startStack({ directory });
console.log(JSON.stringify({ env, mlflowUrl, s3Url, bucket }));

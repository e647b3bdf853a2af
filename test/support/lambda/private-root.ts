import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";

export interface LambdaFiles {
  /** Folder with the function's unzipped code: /var/task. */
  task: string;
  /** Folder with the unzipped layers: /opt. Absent for a function without layers. */
  layers?: string;
  /** Size of /tmp in MB, 512 on Lambda unless configured. */
  temporaryMb?: number;
  /** A folder that is /tmp instead, as an environment finds its own again after its process was ended. */
  temporary?: string;
}

/** Folder of the official runtime client, built by `npm rebuild aws-lambda-ric`. */
const runtimeClient = resolve("node_modules/aws-lambda-ric");

/** The flags of Lambda's `nodejs22.x`, as far as they change what a bundle may do. */
const nodeFlags = ["--no-experimental-require-module", "--no-experimental-detect-module"];

/**
 * The command that runs a function's runtime in a root of its own, laid out as Lambda does it: code and layers read-only,
 * /tmp empty and bounded, nothing else of this machine but its system libraries. Uses user and mount namespaces,
 * so it needs no root, and everything mounted is gone with the process. Descriptor 3 is closed when the root is complete.
 *
 * @param root an empty folder, the mount point
 */
export function privateRootCommand(root: string, files: LambdaFiles): [string, ...string[]] {
  if (!existsSync(join(runtimeClient, "rapid-client.node"))) {
    throw new Error(
      "Expected the runtime client to be built: npm rebuild aws-lambda-ric --ignore-scripts=false",
    );
  }
  mkdirSync(root, { recursive: true });
  const node = realpathSync("node_modules/.bin/node");
  return [
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "sh",
    "-ec",
    mountScript,
    "lambda-root",
    root,
    resolve(files.task),
    files.layers === undefined ? "" : resolve(files.layers),
    String(files.temporaryMb ?? 512),
    files.temporary === undefined ? "" : resolve(files.temporary),
    node,
    runtimeClient,
    ...nodeFlags,
  ];
}

const mountScript = `
root=$1 task=$2 layers=$3 temporary=$4 kept=$5 node=$6 client=$7; shift 7
mount -t tmpfs -o size=16m,mode=755 tmpfs "$root"
cd "$root"
mkdir -p etc proc dev usr opt tmp var/task var/lang/bin var/runtime/node_modules/aws-lambda-ric
for name in bin sbin lib lib64; do
  if [ -L "/$name" ]; then cp -P "/$name" "$name"; elif [ -d "/$name" ]; then mkdir "$name"; mount --rbind -o ro "/$name" "$name"; fi
done
mount --rbind -o ro /usr usr
mount --rbind /proc proc
mount --rbind /dev dev
for name in resolv.conf hosts nsswitch.conf passwd ld.so.cache; do [ -e "/etc/$name" ] && cp -L "/etc/$name" "etc/$name" || true; done
bind() { mount --bind "$1" "$2"; mount -o remount,bind,ro "$2"; }
bind "$task" var/task
[ -z "$layers" ] || bind "$layers" opt
bind "$client" var/runtime/node_modules/aws-lambda-ric
: > var/lang/bin/node
bind "$node" var/lang/bin/node
if [ -n "$kept" ]; then mount --bind "$kept" tmp; else mount -t tmpfs -o size="\${temporary}m" tmpfs tmp; fi
mount -o remount,ro "$root"
exec 3>&-
exec /usr/sbin/chroot . /usr/bin/env -C /var/task /var/lang/bin/node "$@" /var/runtime/node_modules/aws-lambda-ric/index.mjs
`;
